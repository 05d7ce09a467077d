using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>A provider that quotes late, seen in a real browser: the page is there before it, and brings itself up to date without losing what is being typed.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class LateQuotesTests
{
    [Fact]
    public async Task A_late_quote_comes_into_the_table_while_the_person_types()
    {
        await using var wise = await StandInServer.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        wise.AnswersWhen("/v4/comparisons", release.Task, Comparison());
        await using var cambist = await StartAsync(wise.Address);
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light);
        var row = visit.Page.Locator("tr", new() { Has = visit.Page.Locator(".name", new() { HasTextString = "Wise" }) });

        await visit.Page.GotoAsync(new Uri(cambist.Http.BaseAddress!, "/?amount=1000&from=USD&to=EUR").AbsoluteUri);
        Assert.Contains("Still asking wise", await visit.Page.InnerTextAsync("late-quotes"), StringComparison.Ordinal);
        Assert.DoesNotContain("LIVE", await row.InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.FillAsync("#amount", "1234");

        release.SetResult();
        await visit.Page.Locator("late-quotes").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        Assert.Contains("LIVE", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("915.32 EUR", await row.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("1234", await visit.Page.InputValueAsync("#amount"));
        Assert.Empty(visit.Faults);
    }

    private static async Task<RunningCambist> StartAsync(Uri wise)
    {
        var cambist = await RunningCambist.StartAsync(MarketMode.Live, settings: new Dictionary<string, string?>
        {
            ["Quotes:Sources:wise:BaseUrl"] = wise.AbsoluteUri,
            ["Quotes:Sources:wise:Enabled"] = "true",
            ["Quotes:Patience"] = "0.2",
        });
        var now = DateTimeOffset.UtcNow;
        cambist.Service<RateBook>().Publish(new RateObservation(TwoSidedRate.AtMid(CurrencyPair.Parse("USD/EUR"), 0.92208m), SpreadKnown: false, "test", now, now, TimeSpan.FromHours(1)));
        return cambist;
    }

    // The documented example of the comparison.
    private static string Comparison() => $$$"""
        {"sourceCurrency":"USD","targetCurrency":"EUR","sourceCountry":"US","targetCountry":null,"providerCountry":null,"providerTypes":["moneyTransferProvider"],"amount":1000.0,"amountType":"SEND",
         "providers":[{"id":39,"alias":"wise","name":"Wise","type":"moneyTransferProvider","partner":false,
           "quotes":[{"rate":0.92208,"fee":7.33,"markup":0.0,"isConsideredMidMarketRate":true,"receivedAmount":915.32,"sendAmount":null,"dateCollected":"{{{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss'Z'}}}",
             "sourceCountry":"US","targetCountry":null,"deliveryEstimation":{"duration":{"min":"PT20H8M16.305111S","max":"PT20H8M16.305111S"},"providerGivesEstimate":true}}]}]}
        """;
}
