using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>
/// Recorded history of any pair: stored, turned round, or crossed over a hub. Hours go before days; a market day of which no hour is recorded has its daily value, where one
/// is. Every read is bounded by an instant and returns nothing that was not known by then.
/// </summary>
/// <param name="bars">Hourly bars.</param>
/// <param name="days">Daily values; null: none are looked at.</param>
public sealed class RateHistory(BarStore bars, DailyStore? days = null)
{
    /// <summary>An hourly close may be this much older, in open market time, before it is no longer the rate of the moment: bars come each hour, and 1 % of hours have none.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(3);

    /// <summary>A daily value stands until the next day's is out, with two hours to spare.</summary>
    public static readonly TimeSpan DayFreshFor = TimeSpan.FromHours(26);

    // The European Central Bank concerts its rates at 14:15 and publishes them at 16:00.
    private static readonly TimeSpan DayIsKnownAfter = TimeSpan.FromMinutes(105);

    /// <summary>The closes that lie within [from, asOf]; null where no stored pairs lead there. Days are no hours and have no part in it.</summary>
    public HourlySeries? Closes(CurrencyPair pair, DateTimeOffset from, DateTimeOffset asOf) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.ReadCloses(stored, from, asOf) is { Count: > 0 } closes ? closes : null,
        RateBook.Hubs);

    /// <summary>The last value known at an instant, however old: of its market day the last hour's close, else the day's own; null where no stored pairs lead there.</summary>
    public RateObservation? LastClose(CurrencyPair pair, DateTimeOffset asOf)
    {
        var hour = LastHour(pair, asOf);
        if (hour is not null && DailyBars.DayOf(hour.EffectiveAt) >= DailyBars.DayOf(asOf))
        {
            return hour;
        }

        var day = LastDay(pair, asOf);
        return hour is null || (day is not null && DailyBars.DayOf(day.EffectiveAt) > DailyBars.DayOf(hour.EffectiveAt)) ? day : hour;
    }

    /// <summary>The hourly bars that lie within [from, to], rising; null where no stored pairs lead there.</summary>
    public PairBars? Bars(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.Read(stored, from, to) is { Count: > 0 } read ? PairBars.Stored(stored, read) : null,
        RateBook.Hubs);

    /// <summary>The market days that lie within [from, to], rising: each rolled up from its hours, else its daily value; empty where no stored pairs lead there.</summary>
    public IReadOnlyList<RateBar> Days(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to)
    {
        var rolledUp = DailyBars.Of(Bars(pair, from, to)?.Bars ?? []);
        var daily = CrossRates.Find(
            pair,
            stored => days?.Has(stored) == true && days.Read(stored, from, Known(to)) is { Count: > 0 } read ? PairBars.Daily(stored, read) : null,
            RateBook.Hubs);
        if (daily is null)
        {
            return rolledUp;
        }

        var withHours = rolledUp.Select(bar => bar.Time).ToHashSet();
        return [.. rolledUp.Concat(daily.Bars.Where(bar => !withHours.Contains(bar.Time))).OrderBy(bar => bar.Time)];
    }

    /// <summary>A bar's close as an observation: effective and known at the end of its hour.</summary>
    internal static RateObservation Observation(CurrencyPair pair, HourlyBar bar) => new(
        TwoSidedRate.AtMid(pair, bar.Close),
        SpreadKnown: false,
        bar.Source.Length > 0 ? bar.Source : "history",
        bar.CloseTime,
        bar.CloseTime,
        FreshFor);

    private RateObservation? LastHour(CurrencyPair pair, DateTimeOffset asOf) => CrossRates.Find(
        pair,
        stored => bars.Has(stored) && bars.LastClosedBy(stored, asOf) is { } bar ? Observation(stored, bar) : null,
        RateBook.Hubs);

    private RateObservation? LastDay(CurrencyPair pair, DateTimeOffset asOf) => days is null ? null : CrossRates.Find(
        pair,
        stored => days.Has(stored) && days.LastBy(stored, Known(asOf)) is { } day ? Observation(stored, day) : null,
        RateBook.Hubs);

    private static RateObservation Observation(CurrencyPair pair, DailyRate day) => new(
        TwoSidedRate.AtMid(pair, day.Rate), SpreadKnown: false, day.Source, day.EffectiveAt, day.EffectiveAt + DayIsKnownAfter, DayFreshFor) { Kind = RateKind.Reference };

    private static DateTimeOffset Known(DateTimeOffset at) => at - DateTimeOffset.MinValue < DayIsKnownAfter ? DateTimeOffset.MinValue : at - DayIsKnownAfter;
}
