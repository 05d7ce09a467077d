using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Goals;

/// <summary>A conversion that was made.</summary>
/// <param name="Paid">All that was paid, fees included, in the send currency; above zero.</param>
/// <param name="Received">What arrived, in the receive currency; above zero.</param>
/// <param name="Provider">With whom.</param>
/// <param name="ExecutedAt">When it was ordered.</param>
public sealed record ActualConversion(Money Paid, Money Received, string Provider, DateTimeOffset ExecutedAt)
{
    /// <summary>A conversion of which the rate and the fee are known: what arrives is (paid − fee) × rate, rounded down as providers do.</summary>
    /// <param name="paid">All that was paid, fee included.</param>
    /// <param name="rate">The provider's rate, receive currency per unit of send currency.</param>
    /// <param name="fee">The fee, in the send currency.</param>
    /// <param name="received">The receive currency.</param>
    /// <returns>What arrived; zero or less where the fee eats what was paid.</returns>
    public static Money ReceivedFrom(Money paid, decimal rate, Money fee, Currency received) => new Money(paid.Minus(fee).Amount * rate, received).RoundedDown();

    /// <summary>What it does for a goal on a side.</summary>
    public Money On(AmountSide side) => side == AmountSide.Send ? Paid : Received;
}
