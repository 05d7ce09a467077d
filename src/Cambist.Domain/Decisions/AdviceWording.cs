using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>The words of an advice: every sentence carries the numbers that it speaks of.</summary>
internal static class AdviceWording
{
    public static string Reason(Situation situation, Finding deciding)
    {
        var arrives = situation.Question.Side == AmountSide.Send
            ? $"{Amount(situation.Cost.Received)} arrives for {Amount(situation.Cost.Paid)}"
            : $"{Amount(situation.Cost.Paid)} is paid for {Amount(situation.Cost.Received)} to arrive";
        return deciding.Verdict == Recommendation.Wait
            ? $"Wait. {deciding.Text} If you convert now with {situation.Best.Provider.Name}, {arrives}."
            : $"Convert now with {situation.Best.Provider.Name}: {arrives}. {deciding.Text}";
    }

    // Amounts are rounded to the decimals of their currency, so their own scale is the right one.
    public static string Amount(Money money) => $"{money.Amount.ToString($"N{money.Amount.Scale}", CultureInfo.InvariantCulture)} {money.Currency}";

    public static string Usd(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.00} USD");

    /// <summary>A probability in whole percent that never rounds to certainty: 0.998 is "more than 99 %".</summary>
    public static string Probability(double probability) => probability switch
    {
        > 0.99 and < 1 => "more than 99 %",
        > 0 and < 0.01 => "less than 1 %",
        _ => probability.ToString("0 %", CultureInfo.InvariantCulture),
    };

    public static string Instant(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:d MMMM yyyy HH:mm} UTC");

    public static string Rate(decimal rate) => rate.ToString("0.##########", CultureInfo.InvariantCulture);

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
