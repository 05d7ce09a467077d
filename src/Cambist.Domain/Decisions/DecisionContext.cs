using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>What a person asks.</summary>
/// <param name="Pair">Base: what they have; quote: what they need.</param>
/// <param name="Side">Whether <paramref name="Amount"/> is what leaves or what arrives.</param>
/// <param name="Amount">How much, in the base currency (send) or the quote currency (receive).</param>
/// <param name="Deadline">When the money must have arrived.</param>
/// <param name="Risk">How much they let it wait for.</param>
/// <param name="Countries">Where they may send from (ISO 3166 alpha-2).</param>
/// <param name="UsualProvider">The provider they would use without advice; null where not named.</param>
public sealed record ConversionQuestion(
    CurrencyPair Pair,
    AmountSide Side,
    Money Amount,
    DateTimeOffset Deadline,
    RiskTolerance Risk,
    IReadOnlyList<string> Countries,
    string? UsualProvider)
{
    /// <summary>The plans that the person is on, beside those open to everybody.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    /// <summary>How they must pay in; null where it does not matter.</summary>
    public PayMethod? PayIn { get; init; }

    /// <summary>How it must be paid out; null where it does not matter.</summary>
    public PayMethod? PayOut { get; init; }

    /// <summary>The question of price behind it.</summary>
    /// <param name="mid">Mid-market rate of the pair.</param>
    /// <param name="at">When it is ordered.</param>
    public PriceQuestion PriceAt(decimal mid, DateTimeOffset at) => new(Pair, Side, Amount, mid, at, Countries) { Plans = Plans, PayIn = PayIn, PayOut = PayOut };
}

/// <summary>Everything that a decision is made from. A fact that is missing is null; it is never replaced by a guess.</summary>
/// <param name="Question">The question.</param>
/// <param name="AsOf">The instant of the decision: no fact is later.</param>
/// <param name="Mid">The fresh mid-market rate of the question's pair.</param>
/// <param name="UsdPerBase">USD per unit of the base currency at mid; null where no such rate is known.</param>
/// <param name="Providers">The providers to choose from.</param>
/// <param name="Calendar">Business days of both currencies.</param>
/// <param name="Forecast">The forecast of the pair; null where there is none.</param>
/// <param name="ForecastMissing">Why there is no forecast; null where there is one.</param>
public sealed record DecisionContext(
    ConversionQuestion Question,
    DateTimeOffset AsOf,
    decimal Mid,
    decimal? UsdPerBase,
    ProviderPanel Providers,
    BusinessCalendar Calendar,
    Forecast? Forecast,
    string? ForecastMissing)
{
    private static readonly Currency Usd = Currency.Parse("USD");

    /// <summary>An amount of the base currency in USD at mid, rounded to the cent; null where no such rate is known.</summary>
    public Money? InUsd(Money sendCurrency) => UsdPerBase is { } usd ? new Money(sendCurrency.Amount * usd, Usd).Rounded() : null;

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

/// <summary>What one rule found.</summary>
/// <param name="Code">Stable id of the rule.</param>
/// <param name="Text">The finding in words, with its numbers.</param>
/// <param name="Decided">True for the rule that decided.</param>
public sealed record Finding(string Code, string Text, bool Decided = false);

/// <summary>The verdict with all that it rests on. Money is in USD at the current mid where the name says so.</summary>
/// <param name="Recommendation">Convert now, or wait.</param>
/// <param name="Reason">One plain sentence with the numbers.</param>
/// <param name="ChangesIf">What would turn the verdict.</param>
/// <param name="Findings">What each rule found, the deciding one first.</param>
/// <param name="Best">The provider to use now.</param>
/// <param name="Quotes">All providers, best first.</param>
/// <param name="Outlook">What waiting is expected to bring; null where it could not be judged.</param>
/// <param name="Plan">Transfers over time that are cheaper for certain; null where none are.</param>
/// <param name="LatestSafe">The last instant at which an order with <paramref name="Best"/> still arrives in time; null where delivery is unknown.</param>
/// <param name="NextCheck">When to look again.</param>
public sealed record Decision(
    Recommendation Recommendation,
    string Reason,
    string ChangesIf,
    IReadOnlyList<Finding> Findings,
    ProviderQuote Best,
    IReadOnlyList<ProviderQuote> Quotes,
    WaitingOutlook? Outlook,
    PlanAdvice? Plan,
    DateTimeOffset? LatestSafe,
    DateTimeOffset NextCheck);
