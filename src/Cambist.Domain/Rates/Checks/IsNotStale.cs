using Cambist.Domain.Calendars;

namespace Cambist.Domain.Rates.Checks;

/// <summary>Is it young enough for a source of its cadence? Age is counted in open market time, so Friday's close passes all weekend.</summary>
internal sealed class IsNotStale : IRateCheck
{
    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        // A date that no calendar of the market knows is older than any rate.
        if (report.EffectiveAt < FxWeek.KnownFrom)
        {
            return Finding.Reject("stale", $"A rate of this time was expected, was of {report.EffectiveAt.UtcDateTime:yyyy-MM-dd}.");
        }

        // A reference rate is kept however old, so that one can say what the last one was; whoever uses it sees its age.
        if (report.Source.Kind == RateKind.Reference)
        {
            return null;
        }

        var age = FxWeek.OpenTimeBetween(report.EffectiveAt, situation.Now);
        return age <= report.Source.FreshFor
            ? null
            : Finding.Reject("stale", $"A rate at most {report.Source.FreshFor.TotalMinutes:0} minutes of market time old was expected, was {age.TotalMinutes:0} minutes old.");
    }
}
