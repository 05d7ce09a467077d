using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;

namespace Cambist.Domain.Tests.Rates.Checks;

/// <summary>A pair that several sources report, at times that the test says.</summary>
internal sealed class Market
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Cycle = TimeSpan.FromSeconds(30);

    public static readonly SourceProfile A = Live("a");
    public static readonly SourceProfile B = Live("b");
    public static readonly SourceProfile C = Live("c");
    public static readonly SourceProfile D = Live("d");
    public static readonly SourceProfile Hourly = Live("hourly") with { Cadence = TimeSpan.FromHours(1), FreshFor = TimeSpan.FromHours(2) };
    public static readonly SourceProfile Bank = Live("bank") with { Kind = RateKind.Reference, Cadence = TimeSpan.FromHours(1), FreshFor = TimeSpan.FromHours(26) };

    private readonly PairConsensus _consensus;

    public Market(string pair = "EUR/USD")
    {
        Pair = CurrencyPair.Parse(pair);
        _consensus = new PairConsensus(Pair, Cycle);
    }

    public CurrencyPair Pair { get; }

    public DateTimeOffset Now { get; set; } = Noon;

    public RateObservation? Rate => _consensus.Latest;

    public decimal Mid => _consensus.Latest!.Rate.Mid;

    public static SourceProfile Live(string id) => new()
    {
        Id = id,
        Name = id,
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromSeconds(1),
        FreshFor = TimeSpan.FromMinutes(5),
    };

    public Market Later(double seconds)
    {
        Now += TimeSpan.FromSeconds(seconds);
        return this;
    }

    public void Start(decimal mid, DateTimeOffset at, double? volatility = null) => _consensus.Start(mid, at, volatility);

    public ReportedRate Mids(SourceProfile source, decimal mid, DateTimeOffset? at = null) => new(source, Pair, mid, mid, SpreadKnown: false, at ?? Now, Now);

    /// <summary>The fault that is found in a report; null where it is accepted.</summary>
    public string? Says(SourceProfile source, decimal mid, DateTimeOffset? at = null) => Says(Mids(source, mid, at));

    public string? Says(SourceProfile source, decimal bid, decimal ask) => Says(new ReportedRate(source, Pair, bid, ask, SpreadKnown: true, Now, Now));

    public string? Says(ReportedRate report) => _consensus.Submit([report], Now)[0].Finding?.Code;

    public IReadOnlyList<Judgement> Together(params ReportedRate[] reports) => [.. _consensus.Submit(reports, Now)];
}
