using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Demo;

/// <summary>The value of one currency in US dollars as it moves.</summary>
internal sealed class CurrencyPath(SimulatedCurrency currency, Shock own)
{
    // A year: fast enough that ten years of demonstration stay near today's rates, far too slow to be seen in a forecast of a day.
    private const double ReversionPerHour = 1.0 / (52 * FxWeek.Hours);

    private readonly double _dollar = currency.Dollar / 100;
    private readonly double _europe = currency.Europe / 100;
    private readonly double _risk = currency.Risk / 100;
    private readonly double _asia = currency.Asia / 100;
    private readonly double _own = currency.Own / 100;
    private readonly double _level = Math.Log(currency.ValueInUsd);

    public Currency Currency => currency.Currency;

    /// <summary>Natural logarithm of the dollars that one unit is worth.</summary>
    public double LogValue { get; private set; } = Math.Log(currency.ValueInUsd);

    public void BeginHour(int hourOfWeek, int slots, double marketVolatility)
    {
        own.BeginHour(hourOfWeek, slots, marketVolatility);
        LogValue += ReversionPerHour * (_level - LogValue);
    }

    /// <summary>Takes the moves that all currencies share, and adds its own.</summary>
    public void Step(int slot, double dollar, double europe, double risk, double asia) =>
        LogValue += _dollar * dollar + _europe * europe + _risk * risk + _asia * asia + _own * own.Move(slot);
}
