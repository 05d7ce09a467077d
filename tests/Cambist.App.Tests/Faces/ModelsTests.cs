using System.Net.Http.Headers;
using Cambist.App.Accounts;
using Cambist.App.Audit;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Models over the API: admins may look and promote.</summary>
public sealed class ModelsTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _drafts = new();

    public void Dispose() => _drafts.Dispose();

    [Fact]
    public async Task The_list_says_who_serves_and_names_no_path()
    {
        await using var house = await StartAsync();
        var cambist = house.Cambist;
        Register(cambist, "flat-1", passed: true);
        Register(cambist, "flat-2", passed: null);
        cambist.Service<ModelRegistry>().Promote("flat-1", ModelActor.Operator);

        var admin = await house.EnterAsync(role: AccountRole.Admin);
        var answer = await house.GetAsync("/models", admin.AccessToken);
        var told = await new CambistClient(cambist.Http, new CambistTokens(admin)).ModelsAsync(Stop);

        Assert.Equal(("flat-1", null), (told.Serving, told.Note));
        Assert.Equal(["flat-1", "flat-2"], told.Models.Select(model => model.Id));
        var champion = told.Models[0];
        Assert.Equal(("champion", "trained", "flat", null), (champion.Stage, champion.Origin, champion.Family, champion.Fault));
        Assert.Equal((null, true, 0.0131, 11_204L), champion.Gates[0] is var gate ? (gate.Pair, gate.Passed, gate.CrpsSkill, gate.Forecasts) : default);
        Assert.Equal("EURUSD", champion.Gates[1].Pair);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/'), answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_that_is_not_whole_is_told_and_the_baseline_serves()
    {
        await using var house = await StartAsync();
        var cambist = house.Cambist;
        Register(cambist, "flat-1", passed: true);
        cambist.Service<ModelRegistry>().Promote("flat-1", ModelActor.Operator);
        File.Delete(Path.Combine(cambist.Service<ModelFiles>().PathOf("flat-1"), TinyModel.WeightsFile));

        var told = await (await AdminAsync(house)).ModelsAsync(Stop);

        Assert.Equal(("baseline", "flat-1 cannot serve: weights.txt is missing"), (told.Serving, told.Note));
        Assert.Equal("weights.txt is missing", told.Models[0].Fault);
    }

    [Fact]
    public async Task An_admin_promotes_and_what_was_promoted_is_recorded_as_that_accounts_doing()
    {
        await using var house = await StartAsync();
        var cambist = house.Cambist;
        Register(cambist, "flat-1", passed: true);
        var client = await AdminAsync(house);

        var promoted = await client.PromoteModelAsync("flat-1", new PromoteModelRequest(Reason: "Monday's review"), Stop);
        var again = await Assert.ThrowsAsync<CambistProblemException>(() => client.PromoteModelAsync("flat-1", new PromoteModelRequest(), Stop));

        Assert.Equal("champion", promoted.Stage);
        Assert.Equal((409, "already_champion"), (again.Problem.Status, again.Problem.Code));
        var happened = cambist.Service<ModelStore>().Events("flat-1")[0];
        Assert.Equal(("promoted", ModelActor.Admin), (happened.What, happened.Actor));
        Assert.StartsWith("Monday's review; passed its gate", happened.Reason, StringComparison.Ordinal);
        var audited = cambist.Service<AuditTrail>().Last(10).Single(one => one.Kind == "model.promoted");
        Assert.Equal(((await client.Account.MeAsync(Stop)).Id, "flat-1"), (audited.Actor, audited.Subject));
    }

    [Fact]
    public async Task Without_a_passed_gate_it_takes_force()
    {
        await using var house = await StartAsync();
        var cambist = house.Cambist;
        Register(cambist, "flat-1", passed: false);
        var client = await AdminAsync(house);

        var refused = await Assert.ThrowsAsync<CambistProblemException>(() => client.PromoteModelAsync("flat-1", new PromoteModelRequest(), Stop));
        var forced = await client.PromoteModelAsync("flat-1", new PromoteModelRequest(Force: true), Stop);

        Assert.Equal((409, "gate_not_passed", "champion"), (refused.Problem.Status, refused.Problem.Code, forced.Stage));
    }

    [Theory]
    [InlineData(null, 401, "not_authorized")]
    [InlineData("no-token-at-all", 401, "token_refused")]
    [InlineData("a user's", 403, "forbidden")]
    public async Task Who_is_no_admin_promotes_nothing_and_is_told_nothing(string? sent, int status, string code)
    {
        await using var house = await StartAsync();
        Register(house.Cambist, "flat-1", passed: true);
        var token = sent == "a user's" ? (await house.EnterAsync()).AccessToken : sent;
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/api/v1/models"), (HttpMethod.Post, "/api/v1/models/flat-1/promote") })
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = method == HttpMethod.Post ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : null,
                Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
            };

            var answer = await house.Http.Ask(request);

            answer.AssertProblem(status, code, field: null);
            Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.Any(offer => offer.Scheme == "Bearer"));
        }

        Assert.Null(house.Cambist.Service<ModelStore>().Read().Champion);
    }

    [Theory]
    [InlineData("nope-1")]
    [InlineData("..%2F..%2Fetc")]
    public async Task A_model_that_is_not_there_is_not_found(string id)
    {
        await using var house = await StartAsync();
        var admin = await house.EnterAsync(role: AccountRole.Admin);

        var answer = await house.PostAsync($"/models/{id}/promote", token: admin.AccessToken);

        Assert.Equal(404, answer.Status);
    }

    private void Register(RunningCambist cambist, string id, bool? passed) =>
        cambist.Service<ModelRegistry>().Register(TinyModel.Write(_drafts.Path, id, passed, [("EURUSD", true)]), ModelOrigin.Trained, ModelActor.Gate, "a test");

    private static Task<AccountHouse> StartAsync() => AccountHouse.StartAsync(services: services => services.AddModelFamily(TinyModel.Family, TinyModel.Load));

    private static async Task<CambistClient> AdminAsync(AccountHouse house) => new(house.Http, new CambistTokens(await house.EnterAsync(role: AccountRole.Admin)));
}
