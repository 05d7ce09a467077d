using Cambist.Client;

namespace Cambist.Web.Advice;

/// <summary>The words of an advice that its card and the page's title share.</summary>
internal static class Headline
{
    public static string Verdict(AnalyzeResponse advice) => IsWait(advice) ? "Wait" : "Convert now";

    /// <summary><c>5,000.00 USD → EUR</c>, or <c>USD → 5,000.00 EUR</c> where the amount is what arrives.</summary>
    public static string Question(AnalyzeResponse advice) => IsReceive(advice)
        ? $"{advice.FromCurrency} → {Figures.Money(advice.Amount)}"
        : $"{Figures.Money(advice.Amount)} → {advice.ToCurrency}";

    public static bool IsWait(AnalyzeResponse advice) => advice.Recommendation == "WAIT";

    public static bool IsReceive(AnalyzeResponse advice) => advice.AmountSide == "receive";
}
