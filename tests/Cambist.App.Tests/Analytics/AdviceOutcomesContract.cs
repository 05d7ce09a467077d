using Cambist.App.Analytics.Outcomes;
using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.App.Tests.Assistant.Log;
using Cambist.App.Tests.Storage;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Analytics;

public sealed class SqliteAdviceOutcomesTests() : AdviceOutcomesContract(Engine.Sqlite);

public sealed class PostgresAdviceOutcomesTests() : AdviceOutcomesContract(Engine.Postgres);

/// <summary>What came of logged advice is filled in from recorded history, once it is there.</summary>
public abstract class AdviceOutcomesContract : IDisposable
{
    private static readonly DateTimeOffset Asked = new(2021, 3, 10, 12, 0, 0, TimeSpan.Zero); // A Wednesday.
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    // The shipped schedules name the currencies that are traded now.
    private static readonly ProviderPanel AnyCurrency = new([.. FeeSchedules.All.Select(schedule => schedule with { Offers = [.. schedule.Offers.Select(offer => offer with { To = [] })] })]);

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

        Assert.Equal((3, 0, 0, 0, 0), (record.Given, record.OwnOrders, record.Waits, record.Awaiting, record.Unknown));
        Assert.Equal((3, 3), (record.Rows[0].Goals, record.Rows[0].Confidence.Count));
        Assert.Equal(1 / 3.0, record.Rows[0].Confidence.Frequency!.Value, tolerance: 1e-9);
        Assert.Contains(record.Rows, row => row is { Pair: "EURUSD", Side: "BUY_BASE", Amount: null, DeadlineDays: null, Goals: 2 });
        Assert.Contains(record.Rows, row => row is { Amount.Amount: 1_000m, DeadlineDays: 7, Goals: 1 });
        Assert.Equal(new DateOnly(2021, 3, 1), Assert.Single(record.Months).Month);
    }

    [Fact]
    public void Advice_on_a_currency_that_was_given_up_since_is_judged_and_told_like_any_other()
    {
        _log.Append([Advice("EURHRK")]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20), CurrencyPair.ParseNoted("EURHRK"));

        Turn(Asked.AddDays(21));

        Assert.Equal(("EURHRK", true), Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1))) is { } row ? (row.Pair, row.Came.Cheaper) : default);
        Assert.Equal("EURHRK", Record().Rows[0].Pair);
    }

    [Fact]
    public void One_that_cannot_be_read_or_judged_stops_none_of_the_others()
    {
        _log.Append([Advice("EUR/USD")]);
        LogUnreadable(number: 2);
        _log.Append([Advice("USD/EUR"), Advice("EUR/USD")]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));
        Turn(Asked.AddHours(1));
        using (var connection = _store.Connect())
        {
            connection.Execute("UPDATE advice_outcome SET pair = 'EURQQQ' WHERE number = 1;");
        }

        Turn(Asked.AddDays(21));

        var rows = _outcomes.Asked(Asked, Asked.AddDays(1));
        Assert.Equal([null, null, null, null], rows.Select(row => row.Due));
        Assert.Equal([false, false, true, true], rows.Select(row => row.Came.Gains is not null));
        Assert.Equal((null, null, null), (rows[1].Pair, rows[1].Risk, rows[1].DecidedBy));
        Assert.Equal((4, 2, 2), (Record().Given, Record().Unknown, Record().Rows[0].Goals));
    }

    [Theory]
    [InlineData("WAIT", null, null)]
    [InlineData(null, "another", null)]
    [InlineData(null, null, 3.0)]
    public void What_todays_rules_would_not_say_is_judged_for_nothing(string? recommendation, string? provider, double? horizonHours)
    {
        var given = Advice("EUR/USD");
        var told = given.Advice with
        {
            Recommendation = recommendation ?? given.Advice.Recommendation,
            BestProvider = given.Advice.BestProvider with { Provider = provider ?? given.Advice.BestProvider.Provider },
            HorizonHours = horizonHours ?? given.Advice.HorizonHours,
        };
        _log.Append([given with { Advice = told }]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));

        Turn(Asked.AddDays(21));

        var row = Assert.Single(_outcomes.Asked(Asked, Asked.AddDays(1)));
        Assert.Equal((null, WhatCame.Nothing, recommendation is not null), (row.Due, row.Came, row.Waits));
        Assert.Equal((1, recommendation is null ? 0 : 1), (Record().Unknown, Record().Waits));
    }

    [Fact]
    public void Who_follows_a_target_or_a_floor_of_their_own_is_counted_and_not_scored()
    {
        _log.Append([Advice("EUR/USD"), Advice("EUR/USD", order: question => question with { TargetRate = 9m }), Advice("EUR/USD", order: question => question with { FloorRate = 9m })]);
        RecordHours(Asked.AddDays(-1), Asked.AddDays(20));

        Turn(Asked.AddDays(21));

        Assert.Equal(["target.awaited", "rate.floor_reached"], _outcomes.Asked(Asked, Asked.AddDays(1)).Skip(1).Select(row => row.DecidedBy));
        Assert.Equal((3, 2, 0, 0, 0), (Record().Given, Record().OwnOrders, Record().Waits, Record().Awaiting, Record().Unknown));
        Assert.Equal((1, 1), (Record().Rows[0].Goals, Record().Rows[0].Confidence.Count));
    }

    [Fact]
    public void Over_christmas_and_a_weekend_the_next_rate_is_waited_for()
    {
        // In 2020 the market was shut from Thursday 24 December, 22:00 UTC, to Sunday 27 December, 22:00.
        var asked = new DateTimeOffset(2020, 12, 22, 12, 0, 0, TimeSpan.Zero);
        var end = new DateTimeOffset(2020, 12, 24, 22, 30, 0, TimeSpan.Zero);
        var context = Advice("EUR/USD", days: 5, at: asked).Context;
        var decision = ((DecisionOutcome.Decided)DecisionEngine.Decide(context)).Decision with { LatestSafe = end, Outlook = null };

        var shut = OutcomeJudge.Judge(context, decision, Path(end.AddMinutes(-30)), WhatCame.Nothing, () => null, end.AddDays(3).AddMinutes(15));
        var open = OutcomeJudge.Judge(context, decision, Path(end.AddMinutes(-30), end.AddDays(3).AddMinutes(30)), WhatCame.Nothing, () => null, end.AddDays(3).AddMinutes(31));
        var never = OutcomeJudge.Judge(context, decision, Path(end.AddMinutes(-30)), WhatCame.Nothing, () => null, end.AddDays(5));

        Assert.Equal((end.AddDays(3).AddMinutes(75), null), (shut.Due, shut.Came.Gains));
        Assert.True(open is { Due: null, Came.Gains: not null });
        Assert.True(never is { Due: null, Came.Gains: null });

        RatePath Path(params DateTimeOffset[] closes) => new(EurUsd, [context.Rate, .. closes.Select(close => GivenAdvices.RateOf(EurUsd, close, 1.1m))]);
    }

    [Fact]
    public void The_usual_record_is_told_anew_after_some_minutes()
    {
        var now = Asked.AddDays(21);
        var record = new LiveAdviceRecord(_outcomes);
        Assert.Null(record.Recent(90, now));
        _log.Append([Advice("EUR/USD")]);
        Turn(now);

        Assert.Null(record.Recent(90, now.AddMinutes(4)));
        var told = record.Recent(90, now.AddMinutes(6));
        Assert.Equal((1, now.AddMinutes(6)), (told!.Given, told.To));
        Assert.Same(told, record.Recent(90, now.AddMinutes(10)));
        Assert.NotSame(told, record.Recent(90, now));
    }

    // What another version may have written.
    private void LogUnreadable(long number)
    {
        var document = LogDocument.Of("{}"u8);
        using var connection = _store.Connect();
        connection.Execute("INSERT INTO decision_document (digest, shared, content) VALUES (@digest, 0, @content);", ("digest", document.Digest), ("content", document.Content));
        connection.Execute(
            "INSERT INTO decision_entry (number, at, document, answer, hash) VALUES (@number, @at, @digest, @digest, @digest);", ("number", number), ("at", _store.Stored(Asked)), ("digest", document.Digest));
    }

    private LiveAdvice Record() => new LiveAdviceRecord(_outcomes).Of(Asked, Asked.AddDays(1))!;

    private static GivenAdvice Advice(string pair, decimal amount = 6_000m, int days = 14, Func<ConversionQuestion, ConversionQuestion>? order = null, DateTimeOffset? at = null) => GivenAdvices.One(1, change: facts =>
    {
        var asked = CurrencyPair.ParseNoted(pair.Replace("/", "", StringComparison.Ordinal));
        var now = at ?? Asked;
        var rate = asked.Base == Currency.Usd ? 1m / Mid(now) : Mid(now);
        var question = facts.Question with { Pair = asked, Side = AmountSide.Send, Amount = new Money(amount, asked.Base), Deadline = now.AddDays(days), TargetRate = null, FloorRate = null };
        return facts with
        {
            AsOf = now,
            Question = order?.Invoke(question) ?? question,
            Rate = GivenAdvices.RateOf(asked, now, rate),
            UsdPerBase = asked.Base == Currency.Usd ? 1m : rate,
            Providers = asked.Quote.IsActive ? facts.Providers : AnyCurrency,
            Calendar = BusinessCalendar.For(asked.Base, asked.Quote),
            Forecast = GivenAdvices.RandomWalk(asked, now, rate),
        };
    });

    private static decimal Mid(DateTimeOffset instant) => decimal.Round(1.1m + (decimal)(instant - Asked).TotalDays * 0.001m, 8);

    private void RecordHours(DateTimeOffset from, DateTimeOffset to, CurrencyPair? pair = null)
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

        _bars.Upsert(pair ?? EurUsd, bars);
    }

    private void Turn(DateTimeOffset now) =>
        new OutcomeRecorder(_log, _outcomes, _bars, new ForecastService(new RateHistory(_bars), TimeProvider.System), NullLogger<OutcomeRecorder>.Instance).Turn(now);

    private IReadOnlyList<(long, bool?, double?, DateTimeOffset?, string)> Told() =>
        [.. _outcomes.Asked(Asked, Asked.AddDays(1)).Select(row => (row.Number, row.Came.Cheaper, row.Came.CostBps, row.Due, string.Join(' ', row.Came.Gains!)))];
}
