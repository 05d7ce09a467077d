using System.Text.Json;
using Cambist.App.Assistant.Log;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Client;
using Cambist.Domain.Decisions;

namespace Cambist.App.Assistant;

/// <summary>Lets the domain decide from gathered facts, words the outcome as the wire has it, and has advice of now logged with all that it was decided from.</summary>
public sealed class AdviceMaker
{
    private readonly MarketFacts _market;
    private readonly RateDesk _rates;
    private readonly WriteBehind<GivenAdvice>? _log;

    internal AdviceMaker(MarketFacts market, RateDesk rates, WriteBehind<GivenAdvice>? log) => (_market, _rates, _log) = (market, rates, log);

    /// <summary>The advice, or why there is none.</summary>
    /// <param name="context">The facts.</param>
    /// <param name="origin">Which model their forecast is of.</param>
    /// <param name="pending">The sources of quotes that have not answered yet.</param>
    /// <param name="isOfNow">Whether somebody may act on it; what would have been said in the past can be asked again at any time, and is not logged.</param>
    /// <param name="cancellationToken">Ends the wait, where more is told than the database takes.</param>
    internal async ValueTask<AdviceAnswer> MakeAsync(DecisionContext context, ForecastOrigin? origin, IReadOnlyList<string> pending, bool isOfNow, CancellationToken cancellationToken)
    {
        var log = isOfNow ? _log : null;
        var (outcome, listener) = log is null ? (DecisionEngine.Decide(context), null) : HeardDecision.Decide(context);
        switch (outcome)
        {
            case DecisionOutcome.Decided decided:
                var given = GivenAdvice.Of(context, listener, decided.Decision, origin, _market.IsSimulated);
                if (log is not null)
                {
                    await log.AddAsync(given, cancellationToken);
                }

                return new AdviceAnswer.Given(given.Advice, given.Json, pending);
            case DecisionOutcome.StaleRate:
                return new AdviceAnswer.Refused(_rates.NoFreshRate(context.Question.Pair, context.Rate, isOfNow ? null : context.AsOf));
            case DecisionOutcome.NoPrice { Quotes: var quotes }:
                return new AdviceAnswer.Refused(NoPrice(context.Question, quotes));
            default:
                throw new InvalidOperationException("A question is decided, or there is a reason why not.");
        }
    }

    /// <summary>Begins to write advice into the log as it is given, where no host does.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _log?.StartAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Writes the advice that waits to be logged, and ends that; without a host it has to be called before the process ends.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) => _log?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>A decision as it goes out.</summary>
    internal static (AnalyzeResponse Advice, byte[] Json) Word(DecisionContext context, Decision decision, ForecastOrigin? origin, bool simulated)
    {
        var advice = AdviceWire.Of(context, decision, origin, simulated);
        return (advice, JsonSerializer.SerializeToUtf8Bytes(advice, CambistJson.Wire.AnalyzeResponse));
    }

    private static Problem NoPrice(ConversionQuestion question, IReadOnlyList<Domain.Quotes.ProviderQuote> quotes) => quotes.Count == 0
        ? Problems.Unprocessable("no_provider", "Every provider is excluded, so there is none to advise.", "excluded_providers")
        : Problems.Unprocessable(
            "no_provider",
            $"No provider has a price for {question.Amount} of {question.Pair}: {string.Join("; ", quotes.Select(quote => $"{quote.Provider.Name} {QuoteWire.ReasonOf(quote.Price)}"))}.",
            "amount");
}
