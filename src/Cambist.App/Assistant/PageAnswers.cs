using System.Security.Claims;
using Cambist.App.Forecasting;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Currencies;

namespace Cambist.App.Assistant;

/// <summary>Answers a page: the advice, and the history and forecast for its chart.</summary>
internal sealed class PageAnswers(ConversionAssistant assistant, RateDesk rates, RateHistory history, ForecastService forecasts, MarketFacts market, AdviceTrail trail)
{
    private static readonly TimeSpan Chart = TimeSpan.FromDays(7);

    /// <summary>The answer of a page; everything that it can show without advice is there where the advice is not.</summary>
    public async Task<PageAnswer> AnswerAsync(AskForm form, ClaimsPrincipal? user, CancellationToken cancellationToken)
    {
        var answer = await assistant.AdviseAsync(form, cancellationToken);
        var given = answer as AdviceAnswer.Given;
        var advice = given?.Advice;
        if (given is not null)
        {
            await trail.TellAsync(user, form, given.Json, cancellationToken);
        }

        var (bars, forecast) = CurrencyPair.TryParse($"{form.From?.Trim()}/{form.To?.Trim()}", out var pair)
            ? (Bars(pair, advice?.AsOf ?? rates.Now), Forecast(pair, advice))
            : ([], null);
        return new PageAnswer(
            advice,
            (answer as AdviceAnswer.Refused)?.Problem,
            bars,
            forecast,
            market.Word)
        {
            Pending = given?.Pending ?? [],
        };
    }

    private IReadOnlyList<RateBar> Bars(CurrencyPair pair, DateTimeOffset until) => history.Bars(pair, until - Chart, until)?.Bars ?? [];

    private ForecastResponse? Forecast(CurrencyPair pair, AnalyzeResponse? advice) =>
        advice is not null && forecasts.Predict(pair, advice.AsOf, advice.CurrentRate) is { Forecast: { } forecast, Origin: var origin }
            ? ForecastWire.Of(forecast, origin, market.IsSimulated)
            : null;
}
