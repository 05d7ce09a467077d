using Cambist.Domain.Currencies;
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
    /// <summary>The rate that is waited for, in units of the quote currency per unit of the base currency: from it on it is time to convert; null where none is.</summary>
    public decimal? TargetRate { get; init; }

    /// <summary>The rate at which the waiting ends: at it or below nothing more is put at risk; null where none is named. In the units of <see cref="TargetRate"/>.</summary>
    public decimal? FloorRate { get; init; }

    /// <summary>The last order that is wanted, where that is earlier than delivery alone would allow: from it on it is time to convert; null where delivery decides.</summary>
    public DateTimeOffset? LastOrder { get; init; }

    /// <summary>How long before the last order the waiting ends, so that there is time to make it; zero for who looks in time by himself.</summary>
    public TimeSpan Notice { get; init; }

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
