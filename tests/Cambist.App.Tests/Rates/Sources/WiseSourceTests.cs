using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Wise's API reference of rates.</summary>
public sealed class WiseSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset At = new(2026, 3, 27, 14, 31, 2, TimeSpan.Zero);

    protected override string Path => "/v1/rates";

    protected override string ApiKey => Secret;

    protected override string Sample => """
        [{"rate":@FIGURE,"source":"USD","target":"@CODE","time":"2026-03-27T14:31:02+0000"},
         {"rate":0.771342,"source":"USD","target":"GBP","time":"2026-03-27T15:31:02+0100"}]
        """;

    protected override string Figure => "0.922081";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("USD/EUR", 0.922081m, At), Told.Mid("USD/GBP", 0.771342m, At)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new WiseSource(http, clock, options);

    [Fact]
    public async Task Every_target_comes_with_one_request()
    {
        await LookAsync(With());

        Assert.Equal(("/v1/rates?source=USD", $"Bearer {Secret}"), (Server.Requests.Single().Address, Server.Requests.Single().Authorization));
    }
}

/// <summary>Answers of the website, of a shape that is documented by nobody but its users.</summary>
public sealed class WiseWebsiteTests : HttpSourceContract
{
    protected override string Path => "/rates/live";

    protected override IReadOnlyList<string> Wanted => ["EUR/USD"];

    protected override string Sample => """{"source":"EUR","target":"@CODE","value":@FIGURE,"time":1774621862000}""";

    protected override string Figure => "1.08452";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("EUR/USD", 1.08452m, DateTimeOffset.FromUnixTimeSeconds(1_774_621_862))];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new WiseSource(http, clock, options);

    [Fact]
    public async Task The_website_is_asked_for_one_pair_and_labelled_unofficial()
    {
        var sheet = await LookAsync(With());

        Assert.Equal("/rates/live?source=EUR&target=USD", Server.Requests.Single().Address);
        Assert.Equal((false, 1), (sheet.Rates[0].Source.IsOfficial, sheet.Rates[0].Source.PairsPerRequest));
    }

    [Fact]
    public void Without_a_key_the_address_of_the_api_gives_way_to_the_websites()
    {
        using var http = new HttpClient { BaseAddress = new Uri("https://api.wise.com/") };

        Assert.False(Create(http, TimeProvider.System, Options).Profile.IsOfficial);
        Assert.Equal("wise.com", http.BaseAddress!.Host);
    }
}
