using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant;

/// <summary>Gathers the facts of a question, lets the domain decide, and tells the outcome. The one place where all features meet.</summary>
public sealed class ConversionAssistant(RateDesk rates, QuoteDesk quotes, ForecastService forecasts, AdviceMaker maker)
{
    /// <summary>The advice for a question.</summary>
    public async ValueTask<AdviceAnswer> AdviseAsync(AskForm form, CancellationToken cancellationToken) => await GatherAsync(form, withForecast: true, quotes.Patience, cancellationToken) switch
    {
        Gathered.Failed failed => new AdviceAnswer.Refused(failed.Problem),
        Gathered.Facts facts => await maker.MakeAsync(facts.Context, facts.Origin, facts.Pending, facts.IsOfNow, cancellationToken),
        _ => throw new InvalidOperationException("Facts are gathered or they are not."),
    };

    /// <summary>The cost table for a question: every provider, best first; with a deadline each with its latest safe date.</summary>
    /// <param name="form">The question.</param>
    /// <param name="patience">How long slow services are waited for; null: as configured.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CostTableAnswer> CompareAsync(AskForm form, TimeSpan? patience, CancellationToken cancellationToken) =>
        await GatherAsync(form, withForecast: false, patience ?? quotes.Patience, cancellationToken) switch
        {
            Gathered.Failed failed => new CostTableAnswer.Refused(failed.Problem),
            Gathered.Facts { Context: var context } facts => new CostTableAnswer.Given(
                QuoteWire.Table(form.By is null ? context.Providers.Rank(context.PriceAt(context.AsOf)) : context.QuotesAt(context.AsOf), context.Mid, context.AsOf), facts.Pending),
            _ => throw new InvalidOperationException("Facts are gathered or they are not."),
        };

    private async ValueTask<Gathered> GatherAsync(AskForm form, bool withForecast, TimeSpan patience, CancellationToken cancellationToken)
    {
        var now = rates.Now;
        return QuestionReader.Read(form, now) switch
        {
            QuestionReading.Refused refused => new Gathered.Failed(refused.Problem),
            QuestionReading.Read read => await GatherAsync(read, now, withForecast, patience, cancellationToken),
            _ => throw new InvalidOperationException("A form is read or refused."),
        };
    }

    private async ValueTask<Gathered> GatherAsync(QuestionReading.Read read, DateTimeOffset now, bool withForecast, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (question, asOf, excluded) = read;
        if (PairFacts.Gather(rates, withForecast ? forecasts : null, question.Pair, asOf, now) is not { } facts)
        {
            return new Gathered.Failed(rates.NoFreshRate(question.Pair, rates.Find(question.Pair, asOf), asOf));
        }

        // Nobody knows what a service would have quoted at an instant of the past.
        var quoted = asOf is null
            ? await quotes.AskAsync(question.PriceAt(facts.Rate.Rate.Mid, facts.At), patience, cancellationToken)
            : new QuotedPanel(FeeSchedules.Panel, []);
        return new Gathered.Facts(facts.Context(question, PairFacts.Without(quoted.Panel, excluded)), facts.Forecast.Origin, quoted.Pending, IsOfNow: asOf is null);
    }

    private abstract record Gathered
    {
        public sealed record Facts(DecisionContext Context, ForecastOrigin? Origin, IReadOnlyList<string> Pending, bool IsOfNow) : Gathered;

        public sealed record Failed(Problem Problem) : Gathered;
    }
}
