using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Fixer's documentation of the latest endpoint and its error codes.</summary>
public sealed class FixerSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_774_621_444);

    protected override string Path => "/api/latest";

    protected override string ApiKey => Secret;

    protected override string Sample =>
        """{"success":true,"timestamp":1774621444,"base":"EUR","date":"2026-03-27","rates":{"@CODE":@FIGURE,"GBP":0.83652,"JPY":162.8431,"BTC":0.0000157,"XAU":0.0004}}""";

    protected override string Figure => "1.084512";

    protected override IReadOnlyList<Told> Expected =>
    [
        Told.Mid("EUR/USD", 1.084512m, At), Told.Mid("EUR/GBP", 0.83652m, At), Told.Mid("EUR/JPY", 162.8431m, At),
    ];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new FixerSource(http, clock, options);

    [Theory]
    [InlineData("""{"code":101,"type":"missing_access_key","info":"You have not supplied an API Access Key. [Required format: access_key=YOUR_ACCESS_KEY]"}""", SourceFault.KeyRefused)]
    [InlineData("""{"code":101,"type":"invalid_access_key","info":"k3y+S3cret/7Qx9 is no key."}""", SourceFault.KeyRefused)]
    [InlineData("""{"code":102,"type":"inactive_user"}""", SourceFault.KeyRefused)]
    [InlineData("""{"code":103,"type":"invalid_api_function"}""", SourceFault.Refused)]
    [InlineData("""{"code":104,"type":"usage_limit_reached"}""", SourceFault.QuotaSpent)]
    [InlineData("""{"code":104,"type":"monthly_limit_reached"}""", SourceFault.QuotaSpent)]
    [InlineData("""{"code":105,"type":"function_access_restricted"}""", SourceFault.NotInPlan)]
    [InlineData("""{"code":105,"type":"https_access_restricted"}""", SourceFault.NotInPlan)]
    [InlineData("""{"code":105,"type":"base_currency_access_restricted"}""", SourceFault.NotInPlan)]
    [InlineData("""{"code":106,"type":"no_rates_available"}""", SourceFault.Unavailable)]
    [InlineData("""{"code":201,"type":"invalid_base_currency"}""", SourceFault.Refused)]
    [InlineData("""{"code":202,"type":"invalid_currency_codes"}""", SourceFault.Refused)]
    [InlineData("""{"code":302,"type":"invalid_date"}""", SourceFault.Refused)]
    [InlineData("""{"code":404,"type":"404_not_found"}""", SourceFault.Refused)]
    [InlineData("""{"code":"104"}""", SourceFault.QuotaSpent)]
    public async Task An_error_inside_a_good_status_is_what_its_type_says(string error, SourceFault expected) =>
        Assert.Equal(expected, (await FaultOfAsync("{\"success\":false,\"error\":" + error + "}")).Kind);

    [Theory]
    [InlineData(400, """{"error":{"code":"base_currency_access_restricted","message":"An unexpected error ocurred."}}""", SourceFault.NotInPlan)]
    [InlineData(401, """{"error":{"code":"invalid_access_key","message":"You have not supplied a valid API Access Key."}}""", SourceFault.KeyRefused)]
    [InlineData(401, """{"message":"Invalid authentication credentials"}""", SourceFault.KeyRefused)]
    [InlineData(429, """{"message":"You have exceeded your daily/monthly API rate limit."}""", SourceFault.Throttled)]
    public async Task Errors_of_its_sister_services_are_read_too(int status, string body, SourceFault expected) =>
        Assert.Equal(expected, (await FaultOfAsync(body, status)).Kind);
}
