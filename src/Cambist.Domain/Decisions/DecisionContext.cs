using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.Domain.Decisions;

/// <summary>Everything that a decision is made from. A fact that is missing is null; it is never replaced by a guess.</summary>
/// <param name="Question">The question.</param>
/// <param name="AsOf">The instant of the decision: no fact is later.</param>
/// <param name="Rate">The newest rate of the question's pair, fresh or not.</param>
/// <param name="UsdPerBase">USD per unit of the base currency at mid; null where no such rate is known.</param>
/// <param name="Providers">The providers to choose from.</param>
/// <param name="Calendar">Business days of both currencies.</param>
/// <param name="Forecast">The forecast of the pair; null where there is none.</param>
/// <param name="ForecastMissing">Why there is no forecast; null where there is one.</param>
public sealed record DecisionContext(
    ConversionQuestion Question,
    DateTimeOffset AsOf,
    RateObservation Rate,
    decimal? UsdPerBase,
    ProviderPanel Providers,
    BusinessCalendar Calendar,
    Forecast? Forecast,
    string? ForecastMissing)
{
    /// <summary>The mid-market rate of the question's pair.</summary>
    public decimal Mid => Rate.Rate.Mid;

    /// <summary>An amount of the base currency in USD at mid, rounded to the cent; null where no such rate is known.</summary>
    public Money? InUsd(Money sendCurrency) => UsdPerBase is { } usd ? new Money(sendCurrency.Amount * usd, Currency.Usd).Rounded() : null;

    /// <summary>The question of price at an instant.</summary>
    public PriceQuestion PriceAt(DateTimeOffset instant) => Question.PriceAt(Mid, instant);

    /// <summary>All providers ranked for the question at an instant, each priced one with its latest safe date.</summary>
    public IReadOnlyList<ProviderQuote> QuotesAt(DateTimeOffset instant)
    {
        var quotes = Providers.Rank(PriceAt(instant));
        var timed = new ProviderQuote[quotes.Count];
        var latestSafe = new LatestSafeOrders(Question.Deadline, Calendar);
        for (var i = 0; i < timed.Length; i++)
        {
            timed[i] = quotes[i] is { Cost: not null, Offer.Delivery: not null } quote ? quote with { LatestSafe = latestSafe.Of(quote.Offer) } : quotes[i];
        }

        return timed;
    }
}
