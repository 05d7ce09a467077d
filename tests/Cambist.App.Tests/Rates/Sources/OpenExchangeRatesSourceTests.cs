using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Open Exchange Rates' documentation of latest.json and its errors.</summary>
public sealed class OpenExchangeRatesSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_774_620_000);

    protected override string Path => "/api/latest.json";

    protected override string ApiKey => Secret;

    protected override string Sample =>
        """{"disclaimer":"Usage subject to terms","license":"https://openexchangerates.org/license","timestamp":1774620000,"base":"USD","rates":{"@CODE":@FIGURE,"GBP":0.771342,"JPY":150.152,"BTC":1.4e-05,"USD":1}}""";

    protected override string Figure => "0.922081";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("USD/EUR", 0.922081m, At), Told.Mid("USD/GBP", 0.771342m, At), Told.Mid("USD/JPY", 150.152m, At)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new OpenExchangeRatesSource(http, clock, options);

    [Fact]
    public async Task The_key_is_no_part_of_the_address()
    {
        await LookAsync(With());

        Assert.Equal(("/api/latest.json", $"Token {Secret}"), (Server.Requests.Single().Address, Server.Requests.Single().Authorization));
    }

    [Theory]
    [InlineData(401, "missing_app_id", "No App ID provided.", SourceFault.KeyRefused)]
    [InlineData(401, "invalid_app_id", "Invalid App ID k3y+S3cret/7Qx9 provided.", SourceFault.KeyRefused)]
    [InlineData(429, "not_allowed", "Client does not have permission to access requested route/feature", SourceFault.NotInPlan)]
    [InlineData(403, "access_restricted", "Access restricted until the end of the month for repeated over-use.", SourceFault.QuotaSpent)]
    [InlineData(403, "access_restricted", "Changing the API `base` currency is available for Developer plan clients.", SourceFault.NotInPlan)]
    [InlineData(400, "invalid_base", "Client requested rates for an unsupported base currency", SourceFault.Refused)]
    [InlineData(404, "not_found", "Client requested a non-existent resource/route", SourceFault.Refused)]
    [InlineData(503, "something_new", "", SourceFault.Unavailable)]
    public async Task An_error_is_what_its_message_says(int status, string message, string description, SourceFault expected) => Assert.Equal(
        expected, (await FaultOfAsync($$"""{"error":true,"status":{{status}},"message":"{{message}}","description":"{{description}}"}""", status)).Kind);
}
