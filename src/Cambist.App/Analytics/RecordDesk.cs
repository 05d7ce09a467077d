using Cambist.App.Analytics.Outcomes;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Record;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics;

/// <summary>What somebody wants to know of the record, each field as text or absent.</summary>
/// <param name="Pair">The pair; absent: all.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Risk">The risk tolerance.</param>
/// <param name="Side"><c>SELL_BASE</c> or <c>BUY_BASE</c>.</param>
/// <param name="From">First instant of live advice.</param>
/// <param name="To">Last instant.</param>
public sealed record RecordQuestion(string? Pair = null, string? Amount = null, string? Risk = null, string? Side = null, string? From = null, string? To = null);

/// <summary>The whole record for a page, or why it cannot be told; exactly one is set.</summary>
/// <param name="Record">The record.</param>
/// <param name="Problem">What is wrong with the question.</param>
/// <param name="Market">What kind of market the service shows: <c>live</c>, <c>simulated</c> or <c>replay</c>.</param>
public sealed record RecordAnswer(TrackRecord? Record, Problem? Problem, string Market);

/// <summary>Tells the record for a page.</summary>
public delegate RecordAnswer TellRecord(RecordQuestion question);

/// <summary>Tells the record of advice, and both records together.</summary>
internal sealed class RecordDesk(RecordWire forecasts, AdviceReplayStore replays, LiveAdviceRecord live, RateDesk rates, MarketFacts market)
{
    /// <summary>Without a first instant the record goes back so many days.</summary>
    public const int UsualDays = 90;

    /// <summary>It is told of so many years at most.</summary>
    public const int MostYears = 2;

    /// <summary>The record of advice, or what is wrong with the question.</summary>
    public (AdviceRecord? Record, Problem? Problem) Advice(RecordQuestion question) => Advice(question, out _);

    /// <summary>Both records, or what is wrong with the question.</summary>
    public RecordAnswer Tell(RecordQuestion question)
    {
        var (advice, problem) = Advice(question, out var pair);
        var today = DateOnly.FromDateTime(rates.Now.UtcDateTime);
        return new RecordAnswer(advice is null ? null : new TrackRecord(forecasts.Of(model: null, pair, today.AddDays(-UsualDays), today), advice), problem, market.Word);
    }

    private (AdviceRecord? Record, Problem? Problem) Advice(RecordQuestion question, out CurrencyPair? pair)
    {
        var fields = new FieldReader();
        var last = fields.Instant("to", question.To) ?? rates.Now;
        var first = fields.Instant("from", question.From) ?? last.AddDays(-UsualDays);
        if (fields.Problem is null && first > last)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "from", $"at or before 'to', {last:yyyy-MM-dd}", question.From));
        }
        else if (fields.Problem is null && first < last.AddYears(-MostYears))
        {
            fields.Refuse(Problems.Invalid("invalid_span", "from", $"at most {MostYears} years before 'to', {last:yyyy-MM-dd}", question.From));
        }

        pair = string.IsNullOrWhiteSpace(question.Pair) ? null : fields.Pair("pair", question.Pair);
        decimal? amount = string.IsNullOrWhiteSpace(question.Amount) ? null : fields.Number("amount", question.Amount);
        var risk = fields.Word<RiskTolerance?>(
            "risk", question.Risk, ("all", null), ("conservative", RiskTolerance.Conservative), ("moderate", RiskTolerance.Moderate), ("aggressive", RiskTolerance.Aggressive));
        var side = fields.Word<GoalSide?>("side", question.Side, ("both", null), ("SELL_BASE", GoalSide.SellBase), ("BUY_BASE", GoalSide.BuyBase));
        if (fields.Problem is { } wrong)
        {
            return (null, wrong);
        }

        var filter = new AdviceRecordFilter(pair?.Symbol, amount, risk?.Word(), side?.Word());
        var told = string.IsNullOrWhiteSpace(question.From) && string.IsNullOrWhiteSpace(question.To) ? live.Recent(UsualDays, rates.Now) : live.Of(first, last);
        return (new AdviceRecord(told is { } given ? filter.Of(given) : null, replays.Newest() is { } newest ? filter.Of(newest) : null, rates.Now), null);
    }
}
