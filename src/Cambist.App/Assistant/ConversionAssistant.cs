using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant;

/// <summary>Gathers the facts of a question, lets the domain decide, and tells the outcome. The one place where all features meet.</summary>
public sealed class ConversionAssistant(RateDesk rates, QuoteDesk quotes, ForecastService forecasts, MarketFacts market)
{
    private static readonly Currency Usd = Currency.Parse("USD");

    /// <summary>The advice for a question.</summary>
    public async ValueTask<AdviceAnswer> AdviseAsync(AskForm form, CancellationToken cancellationToken) => await GatherAsync(form, withForecast: true, quotes.Patience, cancellationToken) switch
    {
        Gathered.Failed failed => new AdviceAnswer.Refused(failed.Problem),
        Gathered.Facts facts => Decide(facts),
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

    private AdviceAnswer Decide(Gathered.Facts facts)
    {
        if (DecisionEngine.Decide(facts.Context) is { } decision)
        {
            return new AdviceAnswer.Given(AdviceWire.Of(facts.Context, facts.Rate, decision, facts.Origin, market.IsSimulated), facts.Pending);
        }

        if (facts.Context.Providers.Providers.Count == 0)
        {
            return new AdviceAnswer.Refused(Problems.Unprocessable("no_provider", "Every provider is excluded, so there is none to advise.", "excluded_providers"));
        }

        var reasons = facts.Context.QuotesAt(facts.Context.AsOf)
            .Select(quote => $"{quote.Provider.Name} {QuoteWire.ReasonOf(quote.Price)}");
        return new AdviceAnswer.Refused(Problems.Unprocessable(
            "no_provider",
            $"No provider has a price for {facts.Context.Question.Amount} of {facts.Context.Question.Pair}: {string.Join("; ", reasons)}.",
            "amount"));
    }

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
        var at = asOf ?? now;
        if (withForecast && asOf is not null)
        {
            forecasts.Anticipate(question.Pair, at);
        }

        var rate = rates.Find(question.Pair, asOf);
        if (rate is null || rate.IsStale(at))
        {
            return new Gathered.Failed(rates.NoFreshRate(question.Pair, rate, asOf));
        }

        // Nobody knows what a service would have quoted at an instant of the past.
        var quoted = asOf is null
            ? await quotes.AskAsync(question.PriceAt(rate.Rate.Mid, at), patience, cancellationToken)
            : new QuotedPanel(FeeSchedules.Panel, []);
        var forecast = withForecast ? forecasts.Predict(question.Pair, at, rate.Rate.Mid) : new ForecastAnswer(null, "it was not asked for");
        return new Gathered.Facts(
            rate,
            new DecisionContext(
                question,
                at,
                rate.Rate.Mid,
                UsdPer(question.Pair.Base, asOf, at),
                excluded.Count == 0 ? quoted.Panel : new ProviderPanel([.. quoted.Panel.Providers.Where(provider => !excluded.Contains(provider.Id))]),
                BusinessCalendar.For(question.Pair.Base, question.Pair.Quote),
                forecast.Forecast,
                forecast.Missing),
            forecast.Origin,
            quoted.Pending);
    }

    private decimal? UsdPer(Currency currency, DateTimeOffset? asOf, DateTimeOffset at)
    {
        if (currency == Usd)
        {
            return 1m;
        }

        return rates.Find(new CurrencyPair(currency, Usd), asOf) is { } rate && !rate.IsStale(at) ? rate.Rate.Mid : null;
    }

    private abstract record Gathered
    {
        public sealed record Facts(RateObservation Rate, DecisionContext Context, ForecastOrigin? Origin, IReadOnlyList<string> Pending) : Gathered;

        public sealed record Failed(Problem Problem) : Gathered;
    }
}
