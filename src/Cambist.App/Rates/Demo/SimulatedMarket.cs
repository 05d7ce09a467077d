using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// A foreign-exchange market made of random numbers for <c>serve --demo</c>, with the regularities of the real one: volatility that clusters and
/// follows the hours of the week, heavy tails, closed weekends, spreads that widen after the New York close, no forecastable direction. Each
/// currency has one value in dollars, so that cross rates agree.
/// </summary>
/// <remarks>
/// The path follows from seed, start and slot alone: the market steps once per slot of open time, however often and at whatever instants
/// it is asked to advance. Not safe for use by several threads at once.
/// </remarks>
internal sealed class SimulatedMarket
{
    /// <summary>The source that the bars name, so that no simulated price is taken for a real one.</summary>
    public const string Source = "simulated";

    /// <summary>How long a price stands unless another time is asked for: half the interval at which the major pairs are collected.</summary>
    public static readonly TimeSpan DefaultSlot = TimeSpan.FromSeconds(15);

    // Between the 1.6 and 3.1 times of the usual spread that are measured for the majors.
    private const double AfterCloseWidening = 2.2;

    private static readonly string[] Crosses = ["EUR/GBP", "EUR/CHF", "EUR/JPY", "GBP/JPY", "CHF/JPY", "AUD/JPY"];

    private readonly int _slotsPerHour;
    private readonly CurrencyValues _values;
    private readonly PairSeries[] _series;
    private readonly Dictionary<CurrencyPair, PairSeries> _byPair;
    private DateTimeOffset _hour;
    private int _slot;
    private double _widening = 1;

    /// <summary>A market in steps of <see cref="DefaultSlot"/>.</summary>
    public SimulatedMarket(int seed, DateTimeOffset start)
        : this(seed, start, DefaultSlot)
    {
    }

    /// <summary>A market whose first price is that of the first full market hour from <paramref name="start"/> on.</summary>
    /// <param name="seed">Another seed is another market.</param>
    /// <param name="start">Where its history begins, at the reference levels.</param>
    /// <param name="slot">How long a price stands. Long slots are quick to make, but bars of few prices have too narrow a range.</param>
    /// <exception cref="ArgumentException">The slot is no whole part of an hour.</exception>
    public SimulatedMarket(int seed, DateTimeOffset start, TimeSpan slot)
    {
        if (slot <= TimeSpan.Zero || TimeSpan.TicksPerHour % slot.Ticks != 0)
        {
            throw new ArgumentException($"A slot is a whole part of an hour such as 00:00:15, was {slot}.", nameof(slot));
        }

        Slot = slot;
        _slotsPerHour = (int)(TimeSpan.TicksPerHour / slot.Ticks);
        _values = new CurrencyValues(new SplitMix64(seed), _slotsPerHour);
        _series = [.. SimulatedCurrency.All.Select(currency => currency.Pair).Concat(Crosses.Select(CurrencyPair.Parse)).Select(Series)];
        _byPair = _series.ToDictionary(series => series.Pair);
        Pairs = [.. _series.Select(series => series.Pair)];
        _hour = OpenHourFrom(UnixHour.ToInstant(UnixHour.Ceiling(start)));
    }

    /// <summary>The pairs that have rates and bars: each currency against the dollar in the market's direction, and the crosses most traded.</summary>
    public IReadOnlyList<CurrencyPair> Pairs { get; }

    /// <summary>How long a price stands.</summary>
    public TimeSpan Slot { get; }

    /// <summary>The instant from which the present rates stand; null before the first. It stays at Friday's last while the market is closed.</summary>
    public DateTimeOffset? QuotedAt { get; private set; }

    /// <summary>The present bid and ask; null for a pair that is not in <see cref="Pairs"/>, and before the first price.</summary>
    public TwoSidedRate? Rate(CurrencyPair pair) => QuotedAt is not null && _byPair.TryGetValue(pair, out var series) ? series.Quote(_widening) : null;

    /// <summary>Moves the market to an instant; one that is past already changes nothing.</summary>
    /// <returns>The bars of all pairs for the hours that ended on the way, oldest first: those with a close time not after <paramref name="now"/>.</returns>
    public IReadOnlyList<SimulatedBar> Advance(DateTimeOffset now)
    {
        var finished = new List<SimulatedBar>();
        while (_hour <= now)
        {
            StepTo(now);
            var end = _hour.AddHours(1);
            if (now < end)
            {
                break;
            }

            finished.AddRange(_series.Select(series => new SimulatedBar(series.Pair, series.Bar(_hour, _widening))));
            _hour = OpenHourFrom(end);
            _slot = 0;
        }

        return finished;
    }

    /// <summary>
    /// The bars up to an instant, made while they are read, so that years of them need no memory. When the last has been read the market
    /// stands at <paramref name="until"/>.
    /// </summary>
    public IEnumerable<SimulatedBar> BarsUntil(DateTimeOffset until)
    {
        while (_hour.AddHours(1) <= until)
        {
            foreach (var bar in Advance(_hour.AddHours(1)))
            {
                yield return bar;
            }
        }

        Advance(until);
    }

    private static DateTimeOffset OpenHourFrom(DateTimeOffset hour) => FxWeek.IsOpen(hour) ? hour : FxWeek.NextOpen(hour);

    private PairSeries Series(CurrencyPair pair)
    {
        var sides = SimulatedCurrency.All.Where(currency => pair.Has(currency.Currency)).ToArray();
        var level = sides.Aggregate(1.0, (rate, side) => side.Currency == pair.Base ? rate * side.ValueInUsd : rate / side.ValueInUsd);
        return new PairSeries(pair, _values.PathOf(pair.Base), _values.PathOf(pair.Quote), level, sides.Sum(side => side.SpreadBps));
    }

    private void StepTo(DateTimeOffset now)
    {
        var due = Math.Min(_slotsPerHour, (now - _hour).Ticks / Slot.Ticks + 1);
        while (_slot < due)
        {
            if (_slot == 0)
            {
                BeginHour();
            }

            _values.Step(_slot);
            foreach (var series in _series)
            {
                series.Step(beginsHour: _slot == 0);
            }

            QuotedAt = _hour + _slot * Slot;
            _slot++;
        }
    }

    private void BeginHour()
    {
        var hourOfWeek = HourOfWeek.IndexOf(_hour);
        _values.BeginHour(hourOfWeek);
        _widening = Math.Sqrt(_values.Volatility) * (HourOfWeek.IsAfterClose(hourOfWeek) ? AfterCloseWidening : 1);
    }
}
