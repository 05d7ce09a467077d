using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>
/// Recorded hourly history of any pair: stored, turned round, or crossed over a hub. Every read is bounded by an instant and returns nothing that had
/// not closed by then.
/// </summary>
public sealed class RateHistory(BarStore bars)
{
    /// <summary>An hourly close may be this much older, in open market time, before it is no longer the rate of the moment: bars come each hour, and 1 % of hours have none.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(3);

    /// <summary>The closes that lie within [from, asOf]; null where no stored pairs lead there.</summary>
    public CloseSeries? Closes(CurrencyPair pair, DateTimeOffset from, DateTimeOffset asOf) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.ReadCloses(stored, from, asOf) is { Count: > 0 } closes ? closes : null,
        RateBook.Hubs);

    /// <summary>The last close known at an instant, however old; null where no stored pairs lead there.</summary>
    public RateObservation? LastClose(CurrencyPair pair, DateTimeOffset asOf) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.LastClosedBy(stored, asOf) is { } bar ? Observation(stored, bar) : null,
        RateBook.Hubs);

    /// <summary>The bars that lie within [from, to], rising; empty where no stored pairs lead there.</summary>
    public PairBars? Bars(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.Read(stored, from, to) is { Count: > 0 } read ? PairBars.Stored(stored, read) : null,
        RateBook.Hubs);

    /// <summary>A bar's close as an observation: effective and known at the end of its hour.</summary>
    internal static RateObservation Observation(CurrencyPair pair, HourlyBar bar) => new(
        TwoSidedRate.AtMid(pair, bar.Close),
        SpreadKnown: false,
        bar.Source.Length > 0 ? bar.Source : "history",
        bar.CloseTime,
        bar.CloseTime,
        FreshFor);
}
