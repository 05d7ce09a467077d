using System.Globalization;
using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>Reads what is told of a conversion that was made.</summary>
internal static class ConversionReader
{
    /// <summary>A conversion, or what is wrong with it; exactly one is set. One that does not say when it was ordered was at the instant that is given.</summary>
    public static (ActualConversion? Conversion, Problem? Problem) Read(ConversionRequest request, Goal goal, DateTimeOffset ordered, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var (from, to) = (goal.Pair.Base, goal.Pair.Quote);
        var paid = MoneyOf(fields, "send_amount", request.SendAmount, from, isNeeded: true);
        var told = MoneyOf(fields, "receive_amount", request.ReceiveAmount, to, isNeeded: request.Rate is null);
        fields.CheckRate("rate", request.Rate);
        if (request is { Rate: not null, ReceiveAmount: not null })
        {
            fields.Refuse(Problems.Invalid("contradictory_conversion", "rate", "told where what arrived is not", "both"));
        }

        var fee = request.Fee ?? 0m;
        if (fee < 0m || (fee > 0m && !(fee < request.SendAmount)) || !new Money(fee, from).FitsMinorUnit())
        {
            fields.Refuse(Problems.Invalid("invalid_fee", "fee", $"in whole minor units of {from}, zero or more, and less than what was paid", fee.ToString(CultureInfo.InvariantCulture)));
        }

        var executed = fields.Instant("executed_at", request.ExecutedAt) ?? ordered;
        if (executed > now)
        {
            fields.Refuse(Problems.Invalid("conversion_in_future", "executed_at", $"not after now, {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", request.ExecutedAt));
        }

        if (GoalReader.Text(request.Provider) is not { Length: <= GoalReader.LongestName } || request.Provider!.Any(char.IsControl))
        {
            fields.Refuse(string.IsNullOrWhiteSpace(request.Provider) ? Problems.Missing("provider", "whom it was made with") : Problems.Invalid("invalid_provider", "provider", $"at most {GoalReader.LongestName} letters", request.Provider));
        }

        if (fields.Problem is { } problem)
        {
            return (null, problem);
        }

        var received = request.Rate is { } rate ? ActualConversion.ReceivedFrom(paid, rate, new Money(fee, from), to) : told;
        return received.Amount > 0m
            ? (new ActualConversion(paid, received, GoalReader.Text(request.Provider)!, executed), null)
            : (null, Problems.Invalid("nothing_received", "rate", $"one at which at least a minor unit of {to} arrives", request.Rate?.ToString(CultureInfo.InvariantCulture)));
    }

    private static Money MoneyOf(FieldReader fields, string field, decimal? amount, Currency currency, bool isNeeded)
    {
        var money = new Money(amount ?? 0m, currency);
        if (amount is null)
        {
            if (isNeeded)
            {
                fields.Refuse(Problems.Missing(field, field == "send_amount" ? "all that was paid" : "what arrived, or else the 'rate'"));
            }
        }
        else
        {
            fields.CheckAmount(field, money);
        }

        return fields.Problem is null ? money.Rounded() : Money.Zero(currency);
    }
}
