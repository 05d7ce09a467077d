using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cambist.App.Assistant;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.App.Tests.Faces;
using Cambist.Client;
using Cambist.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Advice in the audit trail: whose it was and what it said, whichever face gave it.</summary>
public sealed class AdviceTrailTests : IDisposable
{
    private readonly TemporaryFolder _history = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task Each_advice_to_somebody_with_an_account_is_in_the_trail_and_of_strangers_none()
    {
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        await using var house = await AccountHouse.StartAsync(history: _history.Path);
        var tokens = await house.EnterAsync();
        using var browser = await Browser.LoggedInAsync(house);
        var question = new AnalyzeRequest { Amount = 5000m, FromCurrency = "EUR", ToCurrency = "USD" };

        var stranger = await house.PostAsync("/analyze", question);
        var strangersPage = await house.Http.Get("/?amount=750&from=EUR&to=USD");
        var route = await house.PostAsync("/analyze", question, tokens.AccessToken);
        var tool = await AskToolAsync(house, tokens.AccessToken);
        var page = await browser.GetAsync("/?amount=750&from=EUR&to=USD");
        await browser.GetAsync("/?amount=none");
        await house.Cambist.Service<WriteBehind<AuditEntry>>().StopAsync(Stop);

        Assert.Equal([200, 200, 200, 200], new[] { stranger.Status, strangersPage.Status, route.Status, page.Status });
        var told = house.Cambist.Service<AuditTrail>().Last(100).Where(one => one.Kind == "advice.given").Reverse().ToArray();
        var account = (await house.GetAsync("/me", tokens.AccessToken))["id"];
        Assert.Equal([account, account, account], told.Select(one => one.Actor));
        Assert.Equal([Digest(route.Text), Digest(tool)], told.Take(2).Select(one => JsonNode.Parse(one.Details)!["answer_sha256"]!.GetValue<string>()));
        Assert.All(told, one => Assert.Equal(("EUR", "USD"), (JsonNode.Parse(one.Details)!["from"]!.GetValue<string>(), JsonNode.Parse(one.Details)!["to"]!.GetValue<string>())));
        Assert.All(told, one => Assert.DoesNotContain("750", JsonNode.Parse(one.Details)!.AsObject().Where(detail => detail.Key != "answer_sha256").Select(detail => detail.Value!.ToString())));
    }

    private static string Digest(string answer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer)));

    private static async Task<string> AskToolAsync(AccountHouse house, string token)
    {
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(house.Http.BaseAddress!, AssistantServer.Path),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {token}" },
            }),
            cancellationToken: Stop);
        var answer = await client.CallToolAsync("ask", new Dictionary<string, object?> { ["amount"] = "750", ["from_currency"] = "EUR", ["to_currency"] = "USD" }, cancellationToken: Stop);
        return Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text;
    }
}
