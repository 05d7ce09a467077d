using Cambist.App.Rates.Sources;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Coinbase's Data API, exchange rates.</summary>
public sealed class CoinbaseSourceTests : HttpSourceContract
{
    protected override string Path => "/v2/exchange-rates";

    protected override string Sample => """{"data":{"currency":"USD","rates":{"@CODE":@FIGURE,"GBP":"0.771342","BTC":"0.0000157"}}}""";

    protected override string Figure => "\"0.922081\"";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("USD/EUR", 0.922081m, Now), Told.Mid("USD/GBP", 0.771342m, Now)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new CoinbaseSource(http, clock);
}
