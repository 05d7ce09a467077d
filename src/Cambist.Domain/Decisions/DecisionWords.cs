using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>The words of questions and their decisions.</summary>
public static class DecisionWords
{
    /// <summary>The risk tolerances.</summary>
    public static Words<RiskTolerance> Risks { get; } = new(("moderate", RiskTolerance.Moderate), ("conservative", RiskTolerance.Conservative), ("aggressive", RiskTolerance.Aggressive));

    /// <summary>The sides that an amount may be told on.</summary>
    public static Words<AmountSide> AmountSides { get; } = new(("send", AmountSide.Send), ("receive", AmountSide.Receive));

    private static readonly Words<Recommendation> Recommendations = new(("CONVERT_NOW", Recommendation.ConvertNow), ("WAIT", Recommendation.Wait));

    /// <summary><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</summary>
    public static string Word(this RiskTolerance risk) => Risks.Of(risk);

    /// <summary><c>CONVERT_NOW</c> or <c>WAIT</c>.</summary>
    public static string Word(this Recommendation recommendation) => Recommendations.Of(recommendation);
}
