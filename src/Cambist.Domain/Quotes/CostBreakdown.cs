using System.Globalization;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>Whether the person fixes what leaves or what arrives.</summary>
public enum AmountSide
{
    /// <summary>This much is there to be paid, fees included. It is paid exactly, but for what no fee on top leaves a use for: a minor unit, or more just above the bound of a tier whose fee rises.</summary>
    Send,

    /// <summary>This much arrives for the smallest total; a little more where the minor unit of what is sent, or a lower fee from a higher amount on, brings more.</summary>
    Receive,
}

/// <summary>What one conversion costs, all fees on one footing. Amounts are rounded to the minor unit; what arrives is rounded down.</summary>
/// <param name="Paid">Total that the sender pays, in the send currency.</param>
/// <param name="Received">What arrives, in the receive currency.</param>
/// <param name="ExchangeRate">The provider's rate, receive currency per unit of send currency.</param>
/// <param name="MidRate">The mid-market rate that it is measured against.</param>
/// <param name="SpreadCost">What the markup of the rate costs, in the send currency.</param>
/// <param name="FixedFee">The fixed fee, in the send currency.</param>
/// <param name="VariableFee">The fee that grows with the amount, in the send currency.</param>
/// <param name="HiddenFee">The part of the markup's cost that the provider does not name as a fee, in the send currency.</param>
/// <param name="ReceivedAtLeast">What arrives where banks on the way take all that they may; null where nobody says how much that is.</param>
public sealed record CostBreakdown(
    Money Paid, Money Received, decimal ExchangeRate, decimal MidRate, Money SpreadCost, Money FixedFee, Money VariableFee, Money HiddenFee, Money? ReceivedAtLeast)
{
    /// <summary>All-in cost: what is paid less what the received amount is worth at mid, in the send currency.</summary>
    public Money TotalCost => new Money(Paid.Amount - Received.Amount / MidRate, Paid.Currency).Rounded();

    /// <summary>All-in cost in basis points of what is paid.</summary>
    public decimal TotalCostBps => (1m - Received.Amount / MidRate / Paid.Amount) * 10_000m;

    /// <summary>Markup of the rate against mid in basis points.</summary>
    public decimal MarkupBps => (1m - ExchangeRate / MidRate) * 10_000m;

    /// <summary>Whether the rate is better than mid: it happens, and it deserves a second look.</summary>
    public bool IsBetterThanMid => ExchangeRate > MidRate;
}

/// <summary>What an offer, or a provider with all its offers, can say to a question: one of three.</summary>
public abstract record OfferPrice
{
    private OfferPrice()
    {
    }

    /// <summary>A price.</summary>
    public sealed record Priced(CostBreakdown Cost) : OfferPrice;

    /// <summary>The offer serves the question, but a figure of its price is not known.</summary>
    /// <param name="Reason">Why, to follow the provider's name.</param>
    public sealed record Unknown(string Reason) : OfferPrice;

    /// <summary>The offer does not serve the question.</summary>
    /// <param name="Refusal">What stands against it.</param>
    /// <param name="Offer">The offer.</param>
    /// <param name="Question">The question.</param>
    public sealed record Unavailable(Refusal Refusal, FeeOffer Offer, PriceQuestion Question) : OfferPrice
    {
        /// <summary>Why, to follow the provider's name. Made when it is read: most of a hundred offers refuse a question, and a few are shown.</summary>
        public string Reason => Refusal switch
        {
            Refusal.SendCurrency => $"does not send {Question.Pair.Base}",
            Refusal.ReceiveCurrency => $"does not pay out {Question.Pair.Quote} for {Question.Pair.Base}",
            Refusal.Plan => $"needs the plan {Offer.Plan}",
            Refusal.Method => $"takes {Word(Offer.PayIn)} and pays out to {Word(Offer.PayOut)}",
            Refusal.Country => $"serves senders in {string.Join(", ", Offer.Countries)} only",
            Refusal.BelowMinimum => string.Create(CultureInfo.InvariantCulture, $"takes {Offer.Limits.Minimum:#,0.##} {Question.Pair.Base} or more"),
            Refusal.AboveMaximum => string.Create(CultureInfo.InvariantCulture, $"takes {Offer.Limits.Maximum:#,0.##} {Question.Pair.Base} or less"),
            _ => $"takes a fee that is not below the amount of {Question.Amount}",
        };

        private static string Word(PayMethod method) => method switch
        {
            PayMethod.Card => "a card",
            PayMethod.Cash => "cash",
            PayMethod.Balance => "a balance with it",
            PayMethod.MobileWallet => "a mobile wallet",
            _ => "a bank account",
        };
    }
}

/// <summary>Why an offer does not serve a question, from the farthest miss to the nearest.</summary>
public enum Refusal
{
    /// <summary>It does not take the send currency.</summary>
    SendCurrency,

    /// <summary>It does not pay out the receive currency.</summary>
    ReceiveCurrency,

    /// <summary>It does not serve the sender's country.</summary>
    Country,

    /// <summary>It is for those who are on another plan.</summary>
    Plan,

    /// <summary>The money cannot be paid in, or out, as it is asked.</summary>
    Method,

    /// <summary>The amount is below its minimum.</summary>
    BelowMinimum,

    /// <summary>The amount is above its maximum.</summary>
    AboveMaximum,

    /// <summary>Its fee eats the whole amount.</summary>
    FeeAboveAmount,
}

/// <summary>A question of price: how much, between which currencies, when, at which mid-market rate.</summary>
/// <param name="Pair">Base: what the person has; quote: what the person needs.</param>
/// <param name="Side">Which side of the conversion <paramref name="Amount"/> fixes.</param>
/// <param name="Amount">In the base currency for <see cref="AmountSide.Send"/>, in the quote currency for <see cref="AmountSide.Receive"/>.</param>
/// <param name="Mid">Mid-market rate of the pair.</param>
/// <param name="At">When it is ordered: weekend markups depend on it.</param>
/// <param name="Countries">Where the sender may be (ISO 3166 alpha-2).</param>
public sealed record PriceQuestion(
    CurrencyPair Pair, AmountSide Side, Money Amount, decimal Mid, DateTimeOffset At, IReadOnlyList<string> Countries)
{
    /// <summary>The plans that the person is on, beside those open to everybody.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    /// <summary>How the money must be paid in; null where it does not matter.</summary>
    public PayMethod? PayIn { get; init; }

    /// <summary>How it must be paid out; null where it does not matter.</summary>
    public PayMethod? PayOut { get; init; }
}
