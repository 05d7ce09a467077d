using Cambist.Domain.Decisions.Rules;

namespace Cambist.Domain.Decisions;

/// <summary>Decides, purely, from gathered facts.</summary>
public static class DecisionEngine
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(24);

    /// <summary>The rules, in the order in which they are asked. Each tells what it found; the first with a verdict decides, and what the others found belongs to the picture.</summary>
    public static IReadOnlyList<IDecisionRule> Rules { get; } =
    [
        new LatestSafeDate(),     // Past it: now, whatever else.
        new FloorRate(),          // Fallen to where the person wants no more risk: now.
        new TargetRate(),         // The person's own target: reached, now; not yet, wait.
        new MissingForecast(),    // Nobody waits for what cannot be judged …
        new MissingUsdRate(),     // … or not be measured.
        new SpecifiedMatrix(),    // Savings, confidence and days by the matrix, scaled by the risk tolerance.
        new RateOutlook(),        // From here on nothing decides.
        new CertainSaving(),
        new CostPlan(),
        new UnknownHolidays(),
        new ExpectedHolidays(),
        new ClosedMarket(),
        new UsualProvider(),
    ];

    /// <summary>The verdict on a question, or why there is none: no verdict rests on a stale rate or on no price.</summary>
    public static DecisionOutcome Decide(DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Rate.IsStale(context.AsOf))
        {
            return new DecisionOutcome.StaleRate();
        }

        var quotes = context.QuotesAt(context.AsOf);
        return Situation.Weigh(context, quotes) is { } situation ? new DecisionOutcome.Decided(Decide(situation)) : new DecisionOutcome.NoPrice(quotes);
    }

    /// <summary>The verdict on weighed facts.</summary>
    public static Decision Decide(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        var findings = new List<Finding>(Rules.Count);
        Finding? deciding = null;
        foreach (var rule in Rules)
        {
            if (rule.Look(situation) is not { } found)
            {
                continue;
            }

            if (deciding is null && found.Verdict is not null)
            {
                deciding = found with { Decided = true };
            }
            else
            {
                findings.Add(found);
            }
        }

        // The matrix speaks where facts are there, the rules before it where they are missing.
        var verdict = deciding?.Verdict ?? throw new InvalidOperationException("One of the rules always decides.");
        findings.Insert(0, deciding);
        return new Decision(
            verdict,
            AdviceWording.Reason(situation, deciding),
            deciding.ChangesIf ?? throw new InvalidOperationException($"A verdict says what would change it, '{deciding.Code}' does not."),
            findings,
            situation.Best,
            situation.Quotes,
            situation.Outlook,
            situation.Plan,
            situation.LatestSafe,
            NextCheck(situation, verdict));
    }

    private static DateTimeOffset NextCheck(Situation situation, Recommendation verdict)
    {
        var asOf = situation.Context.AsOf;
        var next = asOf + LookAgain;
        next = situation.Plan?.Plan.Transfers.FirstOrDefault(transfer => transfer.At > asOf) is { } later && later.At < next ? later.At : next;
        next = verdict == Recommendation.Wait && situation.Outlook?.Horizon < next ? situation.Outlook.Horizon : next;
        foreach (var end in new[] { situation.WaitsUntil, situation.LatestSafe })
        {
            next = end > asOf && end < next ? end.Value : next;
        }

        return next;
    }
}
