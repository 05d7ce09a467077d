using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>What Remitly's estimate means for a customer who comes again, and for a new one.</summary>
/// <param name="Paid">Total that the sender pays.</param>
/// <param name="Fee">The fee without a discount.</param>
/// <param name="Received">What arrives at the usual rate.</param>
/// <param name="Rate">The usual rate.</param>
/// <param name="IsAsTold">Whether Remitly told this very sum; else it was worked out from its rate and fee.</param>
/// <param name="Promotion">What a new customer gets; null where there is no such offer.</param>
internal sealed record RemitlyPrice(Money Paid, Money Fee, Money Received, decimal Rate, bool IsAsTold, Promotion? Promotion)
{
    /// <summary>Reads the <c>estimate</c> member; null where the fee eats up the amount.</summary>
    public static RemitlyPrice? Of(JsonElement estimate, QuoteAsk ask)
    {
        var rates = estimate.GetProperty("exchange_rate");
        var rate = rates.GetProperty("base_rate").Figure();
        var promotionalFee = new Money(estimate.GetProperty("fee").GetProperty("total_fee_amount").Figure(), ask.Pair.Base);
        var fee = promotionalFee.Plus(new Money(FigureOrNull(estimate.Member("discount").Member("fee_discount_amount")) ?? 0m, ask.Pair.Base));
        var promotionalRate = FigureOrNull(rates.Member("promotional_exchange_rate")) ?? rate;
        var isPromoted = promotionalRate != rate || promotionalFee != fee;
        var told = (Send: new Money(estimate.GetProperty("send_amount").Figure(), ask.Pair.Base), Receive: new Money(estimate.GetProperty("receive_amount").Figure(), ask.Pair.Quote));

        // The amount told is the one that is converted. Where it is all that there is, the fee is taken out of it: at most a little too much, for the fee of a smaller amount is hardly larger.
        var isAsTold = !isPromoted && (ask.Side == AmountSide.Receive || fee.Amount == 0m);
        var converted = ask.Side switch
        {
            AmountSide.Send => told.Send.Minus(fee),
            _ when isPromoted => new Money(told.Receive.Amount / rate, ask.Pair.Base).RoundedUp(),
            _ => told.Send,
        };
        var received = isAsTold ? told.Receive : new Money(converted.Amount * rate, ask.Pair.Quote).RoundedDown();
        if (received.Amount <= 0m)
        {
            return null;
        }

        var paid = converted.Plus(fee);
        var promotion = isPromoted ? PromotionOf(paid.Minus(promotionalFee), promotionalFee, promotionalRate, rate, CapOf(rates, ask), ask.Pair.Quote) : null;
        return new RemitlyPrice(paid, fee, received, rate, isAsTold, promotion);
    }

    private static Promotion PromotionOf(Money converted, Money fee, decimal promotional, decimal usual, Money? cap, Currency receive)
    {
        var promoted = Math.Min(converted.Amount, cap?.Amount ?? converted.Amount);
        var received = new Money(promoted * promotional + (converted.Amount - promoted) * usual, receive).RoundedDown();
        return new Promotion(promotional, fee, received, cap, "For new customers, on the first transfer; what is above the amount named is converted at the usual rate.");
    }

    private static Money? CapOf(JsonElement rates, QuoteAsk ask) =>
        FigureOrNull(rates.Member("capped_promotional_exchange_rate_amount")) is { } cap ? new Money(cap, ask.Pair.Base) : null;

    private static decimal? FigureOrNull(JsonElement element) => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? null : element.Figure();
}
