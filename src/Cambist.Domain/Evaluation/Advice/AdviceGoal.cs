using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>Which way a goal converts its pair.</summary>
public enum GoalSide
{
    /// <summary>The person has the base currency and needs the quote currency.</summary>
    SellBase,

    /// <summary>The person has the quote currency and needs the base currency.</summary>
    BuyBase,
}

/// <summary>A conversion that somebody would have asked advice on.</summary>
/// <param name="Pair">The pair as it is named.</param>
/// <param name="Side">Which way.</param>
/// <param name="Amount">How much, in either currency of the pair: what leaves where it is what the person has, else what arrives.</param>
/// <param name="AskedAt">When advice is asked first.</param>
/// <param name="DeadlineDays">Days of 24 hours from then until the money must have arrived.</param>
/// <param name="Risk">How much the person lets it wait for.</param>
public sealed record AdviceGoal(CurrencyPair Pair, GoalSide Side, Money Amount, DateTimeOffset AskedAt, int DeadlineDays, RiskTolerance Risk)
{
    /// <summary>When the money must have arrived.</summary>
    public DateTimeOffset Deadline => Question.Deadline;

    /// <summary>The question as it was asked; where nobody asked it, as it is asked live: from the home countries of what the person has, without plans.</summary>
    public ConversionQuestion Question { get; init; } = QuestionOf(Pair, Side, Amount, AskedAt.AddDays(DeadlineDays), Risk);

    /// <summary>Tells the goal from all others of a replay.</summary>
    /// <param name="namesRisk">Whether the replay has several risk tolerances.</param>
    public string Id(bool namesRisk) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Pair.Symbol}-{Side.Word()}-{Amount.Amount:0.####}{Amount.Currency}-{DeadlineDays}d{(namesRisk ? $"-{Risk.Word()}" : "")}-{AskedAt.UtcDateTime:yyyyMMdd'T'HHmmss.FFFFFFF}");

    private static ConversionQuestion QuestionOf(CurrencyPair pair, GoalSide side, Money amount, DateTimeOffset deadline, RiskTolerance risk)
    {
        var asked = side.PairOf(pair);
        return new ConversionQuestion(
            asked, amount.Currency == asked.Base ? AmountSide.Send : AmountSide.Receive, amount.Rounded(), deadline, risk, HomeCountries.Of(asked.Base), UsualProvider: null);
    }
}

/// <summary>The words and the pair of a side.</summary>
public static class GoalSides
{
    /// <summary><c>SELL_BASE</c> or <c>BUY_BASE</c>.</summary>
    public static string Word(this GoalSide side) => side == GoalSide.SellBase ? "SELL_BASE" : "BUY_BASE";

    /// <summary>The pair of the question: base what the person has, quote what they need.</summary>
    public static CurrencyPair PairOf(this GoalSide side, CurrencyPair pair) => side == GoalSide.SellBase ? pair : pair.Inverse;
}
