using Cambist.App.Rates.Sources;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Frankfurter's API, v1.</summary>
public sealed class FrankfurterSourceTests : HttpSourceContract
{
    // 14:15 in Frankfurt, in winter time.
    private static readonly DateTimeOffset Fixing = new(2026, 3, 27, 13, 15, 0, TimeSpan.Zero);

    protected override string Path => "/v1/latest";

    protected override string Sample => """{"amount":1.0,"base":"EUR","date":"2026-03-27","rates":{"@CODE":@FIGURE,"GBP":0.83652,"JPY":162.84,"SEK":11.02}}""";

    protected override string Figure => "1.0845";

    protected override IReadOnlyList<Told> Expected =>
    [
        Told.Mid("EUR/USD", 1.0845m, Fixing), Told.Mid("EUR/GBP", 0.83652m, Fixing), Told.Mid("EUR/JPY", 162.84m, Fixing),
    ];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new FrankfurterSource(http, clock);
}
