using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// One pair as its market shows it: whole ticks, two sides, hourly bars of the mid price. A null path is the US dollar, whose value in
/// dollars stands still.
/// </summary>
internal sealed class PairSeries(CurrencyPair pair, CurrencyPath? @base, CurrencyPath? quote, double level, double spreadBps)
{
    private readonly byte _decimals = DecimalsAt(level);
    private readonly double _ticksPerUnit = Math.Pow(10, DecimalsAt(level));
    private double _open;
    private double _high;
    private double _low;
    private double _last;

    public CurrencyPair Pair => pair;

    /// <summary>Takes the price that its currencies have now.</summary>
    public void Step(bool beginsHour)
    {
        _last = LogRate();
        if (beginsHour)
        {
            _open = _high = _low = _last;
        }

        _high = Math.Max(_high, _last);
        _low = Math.Min(_low, _last);
    }

    /// <summary>Bid and ask, the same whole number of ticks from the mid price, so that the mid price is that of the bars.</summary>
    public TwoSidedRate Quote(double widening)
    {
        var mid = Ticks(_last);
        var half = HalfSpread(mid, widening);
        return new TwoSidedRate(pair, Price(mid - half), Price(mid + half));
    }

    /// <summary>The bar of the hour whose last step was just taken.</summary>
    public HourlyBar Bar(DateTimeOffset openTime, double widening)
    {
        var close = Ticks(_last);
        return new HourlyBar(
            openTime,
            Open: Price(Ticks(_open)),
            High: Price(Ticks(_high)),
            Low: Price(Ticks(_low)),
            Close: Price(close),
            Volume: null,
            Spread: Price(2 * HalfSpread(close, widening)),
            SimulatedMarket.Source);
    }

    // Tenths of a pip: five decimals, three for pairs such as USD/JPY, two for USD/KRW.
    private static byte DecimalsAt(double level) => level switch
    {
        < 50 => 5,
        < 1000 => 3,
        _ => 2,
    };

    private int HalfSpread(int mid, double widening) => Math.Max(1, (int)Math.Round(mid * spreadBps * widening / 20_000));

    private double LogRate() => (@base?.LogValue ?? 0) - (quote?.LogValue ?? 0);

    private int Ticks(double logRate) => (int)Math.Round(Math.Exp(logRate) * _ticksPerUnit);

    private decimal Price(int ticks) => new(ticks, 0, 0, isNegative: false, _decimals);
}
