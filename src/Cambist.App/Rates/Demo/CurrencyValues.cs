using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// The values of all currencies in US dollars, moved by shocks that many share and shocks of their own. The volatility of the whole market
/// swings in weeks and in a day, so that all pairs grow restless together and the memory of volatility fades slowly.
/// </summary>
internal sealed class CurrencyValues
{
    private readonly int _slotsPerHour;
    private readonly LogVolatility _weeks;
    private readonly LogVolatility _day;
    private readonly Shock _dollar;
    private readonly Shock _europe;
    private readonly Shock _risk;
    private readonly Shock _asia;
    private readonly CurrencyPath[] _paths;

    public CurrencyValues(SplitMix64 random, int slotsPerHour)
    {
        _slotsPerHour = slotsPerHour;
        _weeks = new LogVolatility(random, halfLifeHours: 480, deviation: 0.28);
        _day = new LogVolatility(random, halfLifeHours: 18, deviation: 0.25);
        _dollar = new Shock(random, HourOfWeek.Western);
        _europe = new Shock(random, HourOfWeek.Western);
        _risk = new Shock(random, HourOfWeek.Western);
        _asia = new Shock(random, HourOfWeek.Eastern);
        _paths = [.. SimulatedCurrency.All.Select(currency => new CurrencyPath(currency, OwnShock(currency, random)))];
    }

    /// <summary>The volatility of the whole market in the present hour against its long run, which is 1 in mean square.</summary>
    public double Volatility { get; private set; } = 1;

    /// <summary>The path of a currency; null for the US dollar, whose value in dollars stands still.</summary>
    public CurrencyPath? PathOf(Currency currency) => currency.Code == "USD" ? null : _paths.Single(path => path.Currency == currency);

    public void BeginHour(int hourOfWeek)
    {
        _weeks.NextHour();
        _day.NextHour();
        Volatility = _weeks.Multiplier * _day.Multiplier;
        foreach (var shock in (ReadOnlySpan<Shock>)[_dollar, _europe, _risk, _asia])
        {
            shock.BeginHour(hourOfWeek, _slotsPerHour, Volatility);
        }

        foreach (var path in _paths)
        {
            path.BeginHour(hourOfWeek, _slotsPerHour, Volatility);
        }
    }

    public void Step(int slot)
    {
        var dollar = _dollar.Move(slot);
        var europe = _europe.Move(slot);
        var risk = _risk.Move(slot);
        var asia = _asia.Move(slot);
        foreach (var path in _paths)
        {
            path.Step(slot, dollar, europe, risk, asia);
        }
    }

    private static Shock OwnShock(SimulatedCurrency currency, SplitMix64 random) =>
        new(random, currency.IsAsian ? HourOfWeek.Eastern : HourOfWeek.Western);
}
