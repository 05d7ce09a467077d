using System.Text.Json;
using Cambist.App.Quotes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Which sources of quotes the program asks, by its configuration.</summary>
public sealed class QuoteSourceRegistrationTests
{
    [Fact]
    public void Without_configuration_the_documented_ones_are_asked() => Assert.Equal(["wise", "wise-quote", "kraken", "coinbase"], Ids());

    [Fact]
    public void An_undocumented_one_is_asked_where_the_operator_insists() => Assert.Contains("revolut", Ids(("revolut:Enabled", "true")));

    [Fact]
    public void One_can_be_turned_off() => Assert.DoesNotContain("wise", Ids(("wise:Enabled", "false")));

    [Fact]
    public void Of_one_that_is_off_it_is_told_why()
    {
        using var services = Services(("kraken:Enabled", "false"));
        var whys = services.GetServices<KnownQuoteSource>().Where(source => !source.IsOn).ToDictionary(source => source.Profile.Id, source => source.WhyOff);

        Assert.Equal("turned off by Quotes:Sources:kraken:Enabled", whys["kraken"]);
        Assert.Equal("unofficial: turned on by Quotes:Sources:remitly:Enabled", whys["remitly"]);
        Assert.Equal(3, whys.Count);
    }

    [Theory]
    [InlineData("wise:BaseUrl", "ftp://api.wise.com")]
    [InlineData("wise:BaseUrl", "api.wise.com")]
    [InlineData("wise:Enabled", "perhaps")]
    public void A_setting_that_cannot_be_one_is_told(string key, string value) =>
        Assert.StartsWith("Quotes:Sources:wise", Assert.Throws<WrongSettingException>(() => Services((key, value))).Key, StringComparison.Ordinal);

    [Fact]
    public void An_id_is_registered_once() => Assert.Throws<InvalidOperationException>(
        () => Registered([]).AddQuoteSource<WiseComparisonSource>(WiseComparisonSource.About, new ConfigurationBuilder().Build()));

    [Fact]
    public async Task A_source_is_asked_at_the_configured_address_by_name()
    {
        await using var server = await StandInServer.StartAsync();
        server.Answers("/v2/prices/USDC-USD/buy", """{"data":{"amount":"1.0105","base":"USDC","currency":"USD"}}""");
        server.Answers("/v2/prices/USDC-EUR/sell", """{"data":{"amount":"0.9126","base":"USDC","currency":"EUR"}}""");
        using var services = Services(("coinbase:BaseUrl", server.Address.ToString()));
        var source = services.GetServices<IQuoteSource>().Single(source => source.Profile.Id == "coinbase");
        var pair = CurrencyPair.Parse("USD/EUR");

        Assert.Single(await source.AskAsync(new QuoteAsk(pair, AmountSide.Send, new Money(1000m, pair.Base), null), TestContext.Current.CancellationToken));
        Assert.All(server.Requests, request => Assert.StartsWith("Cambist/", request.Headers["User-Agent"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_service_that_sends_elsewhere_is_not_followed_with_the_operators_key()
    {
        await using var server = await StandInServer.StartAsync();
        await using var elsewhere = await StandInServer.StartAsync();
        server.Refuses("/v2/prices/USDC-USD/buy", 302, "", ("Location", new Uri(elsewhere.Address, "/v2/prices/USDC-USD/buy").ToString()));
        server.Refuses("/v2/prices/USDC-EUR/sell", 307, "", ("Location", new Uri(elsewhere.Address, "/v2/prices/USDC-EUR/sell").ToString()));
        using var services = Services(("coinbase:BaseUrl", server.Address.ToString()));
        var source = services.GetServices<IQuoteSource>().Single(source => source.Profile.Id == "coinbase");
        var pair = CurrencyPair.Parse("USD/EUR");

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => source.AskAsync(new QuoteAsk(pair, AmountSide.Send, new Money(1000m, pair.Base), null), TestContext.Current.CancellationToken));

        Assert.Equal(SourceFault.Unavailable, fault.Kind);
        Assert.NotEmpty(server.Requests);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public void The_shipped_settings_name_the_address_of_every_source()
    {
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", "Cambist", "appsettings.json")));
        var shipped = settings.RootElement.GetProperty("Quotes").GetProperty("Sources").EnumerateObject()
            .ToDictionary(source => source.Name, source => new Uri(source.Value.GetProperty("BaseUrl").GetString()!));
        using var services = Services();

        Assert.Equal(services.GetServices<KnownQuoteSource>().ToDictionary(source => source.Profile.Id, source => source.Profile.PublicAddress), shipped);
    }

    private static List<string> Ids(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings);
        return [.. services.GetServices<IQuoteSource>().Select(source => source.Profile.Id)];
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => Registered(settings).BuildServiceProvider();

    private static IServiceCollection Registered((string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Quotes:Sources:{setting.Key}", (string?)setting.Value)))
            .Build();
        return new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddQuoteSource<WiseComparisonSource>(WiseComparisonSource.About, configuration)
            .AddQuoteSource<WiseQuoteSource>(WiseQuoteSource.About, configuration)
            .AddQuoteSource<KrakenQuoteSource>(KrakenQuoteSource.About, configuration)
            .AddQuoteSource<CoinbaseQuoteSource>(CoinbaseQuoteSource.About, configuration)
            .AddQuoteSource<RevolutQuoteSource>(RevolutQuoteSource.About, configuration)
            .AddQuoteSource<RemitlyQuoteSource>(RemitlyQuoteSource.About, configuration);
    }
}
