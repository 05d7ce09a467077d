using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>What a rate, and a fee in percent, make of an amount: for services that tell prices and leave the sum to whoever asks.</summary>
/// <param name="Paid">Total that the sender pays.</param>
/// <param name="Fee">The fee in the send currency, to the nearest minor unit.</param>
/// <param name="Received">(paid − fee) × rate, rounded down to the minor unit.</param>
internal readonly record struct PercentPrice(Money Paid, Money Fee, Money Received)
{
    // The quotient is rounded up; where the fee is rounded up too, one minor unit more is needed.
    private const int MostUnitsMore = 3;

    /// <summary>The price of an amount.</summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="rate">Receive currency per unit of send currency.</param>
    /// <param name="percent">The fee: of what is paid where it is deducted, of what is converted where it is on top.</param>
    /// <param name="mode">Deducted or on top.</param>
    public static PercentPrice Of(QuoteAsk ask, decimal rate, decimal percent, FeeMode mode)
    {
        var share = mode == FeeMode.Deducted ? percent / 100m : 1m - 1m / (1m + percent / 100m);
        if (ask.Side == AmountSide.Send)
        {
            return ForPaid(ask.Amount, ask.Pair.Quote, rate, share);
        }

        var paid = new Money(ask.Amount.Amount / rate / (1m - share), ask.Pair.Base).RoundedUp();
        var price = ForPaid(paid, ask.Pair.Quote, rate, share);
        for (var more = 1; price.Received.Amount < ask.Amount.Amount && more <= MostUnitsMore; more++)
        {
            price = ForPaid(paid.Plus(new Money(ask.Pair.Base.SmallestAmount * more, ask.Pair.Base)), ask.Pair.Quote, rate, share);
        }

        return price;
    }

    private static PercentPrice ForPaid(Money paid, Currency receive, decimal rate, decimal share)
    {
        var fee = (paid * share).Rounded();
        return new PercentPrice(paid, fee, new Money(paid.Minus(fee).Amount * rate, receive).RoundedDown());
    }
}
