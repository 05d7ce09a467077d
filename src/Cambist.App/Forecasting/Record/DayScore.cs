namespace Cambist.App.Forecasting.Record;

/// <summary>Sums over the forecasts that a model made of a pair on a day, at one horizon. Scores are in log return from the spot, so that pairs can be pooled.</summary>
internal sealed record DayScore
{
    private const int Median = 4;

    /// <summary>Outcomes that came.</summary>
    public long Count { get; init; }

    /// <summary>Outcomes that no bar told.</summary>
    public long Missing { get; init; }

    public double Crps { get; init; }

    /// <summary>Outcomes of which the baseline spoke too, with the model's and the baseline's CRPS on them.</summary>
    public long AgainstCount { get; init; }

    public double AgainstCrps { get; init; }

    public double BaselineCrps { get; init; }

    /// <summary>Of |ln(outcome / median)|.</summary>
    public double LogError { get; init; }

    /// <summary>Of |outcome − median| / outcome in per cent, and of the same with the spot in place of the median.</summary>
    public double PercentError { get; init; }

    public double PercentNoChange { get; init; }

    public long Inside50 { get; init; }

    public long Inside80 { get; init; }

    public long Inside95 { get; init; }

    /// <summary>Calls of the median that an outcome decided, and those that were right.</summary>
    public long Calls { get; init; }

    public long Hits { get; init; }

    /// <summary>An outcome of which no bar tells.</summary>
    public static DayScore Untold { get; } = new() { Missing = 1 };

    /// <summary>One outcome.</summary>
    /// <param name="said">What was said of it.</param>
    /// <param name="baseline">What the baseline said; null where it said nothing.</param>
    /// <param name="spot">The rate at the time of the forecast.</param>
    /// <param name="outcome">The rate that came.</param>
    public static DayScore Of(SaidHorizon said, SaidHorizon? baseline, double spot, double outcome)
    {
        var (came, q) = (Math.Log(outcome / spot), said.Quantiles);
        var (crps, median) = (Domain.Evaluation.Crps.OfPublished(q, came), spot * Math.Exp(q[Median]));
        var isCall = q[Median] != 0 && came != 0;
        return new DayScore
        {
            Count = 1,
            Crps = crps,
            AgainstCount = baseline is null ? 0 : 1,
            AgainstCrps = baseline is null ? 0 : crps,
            BaselineCrps = baseline is null ? 0 : Domain.Evaluation.Crps.OfPublished(baseline.Quantiles, came),
            LogError = Math.Abs(came - q[Median]),
            PercentError = 100 * Math.Abs(outcome - median) / outcome,
            PercentNoChange = 100 * Math.Abs(outcome - spot) / outcome,
            Inside50 = Inside(3),
            Inside80 = Inside(2),
            Inside95 = Inside(0),
            Calls = isCall ? 1 : 0,
            Hits = isCall && q[Median] > 0 == came > 0 ? 1 : 0,
        };

        long Inside(int low) => came >= q[low] && came <= q[^(low + 1)] ? 1 : 0;
    }

    public static DayScore operator +(DayScore one, DayScore other) => new()
    {
        Count = one.Count + other.Count,
        Missing = one.Missing + other.Missing,
        Crps = one.Crps + other.Crps,
        AgainstCount = one.AgainstCount + other.AgainstCount,
        AgainstCrps = one.AgainstCrps + other.AgainstCrps,
        BaselineCrps = one.BaselineCrps + other.BaselineCrps,
        LogError = one.LogError + other.LogError,
        PercentError = one.PercentError + other.PercentError,
        PercentNoChange = one.PercentNoChange + other.PercentNoChange,
        Inside50 = one.Inside50 + other.Inside50,
        Inside80 = one.Inside80 + other.Inside80,
        Inside95 = one.Inside95 + other.Inside95,
        Calls = one.Calls + other.Calls,
        Hits = one.Hits + other.Hits,
    };
}

/// <summary>A day's sums and what they are of.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Pair">Symbol of the pair.</param>
/// <param name="Hours">The horizon in clock hours.</param>
/// <param name="Day">Whole days since 1970, UTC, by the instant of the forecasts.</param>
/// <param name="Score">The sums.</param>
internal sealed record ScoredDay(string Model, string Pair, int Hours, int Day, DayScore Score);
