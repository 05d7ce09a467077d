using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class SqliteDaysAndHoursTests() : DaysAndHoursContract(Engine.Sqlite);

public sealed class PostgresDaysAndHoursTests() : DaysAndHoursContract(Engine.Postgres);

/// <summary>Hours and daily values of one pair together: what is told of an instant and of a span is the same.</summary>
public abstract class DaysAndHoursContract : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair EurJpy = CurrencyPair.Parse("EUR/JPY");
    private static readonly DateTimeOffset Monday = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);
    private const int Days = 14;

    private readonly TestDatabase _database;
    private readonly Database _store;
    private readonly BarStore _bars;
    private readonly DailyStore _days;
    private readonly RateHistory _history;

    protected DaysAndHoursContract(Engine engine)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
        _bars = new BarStore(_store);
        _days = new DailyStore(_store);
        _history = new RateHistory(_bars, _days);
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Where_no_hours_are_the_fixing_is_the_rate_from_its_publication_until_the_next()
    {
        _days.FillGaps(EurUsd, "ecb", [Fixing(0, 1.08m)]);

        Assert.Null(_history.LastClose(EurUsd, Fixing(0, 1m).EffectiveAt.AddMinutes(104)));
        var rate = _history.LastClose(EurUsd, Monday.AddDays(1).AddHours(9))!;

        Assert.Equal((1.08m, RateKind.Reference, "ecb", Fixing(0, 1m).EffectiveAt), (rate.Rate.Mid, rate.Kind, rate.Source, rate.EffectiveAt));
        Assert.Equal((false, true), (rate.IsStale(rate.EffectiveAt.AddHours(26)), rate.IsStale(rate.EffectiveAt.AddHours(26.1))));
        Assert.Null(_history.Closes(EurUsd, Monday, Monday.AddDays(3)));
    }

    [Fact]
    public void Fixings_cross_over_the_euro()
    {
        _days.FillGaps(EurUsd, "ecb", [Fixing(0, 1.08m), Fixing(1, 1.09m)]);
        _days.FillGaps(EurJpy, "ecb", [Fixing(0, 162m)]);

        Assert.Equal(150m, RateDigits.Round(_history.LastClose(CurrencyPair.Parse("USD/JPY"), Monday.AddDays(1))!.Rate.Mid));
        var day = Assert.Single(_history.Days(CurrencyPair.Parse("USD/JPY"), Monday.AddDays(-3), Monday.AddDays(3)));
        Assert.Equal((150m, null, new DateTimeOffset(2026, 3, 15, 21, 0, 0, TimeSpan.Zero)), (decimal.Round(day.Close, 4), day.High, day.Time));
    }

    [Fact]
    public void A_day_with_hours_is_rolled_up_from_them_and_one_without_has_its_fixing()
    {
        _bars.Upsert(EurUsd, [Bar(10, 1.1m), Bar(11, 1.2m)]);
        _days.FillGaps(EurUsd, "ecb", [Fixing(0, 1.3m), Fixing(1, 1.4m)]);

        Assert.Equal([1.2m, 1.4m], _history.Days(EurUsd, Monday, Monday.AddDays(4)).Select(day => day.Close));
        Assert.Equal(1.2m, _history.LastClose(EurUsd, Monday.AddHours(20))!.Rate.Mid);
        Assert.Equal((1.4m, RateKind.Reference), (_history.LastClose(EurUsd, Monday.AddDays(3))!.Rate.Mid, _history.LastClose(EurUsd, Monday.AddDays(3))!.Kind));
    }

    [Fact]
    public void The_value_of_an_instant_is_the_last_of_the_span_that_ends_with_it()
    {
        var pair = 0;
        var all = Iso4217.All.Where(currency => currency.Code is not ("USD" or "EUR" or "GBP" or "JPY")).ToList();
        var hours = Gen.Int[0, Days * 24 - 1].Array[0, 30];
        var days = Gen.Select(Gen.Int[0, Days - 1], Gen.Int[0, 23]).Array[0, 10];
        var instants = Gen.Int[0, (Days + 2) * 24 * 60].Array[8];

        Gen.Select(hours, days, instants, Gen.Bool).Sample((hours, days, instants, isInverse) =>
        {
            // A pair of its own each time: none is ever taken back out of a store.
            var (from, to) = (all[pair / (all.Count - 1) % all.Count], all[pair % (all.Count - 1)]);
            pair++;
            if (from == to)
            {
                return;
            }

            var stored = new CurrencyPair(from, to);
            _bars.Upsert(stored, hours.Distinct().Where(hour => FxWeek.IsOpen(Monday.AddHours(hour))).Select(hour => Bar(hour, 1m + hour * 0.01m)));
            _days.FillGaps(stored, "bank", days.DistinctBy(day => day.Item1).Select(day => new DailyRate(
                DateOnly.FromDateTime(Monday.AddDays(day.Item1).UtcDateTime), Monday.AddDays(day.Item1).AddHours(day.Item2), 20m + day.Item1)));
            var asked = isInverse ? stored.Inverse : stored;
            foreach (var instant in instants.Select(minute => Monday.AddMinutes(minute)))
            {
                var point = _history.LastClose(asked, instant);
                var span = _history.Days(asked, Monday.AddDays(-7), instant);

                Assert.Equal(span.Count == 0 ? (decimal?)null : RateDigits.Round(span[^1].Close), point is null ? (decimal?)null : RateDigits.Round(point.Rate.Mid));
                Assert.True(point is null || point.ObservedAt <= instant, "Nothing is told before it is known.");
                Assert.Equal(span.Select(day => day.Time).Distinct().Order(), span.Select(day => day.Time));
            }
        }, iter: 150, threads: 1);
    }

    private static HourlyBar Bar(int hour, decimal close) => new(Monday.AddHours(hour), close, close, close, close, null, null, "test");

    private static DailyRate Fixing(int day, decimal rate) =>
        new(DateOnly.FromDateTime(Monday.AddDays(day).UtcDateTime), Monday.AddDays(day).AddHours(13.25), rate);
}
