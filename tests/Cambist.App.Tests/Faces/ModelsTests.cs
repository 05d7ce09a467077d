using System.Net;
using System.Net.Http.Headers;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Models over the API: who has the operator's key may look and promote.</summary>
public sealed class ModelsTests : IDisposable
{
    private const string Key = "an-operator's-key-of-some-length";
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _drafts = new();

    public void Dispose() => _drafts.Dispose();

    [Fact]
    public async Task The_list_says_who_serves_and_names_no_path()
    {
        await using var cambist = await StartAsync(Key);
        Register(cambist, "flat-1", passed: true);
        Register(cambist, "flat-2", passed: null);
        cambist.Service<ModelRegistry>().Promote("flat-1", ModelActor.Operator);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/models") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };
        using var answer = await cambist.Http.SendAsync(request, Stop);
        var told = await new CambistClient(cambist.Http).ModelsAsync(Key, Stop);

        Assert.Equal(("flat-1", null), (told.Serving, told.Note));
        Assert.Equal(["flat-1", "flat-2"], told.Models.Select(model => model.Id));
        var champion = told.Models[0];
        Assert.Equal(("champion", "trained", "flat", null), (champion.Stage, champion.Origin, champion.Family, champion.Fault));
        Assert.Equal((null, true, 0.0131, 11_204L), champion.Gates[0] is var gate ? (gate.Pair, gate.Passed, gate.CrpsSkill, gate.Forecasts) : default);
        Assert.Equal("EURUSD", champion.Gates[1].Pair);
        Assert.DoesNotContain(Path.GetTempPath().TrimEnd('/'), await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_champion_that_is_not_whole_is_told_and_the_baseline_serves()
    {
        await using var cambist = await StartAsync(Key);
        Register(cambist, "flat-1", passed: true);
        cambist.Service<ModelRegistry>().Promote("flat-1", ModelActor.Operator);
        File.Delete(Path.Combine(cambist.Service<ModelFiles>().PathOf("flat-1"), TinyModel.WeightsFile));

        var told = await new CambistClient(cambist.Http).ModelsAsync(Key, Stop);

        Assert.Equal(("baseline", "flat-1 cannot serve: weights.txt is missing"), (told.Serving, told.Note));
        Assert.Equal("weights.txt is missing", told.Models[0].Fault);
    }

    [Fact]
    public async Task The_key_promotes_and_what_was_promoted_is_recorded_as_an_admins_doing()
    {
        await using var cambist = await StartAsync(Key);
        Register(cambist, "flat-1", passed: true);
        var client = new CambistClient(cambist.Http);

        var promoted = await client.PromoteModelAsync("flat-1", Key, new PromoteModelRequest(Reason: "Monday's review"), Stop);
        var again = await Assert.ThrowsAsync<CambistProblemException>(() => client.PromoteModelAsync("flat-1", Key, new PromoteModelRequest(), Stop));

        Assert.Equal("champion", promoted.Stage);
        Assert.Equal((409, "already_champion"), (again.Problem.Status, again.Problem.Code));
        var happened = cambist.Service<ModelStore>().Events("flat-1")[0];
        Assert.Equal(("promoted", ModelActor.Admin), (happened.What, happened.Actor));
        Assert.StartsWith("Monday's review; passed its gate", happened.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_passed_gate_it_takes_force()
    {
        await using var cambist = await StartAsync(Key);
        Register(cambist, "flat-1", passed: false);
        var client = new CambistClient(cambist.Http);

        var refused = await Assert.ThrowsAsync<CambistProblemException>(() => client.PromoteModelAsync("flat-1", Key, new PromoteModelRequest(), Stop));
        var forced = await client.PromoteModelAsync("flat-1", Key, new PromoteModelRequest(Force: true), Stop);

        Assert.Equal((409, "gate_not_passed", "champion"), (refused.Problem.Status, refused.Problem.Code, forced.Stage));
    }

    [Theory]
    [InlineData(null, null, 403, "admin_off")]
    [InlineData(null, Key, 403, "admin_off")]
    [InlineData(Key, null, 401, "not_authorized")]
    [InlineData(Key, "", 401, "not_authorized")]
    [InlineData(Key, "another-key-of-the-same-length-!!", 401, "not_authorized")]
    [InlineData(Key, Key + "x", 401, "not_authorized")]
    public async Task Without_the_key_nothing_is_promoted_or_told(string? configured, string? sent, int status, string code)
    {
        await using var cambist = await StartAsync(configured);
        Register(cambist, "flat-1", passed: true);
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/api/v1/models"), (HttpMethod.Post, "/api/v1/models/flat-1/promote") })
        {
            using var request = new HttpRequestMessage(method, path)
            {
                Content = method == HttpMethod.Post ? new StringContent("{}", new MediaTypeHeaderValue("application/json")) : null,
                Headers = { Authorization = sent is null ? null : new AuthenticationHeaderValue("Bearer", sent) },
            };

            using var response = await cambist.Http.SendAsync(request, Stop);
            var body = await response.Content.ReadAsStringAsync(Stop);

            Assert.Equal(status, (int)response.StatusCode);
            Assert.Contains($"\"code\":\"{code}\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, body, StringComparison.Ordinal);
            Assert.DoesNotContain("\"models\":", body, StringComparison.Ordinal);
            Assert.Equal(response.StatusCode == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Any(offer => offer.Scheme == "Bearer"));
        }

        Assert.Null(cambist.Service<ModelStore>().Read().Champion);
    }

    [Theory]
    [InlineData("nope-1")]
    [InlineData("..%2F..%2Fetc")]
    public async Task A_model_that_is_not_there_is_not_found(string id)
    {
        await using var cambist = await StartAsync(Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/models/{id}/promote") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Key) } };

        using var response = await cambist.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private void Register(RunningCambist cambist, string id, bool? passed) =>
        cambist.Service<ModelRegistry>().Register(TinyModel.Write(_drafts.Path, id, passed, [("EURUSD", true)]), ModelOrigin.Trained, ModelActor.Gate, "a test");

    private static Task<RunningCambist> StartAsync(string? key) => RunningCambist.StartAsync(
        MarketMode.Live,
        settings: new Dictionary<string, string?> { ["Forecasting:Models:AdminKey"] = key, ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" },
        services: services => services.AddModelFamily(TinyModel.Family, TinyModel.Load));
}
