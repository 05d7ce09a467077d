using Cambist.Client;

namespace Cambist.App.Assistant;

/// <summary>What the assistant says to a question: advice, or why there is none.</summary>
public abstract record AdviceAnswer
{
    private AdviceAnswer()
    {
    }

    /// <summary>Advice.</summary>
    /// <param name="Advice">The advice.</param>
    /// <param name="Json">The same as a JSON document.</param>
    /// <param name="Pending">The sources of quotes that have not answered yet, by id.</param>
    public sealed record Given(AnalyzeResponse Advice, byte[] Json, IReadOnlyList<string> Pending) : AdviceAnswer;

    /// <summary>Why there is none.</summary>
    public sealed record Refused(Problem Problem) : AdviceAnswer;
}

/// <summary>What the assistant says to a comparison of providers: the cost table, or why there is none.</summary>
public abstract record CostTableAnswer
{
    private CostTableAnswer()
    {
    }

    /// <summary>Every provider, best first.</summary>
    /// <param name="Table">The rows.</param>
    /// <param name="Pending">The sources of quotes that have not answered yet, by id.</param>
    public sealed record Given(IReadOnlyList<ProviderQuote> Table, IReadOnlyList<string> Pending) : CostTableAnswer;

    /// <summary>Why there is none.</summary>
    public sealed record Refused(Problem Problem) : CostTableAnswer;
}
