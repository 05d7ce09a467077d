using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether a model has a proven edge on the rate, and the range that the saving may fall into.</summary>
internal sealed class RateOutlook : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        if (situation.Outlook is not { } outlook || situation.InUsd(outlook.LowSaving) is not { } low || situation.InUsd(outlook.HighSaving) is not { } high)
        {
            return null;
        }

        var (code, expected) = outlook.Rate.Drift == 0
            ? ("forecast.no_proven_edge", "The expected rate is today's rate, for no model has a proven edge on it")
            : ("forecast.proven_edge", Text($"The model has a proven edge on the rate of that hour and expects {outlook.Rate.Mean:0.#####}"));
        return new Finding(code, $"{expected}; the 80 % range of the saving is {Usd(low)} to {Usd(high)}.")
        {
            Figures = [new("low_saving_usd", low), new("high_saving_usd", high)],
        };
    }
}
