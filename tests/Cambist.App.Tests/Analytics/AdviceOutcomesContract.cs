using Cambist.App.Analytics.Outcomes;
using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.App.Tests.Assistant.Log;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Analytics;

public sealed class SqliteAdviceOutcomesTests() : AdviceOutcomesContract(Engine.Sqlite);

public sealed class PostgresAdviceOutcomesTests() : AdviceOutcomesContract(Engine.Postgres);

/// <summary>What came of logged advice is filled in from recorded history, once it is there.</summary>
public abstract class AdviceOutcomesContract : IDisposable
{
    private static readonly DateTimeOffset Asked = new(2021, 3, 10, 12, 0, 0, TimeSpan.Zero); // A Wednesday.
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private readonly TestDatabase _database;
    private readonly Database _store;
    private readonly DecisionLog _log;
    private readonly OutcomeStore _outcomes;
    private readonly BarStore _bars;

    protected AdviceOutcomesContract(Engine engine)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
        (_log, _outcomes, _bars) = (new DecisionLog(_store), new OutcomeStore(_store), new BarStore(_store));
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("EUR/USD", true, -1)] // The euro rises by a tenth of a cent a day: who has euros should have waited.
    [InlineData("USD/EUR", false, 1)]
    public void When_the_deadline_has_passed_it_is_known_what_waiting_and_converting_would_have_brought(string pair, bool waitingWasCheaper, int signAgainstLastSafeDay)
    {
        _log.Append([Advice(pair)]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));

        Turn(Asked.AddDays(21));

        var row = Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1)));
        Assert.Equal((null, false, waitingWasCheaper), (row.Due, row.Waits, row.Came.Cheaper));
        Assert.Equal(6_000, row.Usd!.Value, tolerance: 700);
        var gains = row.Came.Gains!;
        Assert.Equal(0, gains[(int)AdviceStrategy.AtOnce]!.Value.Bps);
        Assert.Equal(signAgainstLastSafeDay, Math.Sign(gains[(int)AdviceStrategy.LastSafeDay]!.Value.Bps));
        Assert.True(gains[(int)AdviceStrategy.Hindsight]!.Value.Bps <= 0);
        Assert.True(row.Came.CostBps > 0);
    }

    [Fact]
    public void What_has_not_passed_yet_is_awaited_and_the_confidence_is_judged_first()
    {
        _log.Append([Advice("EUR/USD")]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(2));

        Turn(Asked.AddHours(1));
        var fresh = Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1)));
        Assert.Equal((Asked.AddHours(24), WhatCame.Nothing), (fresh.Due, fresh.Came));

        Turn(Asked.AddDays(2));
        var judged = Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1)));
        Assert.Equal((true, null, null), (judged.Came.Cheaper, judged.Came.CostBps, judged.Came.Gains));
        Assert.True(judged.Due > Asked.AddDays(2));
    }

    [Fact]
    public void Where_nobody_recorded_a_rate_it_is_given_up_after_two_days_and_stays_unknown()
    {
        _log.Append([Advice("EUR/USD")]);

        Turn(Asked.AddDays(21));

        var row = Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1)));
        Assert.Equal((null, WhatCame.Nothing), (row.Due, row.Came));
        Assert.Equal(1, new LiveAdviceRecord(_outcomes).Of(Asked, Asked.AddDays(1))!.Unknown);
    }

    [Fact]
    public void To_be_done_twice_or_by_two_nodes_changes_nothing()
    {
        _log.Append([Advice("EUR/USD"), Advice("USD/EUR")]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));
        Turn(Asked.AddDays(21));
        var first = Told();

        Turn(Asked.AddDays(22));
        _outcomes.Keep([.. _outcomes.Asked(Asked, Asked.AddDays(1)).Select(row => (row with { Due = Asked.AddDays(3) }, WhatCame.Nothing, (DateTimeOffset?)null))]);

        Assert.Equal(first, Told());
    }

    [Fact]
    public void The_record_tells_advice_by_class_with_its_confidence()
    {
        _log.Append([Advice("EUR/USD"), Advice("USD/EUR"), Advice("USD/EUR", amount: 500m, days: 3)]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));
        Turn(Asked.AddDays(21));

        var record = new LiveAdviceRecord(_outcomes).Of(Asked, Asked.AddDays(1))!;

        Assert.Equal((3, 0, 0, 0), (record.Advices, record.Waits, record.Awaiting, record.Unknown));
        Assert.Equal((3, 3), (record.Rows[0].Goals, record.Rows[0].Confidence.Count));
        Assert.Equal(1 / 3.0, record.Rows[0].Confidence.Frequency!.Value, tolerance: 1e-9);
        Assert.Contains(record.Rows, row => row is { Pair: "EURUSD", Side: "BUY_BASE", Amount: null, DeadlineDays: null, Goals: 2 });
        Assert.Contains(record.Rows, row => row is { Amount.Amount: 1_000m, DeadlineDays: 7, Goals: 1 });
        Assert.Equal(new DateOnly(2021, 3, 1), Assert.Single(record.Months).Month);
    }

    private static GivenAdvice Advice(string pair, decimal amount = 6_000m, int days = 14) => GivenAdvices.One(1, change: facts =>
    {
        var asked = CurrencyPair.Parse(pair);
        var rate = asked == EurUsd ? Mid(Asked) : 1m / Mid(Asked);
        return facts with
        {
            AsOf = Asked,
            Question = facts.Question with { Pair = asked, Side = AmountSide.Send, Amount = new Money(amount, asked.Base), Deadline = Asked.AddDays(days), TargetRate = null, FloorRate = null },
            Rate = GivenAdvices.RateOf(asked, Asked, rate),
            UsdPerBase = asked == EurUsd ? rate : 1m,
            Calendar = BusinessCalendar.For(asked.Base, asked.Quote),
            Forecast = GivenAdvices.RandomWalk(asked, Asked, rate),
        };
    });

    private static decimal Mid(DateTimeOffset instant) => decimal.Round(1.1m + (decimal)(instant - Asked).TotalDays * 0.001m, 8);

    private void RecordHours(DateTimeOffset from, DateTimeOffset to)
    {
        var bars = new List<HourlyBar>();
        for (var hour = from; hour < to; hour = hour.AddHours(1))
        {
            if (FxWeek.IsOpen(hour))
            {
                var close = Mid(hour.AddHours(1));
                bars.Add(new HourlyBar(hour, close, close, close, close, null, null, "test"));
            }
        }

        _bars.Upsert(EurUsd, bars);
    }

    private void Turn(DateTimeOffset now) =>
        new OutcomeRecorder(_log, _outcomes, _bars, new ForecastService(new RateHistory(_bars), TimeProvider.System)).Turn(now);

    private IReadOnlyList<(long, bool?, double?, DateTimeOffset?, string)> Told() =>
        [.. _outcomes.Asked(Asked, Asked.AddDays(1)).Select(row => (row.Number, row.Came.Cheaper, row.Came.CostBps, row.Due, string.Join(' ', row.Came.Gains!)))];
}
