using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>Bars of a pair as they are shown: of a cross only open and close are known, for the legs' extremes need not have met.</summary>
public sealed class PairBars : ICrossable<PairBars>
{
    private PairBars(CurrencyPair pair, IReadOnlyList<RateBar> bars)
    {
        Pair = pair;
        Bars = bars;
    }

    /// <inheritdoc />
    public CurrencyPair Pair { get; }

    /// <summary>The bars, rising in time.</summary>
    public IReadOnlyList<RateBar> Bars { get; }

    /// <inheritdoc />
    public double PathCost => -Bars.Count;

    /// <summary>Bars as they are stored.</summary>
    public static PairBars Stored(CurrencyPair pair, IReadOnlyList<HourlyBar> bars) =>
        new(pair, [.. bars.Select(bar => new RateBar(bar.OpenTime, bar.Open, bar.High, bar.Low, bar.Close, bar.Source))]);

    /// <summary>Daily values as they are stored, each as a bar of its market day; where a market day has two, the later one.</summary>
    public static PairBars Daily(CurrencyPair pair, IReadOnlyList<DailyRate> days) => new(
        pair,
        [
            .. days.Select(day => new RateBar(DailyBars.StartOfDay(day.EffectiveAt), day.Rate, High: null, Low: null, day.Rate, day.Source))
                .GroupBy(bar => bar.Time).Select(day => day.Last()).OrderBy(bar => bar.Time),
        ]);

    /// <inheritdoc />
    public PairBars Inverse() => new(Pair.Inverse, [.. Bars.Select(bar => bar with
    {
        Open = RateDigits.Round(1m / bar.Open),
        High = bar.Low is { } low ? RateDigits.Round(1m / low) : null,
        Low = bar.High is { } high ? RateDigits.Round(1m / high) : null,
        Close = RateDigits.Round(1m / bar.Close),
    })]);

    /// <inheritdoc />
    public PairBars Times(PairBars next)
    {
        var others = next.Bars.ToDictionary(bar => bar.Time);
        return new PairBars(
            new CurrencyPair(Pair.Base, next.Pair.Quote),
            [.. Bars.Where(bar => others.ContainsKey(bar.Time)).Select(bar => Cross(bar, others[bar.Time]))]);
    }

    private static RateBar Cross(RateBar bar, RateBar next) => new(
        bar.Time,
        RateDigits.Round(bar.Open * next.Open),
        High: null,
        Low: null,
        RateDigits.Round(bar.Close * next.Close),
        bar.Source == next.Source ? bar.Source : $"{bar.Source}+{next.Source}");
}
