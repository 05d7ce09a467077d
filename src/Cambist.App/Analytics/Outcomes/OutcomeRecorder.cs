using Cambist.App.Assistant;
using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>After each hour notes the advice that was given since, and fills in what came of the advice whose horizon or deadline has passed. It makes up for what it missed.</summary>
internal sealed class OutcomeRecorder(DecisionLog decisions, OutcomeStore store, BarStore bars, ForecastService forecasts, ILogger<OutcomeRecorder> log)
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
        var reader = new DecisionReader(decisions);
        var last = store.LastNoted();
        while (decisions.Read(last, AtOnce) is { Count: > 0 } entries)
        {
            store.Add([.. entries.Select(read => Judged(read.Entry.Number, () => RowOf(read.Entry, read.Document, reader), OutcomeRow.Unreadable(read.Entry.Number, read.Entry.At)))]);
            last = entries[^1].Entry.Number;
        }
    }

    private void Settle(DateTimeOffset now)
    {
        var reader = new DecisionReader(decisions);
        while (store.Due(now, AtOnce) is { Count: > 0 } due)
        {
            foreach (var ofPair in due.GroupBy(row => row.Pair))
            {
                var path = new Lazy<RatePath?>(() => new RecordedRates(bars, ofPair.Min(row => row.AskedAt), now).Of(CurrencyPair.ParseNoted(ofPair.Key!)));
                store.Keep([.. ofPair.Select(row => Judged(row.Number, () => Settled(row, reader, path.Value, now), (row, row.Came, null)))]);
            }
        }
    }

    // One that cannot be judged, whatever the fault, must not keep the others from it hour after hour.
    private T Judged<T>(long number, Func<T> judge, T unjudgeable)
    {
        try
        {
            return judge();
        }
        catch (Exception fault) when (!Database.IsFault(fault) && fault is not OutOfMemoryException)
        {
            log.LogError(fault, "What comes of advice {Number} cannot be told", number);
            return unjudgeable;
        }
    }

    private (OutcomeRow Row, WhatCame Came, DateTimeOffset? Due) Settled(OutcomeRow row, DecisionReader reader, RatePath? recorded, DateTimeOffset now)
    {
        using var read = decisions.Find(row.Number) is { } content ? reader.Read(content) : null;
        if (read is null || DecisionAsTold(read) is not { } decision)
        {
            return (row, row.Came, null); // Its facts are gone, or today's rules decide otherwise: nobody can say what came of it.
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
        if (document?.Read() is not { } content)
        {
            return OutcomeRow.Unreadable(entry.Number, entry.At);
        }

        using var read = reader.Read(content);
        var (context, question, decision) = (read.Context, read.Context.Question, DecisionAsTold(read));
        var send = question.Amount.Currency == question.Pair.Base ? question.Amount.Amount : question.Amount.Amount / context.Mid;
        var row = new OutcomeRow(
            entry.Number,
            entry.At,
            question.Pair.Symbol,
            context.UsdPerBase is { } usd ? (double)(send * usd) : null,
            (question.Deadline - context.AsOf).TotalDays,
            question.Risk.Word(),
            read.Told.Recommendation == Recommendation.Wait.Word(),
            read.DecidedBy,
            decision?.Outlook?.Confidence,
            Due: null,
            WhatCame.Nothing);
        return decision is null || row.IsOwnOrder ? row : row with { Due = OutcomeJudge.FirstDue(decision, context.AsOf) };
    }

    // Only what was told is judged: null where today's rules say something else, or ask for what nobody asked then.
    private static Decision? DecisionAsTold(ReadDecision read)
    {
        try
        {
            return DecisionEngine.Decide(read.Context) is DecisionOutcome.Decided { Decision: var decision }
                && ToldVerdict.Of(AdviceWire.Of(read.Context, decision, read.Facts.Origin, read.Facts.Simulated)) == read.Told ? decision : null;
        }
        catch (NotAskedException)
        {
            return null;
        }
    }
}
