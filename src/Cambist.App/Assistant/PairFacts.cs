using Cambist.App.Forecasting;
using Cambist.App.Rates;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant;

/// <summary>What is known of a pair at an instant, whatever the question about it: gathered once, and the same for every question of that instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Rate">The fresh rate.</param>
/// <param name="UsdPerBase">USD per unit of the base currency; null where no fresh rate says.</param>
/// <param name="Calendar">Business days of both currencies.</param>
/// <param name="Forecast">The forecast, or why there is none.</param>
internal sealed record PairFacts(DateTimeOffset At, RateObservation Rate, decimal? UsdPerBase, BusinessCalendar Calendar, ForecastAnswer Forecast)
{
    /// <summary>Gathers them; null where there is no fresh rate.</summary>
    /// <param name="rates">Where rates are.</param>
    /// <param name="forecasts">Where forecasts are; null: none is asked for.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="asOf">An instant of the past; null: now.</param>
    /// <param name="now">The instant of now.</param>
    public static PairFacts? Gather(RateDesk rates, ForecastService? forecasts, CurrencyPair pair, DateTimeOffset? asOf, DateTimeOffset now)
    {
        var at = asOf ?? now;
        if (asOf is not null)
        {
            forecasts?.Anticipate(pair, at);
        }

        return rates.Find(pair, asOf) is { } rate && !rate.IsStale(at)
            ? new PairFacts(at, rate, UsdPer(rates, pair.Base, asOf, at), BusinessCalendar.For(pair.Base, pair.Quote), forecasts?.Predict(pair, at, rate.Rate.Mid) ?? new ForecastAnswer(null, "it was not asked for"))
            : null;
    }

    /// <summary>All that a decision is made from.</summary>
    public DecisionContext Context(ConversionQuestion question, ProviderPanel providers) => new(question, At, Rate, UsdPerBase, providers, Calendar, Forecast.Forecast, Forecast.Missing);

    /// <summary>A panel without some providers.</summary>
    public static ProviderPanel Without(ProviderPanel panel, IReadOnlyList<string> excluded) =>
        excluded.Count == 0 ? panel : new ProviderPanel([.. panel.Providers.Where(provider => !excluded.Contains(provider.Id))]);

    private static decimal? UsdPer(RateDesk rates, Currency currency, DateTimeOffset? asOf, DateTimeOffset at) =>
        currency == Currency.Usd ? 1m
        : rates.Find(new CurrencyPair(currency, Currency.Usd), asOf) is { } rate && !rate.IsStale(at) ? rate.Rate.Mid
        : null;
}
