using System.Text.Json;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Which sources the program asks, by its configuration.</summary>
public sealed class SourceRegistrationTests : IDisposable
{
    private static readonly string[] Keyless = ["kraken", "coinbase", "frankfurter", "ecb", "exchange-api"];
    private static readonly string[] Keyed = ["alphavantage", "fixer", "xe", "openexchangerates", "twelvedata", "wise"];

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SourceRegistrationTests() => _store = SqliteStore.Open(_folder.Path);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Without_configuration_the_documented_keyless_sources_are_asked() => Assert.Equal(Keyless, Ids());

    [Fact]
    public void A_key_turns_a_source_on() =>
        Assert.Equal(Keyless.Concat(Keyed).Order(), Ids([.. Keyed.Select(id => ($"{id}:ApiKey", "secret"))]).Order());

    [Fact]
    public void The_operators_file_is_read_where_it_is_named() => Assert.Contains("file", Ids(("file:BaseUrl", "/var/lib/rates.csv")));

    [Fact]
    public void A_source_can_be_turned_off() => Assert.DoesNotContain("kraken", Ids(("kraken:Enabled", "false")));

    [Fact]
    public void The_website_without_a_key_is_asked_where_the_operator_insists() =>
        Assert.False(Sources(("wise:Enabled", "true")).Single(source => source.Profile.Id == "wise").Profile.IsOfficial);

    [Fact]
    public void Sources_with_a_past_are_histories_too()
    {
        using var services = Services(("alphavantage:ApiKey", "secret"), ("twelvedata:ApiKey", "secret"));
        var histories = services.GetServices<IHistorySource>().ToList();

        Assert.Equal(["alphavantage", "ecb", "frankfurter", "kraken", "twelvedata"], histories.Select(history => history.Profile.Id).Order());
        Assert.All(histories, history => Assert.Contains((IRateSource)history, services.GetServices<IRateSource>()));
    }

    [Fact]
    public void The_shipped_settings_name_the_address_of_every_source()
    {
        var path = Path.Combine(RepositoryRoot.Path, "src", "Cambist", "appsettings.json");
        using var settings = JsonDocument.Parse(File.ReadAllText(path));
        var shipped = settings.RootElement.GetProperty("Rates").GetProperty("Sources").EnumerateObject()
            .ToDictionary(source => source.Name, source => new Uri(source.Value.GetProperty("BaseUrl").GetString()!));

        var known = Sources([.. Keyed.Select(id => ($"{id}:ApiKey", "secret"))]).ToDictionary(source => source.Profile.Id, source => source.Profile.PublicAddress!);
        Assert.Equal(known.OrderBy(source => source.Key), shipped.OrderBy(source => source.Key));
    }

    [Fact]
    public void Every_profile_makes_sense() => Assert.All(Sources([.. Keyed.Append("file").Select(id => ($"{id}:ApiKey", "secret")), ("file:BaseUrl", "/rates.csv")]), source =>
    {
        var profile = source.Profile;
        Assert.True(profile.FreshFor > profile.Cadence, profile.Id);
        Assert.True(profile.Kind == RateKind.Live ? profile.FreshFor <= TimeSpan.FromHours(3) : profile.FreshFor >= TimeSpan.FromHours(24), profile.Id);
        Assert.InRange(profile.PairsPerRequest, 1, int.MaxValue);
    });

    private IEnumerable<string> Ids(params (string Key, string Value)[] settings) => Sources(settings).Select(source => source.Profile.Id);

    private List<IRateSource> Sources(params (string Key, string Value)[] settings)
    {
        using var services = Services(settings);
        return [.. services.GetServices<IRateSource>()];
    }

    private ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Rates:Sources:{setting.Key}", (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddCambist(_store, new MarketFacts(MarketMode.Live)).AddLiveMarket(configuration).BuildServiceProvider();
    }
}
