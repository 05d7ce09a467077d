using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>What an API or a page answered to one question of price: the terms of one provider for this very amount. Nothing in it is worked out by anybody but the service, save where the provenance says so.</summary>
public sealed record CollectedQuote
{
    // A markup has been taken from the rate and put on again: a decimal keeps 28 digits.
    private const decimal SameRate = 1e-20m;

    /// <summary>Id of the provider, as in its fee schedule where it has one: <c>western-union</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The name that people know.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of business it is.</summary>
    public required ProviderKind Kind { get; init; }

    /// <summary>What is quoted, in words: <c>Transfer paid by bank transfer</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Base: what is sent; quote: what arrives.</summary>
    public required CurrencyPair Pair { get; init; }

    /// <summary>Total that the sender pays, fees included.</summary>
    public required Money Paid { get; init; }

    /// <summary>What arrives.</summary>
    public required Money Received { get; init; }

    /// <summary>The provider's rate, receive currency per unit of send currency.</summary>
    public required decimal ExchangeRate { get; init; }

    /// <summary>All fees that are named, in the send currency.</summary>
    public required Money Fee { get; init; }

    /// <summary>Deducted: received = (paid − fee) × rate. On top: received = (paid − fee) × rate as well, where paid is the amount and the fee on it.</summary>
    public required FeeMode FeeMode { get; init; }

    /// <summary>How the money is paid in.</summary>
    public PayMethod PayIn { get; init; } = PayMethod.BankTransfer;

    /// <summary>How it is paid out.</summary>
    public PayMethod PayOut { get; init; } = PayMethod.BankTransfer;

    /// <summary>Whether the provider names the markup of its rate as a fee.</summary>
    public bool MarkupNamed { get; init; }

    /// <summary>What banks on the way may take; null where none are on the way.</summary>
    public CorrespondentFees? Correspondents { get; init; }

    /// <summary>How long it takes; null where the service does not say.</summary>
    public required DeliveryTime? Delivery { get; init; }

    /// <summary><see cref="Provenance.Live"/>: the provider's own answer. <see cref="Provenance.Estimate"/>: somebody else's figure of it, or one that was put together.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>When the figures were true at the provider, as the service says; else when it answered.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>Where a person can see the same.</summary>
    public required Uri SourceUrl { get; init; }

    /// <summary>A better rate for some, shown apart; null where there is none.</summary>
    public Promotion? Promotion { get; init; }

    /// <summary>Assumptions that the person should know, in a sentence, with whose figure it is; null where there are none.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The same terms as an offer, measured against a mid-market rate: at that rate and for that amount it is priced with the very figures of the answer, at another rate with
    /// the same markup and fee.
    /// </summary>
    /// <param name="mid">The mid-market rate that the answer's rate is measured against.</param>
    /// <param name="provenance">What the figures are by now: an answer that is applied to another rate is an estimate.</param>
    public FeeOffer AsOffer(decimal mid, Provenance provenance) => new()
    {
        Id = "quoted",
        Title = Title,
        Countries = [],
        Plan = null,
        From = [Pair.Base],
        To = [Pair.Quote],
        PayIn = PayIn,
        PayOut = PayOut,
        FeeMode = FeeMode,
        FeeTiers = [new FeeTier(null, Fee.Amount, 0m)],
        Allowance = null,
        MarkupPercent = (1m - ExchangeRate / mid) * 100m,
        MarkupNamed = MarkupNamed,
        MarkupWindows = [],
        Correspondents = Correspondents,
        Limits = new AmountLimits(null, null),
        Delivery = Delivery,
        Provenance = provenance,
        SourceUrl = SourceUrl,
        CollectedAt = CollectedAt,
        Note = Note,
        Quoted = this,
    };

    /// <summary>Whether the question is the one that was answered, at the rate that was answered.</summary>
    internal bool Answers(PriceQuestion question, decimal rate) =>
        question.Amount == (question.Side == AmountSide.Send ? Paid : Received) && Math.Abs(rate - ExchangeRate) <= ExchangeRate * SameRate;
}

/// <summary>A better price for some: it is shown apart and never ranks.</summary>
/// <param name="ExchangeRate">The promotional rate.</param>
/// <param name="Fee">The promotional fee, in the send currency.</param>
/// <param name="Received">What would arrive with it.</param>
/// <param name="UpTo">It holds for this much of the amount; null where no bound is named.</param>
/// <param name="Terms">For whom and how often, in words.</param>
public sealed record Promotion(decimal ExchangeRate, Money Fee, Money Received, Money? UpTo, string Terms);
