using Cambist.Client;

namespace Cambist.App.Analytics;

/// <summary>Which goals somebody wants to know of; null: all.</summary>
/// <param name="Pair">Symbol of the pair, as it was replayed.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Risk">The risk tolerance.</param>
/// <param name="Side">The side.</param>
internal sealed record AdviceRecordFilter(string? Pair, decimal? Amount, string? Risk, string? Side)
{
    /// <summary>The replay with the rows of these goals; without rows where it has none.</summary>
    public ReplayedAdvice Of(ReplayedAdvice replayed)
    {
        var (rows, months) = Narrow(replayed.Rows, replayed.Months);
        return replayed with { Rows = rows, Months = months };
    }

    /// <summary>The live record with the rows of these goals.</summary>
    public LiveAdvice Of(LiveAdvice live)
    {
        var (rows, months) = Narrow(live.Rows, live.Months);
        return live with { Rows = rows, Months = months };
    }

    // Months are of all goals or of a pair: a narrower question has none.
    private (IReadOnlyList<AdviceScore> Rows, IReadOnlyList<AdviceScore> Months) Narrow(IReadOnlyList<AdviceScore> all, IReadOnlyList<AdviceScore> months)
    {
        var rows = all.Where(Has).ToList();
        var narrower = rows.Count == 0 || !(this with { Pair = null }).Has(all[0]);
        return (rows, narrower ? [] : [.. months.Where(month => Pair is null || month.Pair == Pair)]);
    }

    private bool Has(AdviceScore row) =>
        (Pair is null || row.Pair == Pair) && (Amount is null || row.Amount?.Amount == Amount) && (Risk is null || row.Risk == Risk) && (Side is null || row.Side == Side);
}
