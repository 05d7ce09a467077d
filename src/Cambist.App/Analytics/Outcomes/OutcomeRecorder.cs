using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>After each hour notes the advice that was given since, and fills in what came of the advice whose horizon or deadline has passed. It makes up for what it missed.</summary>
internal sealed class OutcomeRecorder(DecisionLog log, OutcomeStore store, BarStore bars, ForecastService forecasts)
{
    private const int AtOnce = 500;

    /// <summary>Does all of it as of an instant.</summary>
    public void Turn(DateTimeOffset now)
    {
        Note();
        Settle(now);
    }

    private void Note()
    {
        var reader = new DecisionReader(log);
        var last = store.LastNoted();
        while (log.Read(last, AtOnce) is { Count: > 0 } entries)
        {
            store.Add([.. entries.Select(entry => RowOf(entry.Entry, entry.Document, reader))]);
            last = entries[^1].Entry.Number;
        }
    }

    private void Settle(DateTimeOffset now)
    {
        var reader = new DecisionReader(log);
        while (store.Due(now, AtOnce) is { Count: > 0 } due)
        {
            foreach (var ofPair in due.GroupBy(row => row.Pair))
            {
                var rates = new RecordedRates(bars, ofPair.Min(row => row.AskedAt), now);
                var path = rates.Of(CurrencyPair.Parse(ofPair.Key));
                store.Keep([.. ofPair.Select(row => Settled(row, reader, path, now))]);
            }
        }
    }

    private (OutcomeRow Row, WhatCame Came, DateTimeOffset? Due) Settled(OutcomeRow row, DecisionReader reader, RatePath? recorded, DateTimeOffset now)
    {
        using var read = log.Find(row.Number) is { } content ? reader.Read(content) : null;
        if (read is null || DecisionOf(read.Context) is not { } decision)
        {
            return (row, row.Came, null); // Its facts are gone or cannot be read, or today's rules decide otherwise: nobody can say what came of it.
        }

        // What was known then comes first, for the hour's close may be older.
        var context = read.Context;
        var path = new RatePath(context.Question.Pair, [context.Rate with { ObservedAt = context.AsOf }, .. recorded?.Known.Where(rate => rate.ObservedAt > context.AsOf) ?? []]);
        var (came, due) = OutcomeJudge.Judge(context, decision, path, row.Came, () => ForecastOf(context), now);
        return (row, came, due);
    }

    // The log knows what the forecast was asked, and one-way trading asks for more.
    private Forecast? ForecastOf(DecisionContext context) => context.Forecast is null ? null : forecasts.Predict(context.Question.Pair, context.AsOf, context.Mid).Forecast;

    private static OutcomeRow RowOf(LoggedDecision entry, LogDocument? document, DecisionReader reader)
    {
        using var read = document?.Read() is { } content ? reader.Read(content) : null;
        if (read is null || DecisionOf(read.Context) is not { } decision)
        {
            return new OutcomeRow(entry.Number, entry.At, "", null, 0, "", Waits: false, null, Due: null, WhatCame.Nothing);
        }

        var (context, question) = (read.Context, read.Context.Question);
        var send = question.Amount.Currency == question.Pair.Base ? question.Amount.Amount : question.Amount.Amount / context.Mid;
        return new OutcomeRow(
            entry.Number,
            entry.At,
            question.Pair.Symbol,
            context.UsdPerBase is { } usd ? (double)(send * usd) : null,
            (question.Deadline - context.AsOf).TotalDays,
            question.Risk.Word(),
            decision.Recommendation == Recommendation.Wait,
            decision.Outlook?.Confidence,
            OutcomeJudge.FirstDue(decision, context.AsOf),
            WhatCame.Nothing);
    }

    private static Decision? DecisionOf(DecisionContext context)
    {
        try
        {
            return (DecisionEngine.Decide(context) as DecisionOutcome.Decided)?.Decision;
        }
        catch (NotAskedException)
        {
            return null;
        }
    }
}
