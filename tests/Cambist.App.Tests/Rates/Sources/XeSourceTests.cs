using System.Text;
using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: the XE Currency Data API specification of convert_from.</summary>
public sealed class XeSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset At = new(2026, 3, 27, 14, 30, 0, TimeSpan.Zero);

    protected override string Path => "/v1/convert_from.json/";

    protected override string ApiKey => $"account123:{Secret}";

    protected override string Sample => """
        {"terms":"http://www.xe.com/legal/dfs.php","privacy":"http://www.xe.com/privacy.php","from":"USD","amount":1.0,
         "timestamp":"2026-03-27T14:30:00Z","to":[{"quotecurrency":"@CODE","mid":@FIGURE},{"quotecurrency":"GBP","mid":0.771342}]}
        """;

    protected override string Figure => "0.922081";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("USD/EUR", 0.922081m, At), Told.Mid("USD/GBP", 0.771342m, At)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new XeSource(http, clock, options);

    [Fact]
    public async Task Wanted_currencies_alone_are_asked_and_each_costs_one()
    {
        using var http = new HttpClient(new CostMeter()) { BaseAddress = Server.Address };
        Server.Answers(Path, With());

        await Create(http, TimeProvider.System, Options).LatestAsync(WantedPairs, TestContext.Current.CancellationToken);

        Assert.Equal("/v1/convert_from.json/?from=USD&to=EUR,GBP,JPY&amount=1&decimal_places=10", Server.Requests.Single().Address);
        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(ApiKey))}", Server.Requests.Single().Authorization);
        Assert.Equal(3, CostMeter.Last);
    }

    [Theory]
    [InlineData(200, 7, "No USDD found on 2026-03-27T00:00:00Z", SourceFault.Refused)]
    [InlineData(400, 7, "No USDD found on 2026-03-27T00:00:00Z", SourceFault.Refused)]
    [InlineData(200, 1, "Bad credentials", SourceFault.KeyRefused)]
    [InlineData(401, 1, "Bad credentials of account123, k3y+S3cret/7Qx9", SourceFault.KeyRefused)]
    [InlineData(403, 3, "This package does not include live rates", SourceFault.NotInPlan)]
    [InlineData(429, 4, "Too many requests", SourceFault.Throttled)]
    [InlineData(429, 2, "The monthly request limit has been exceeded", SourceFault.QuotaSpent)]
    [InlineData(500, 9, "Internal error", SourceFault.Unavailable)]
    public async Task An_error_body_is_a_fault_whatever_its_status(int status, int code, string message, SourceFault expected) => Assert.Equal(
        expected, (await FaultOfAsync($$"""{"code":{{code}},"message":"{{message}}","documentation_url":"https://xecdapi.xe.com/docs/v1/"}""", status)).Kind);

    [Fact]
    public async Task Figures_for_another_amount_are_no_rates() =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(With().Replace("\"amount\":1.0", "\"amount\":100.0", StringComparison.Ordinal))).Kind);

    private sealed class CostMeter() : DelegatingHandler(new HttpClientHandler())
    {
        public static int Last { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = request.Options.TryGetValue(SourceHttp.Cost, out var cost) ? cost : 0;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
