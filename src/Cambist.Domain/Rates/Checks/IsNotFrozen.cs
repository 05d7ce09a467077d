using Cambist.Domain.Calendars;

namespace Cambist.Domain.Rates.Checks;

/// <summary>Does a live source still follow the market? One that tells the same price as new while the pair moves has stopped without saying so.</summary>
internal sealed class IsNotFrozen : IRateCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // A pair that usually moves eight basis points in the time has not stood still to the last digit.
    private const double LeastMove = 0.0008;

    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        if (report.Source.Kind != RateKind.Live || situation.Before is null || situation.UnchangedSince == report.EffectiveAt || !situation.Volatility.IsMeasured)
        {
            return null;
        }

        var still = FxWeek.OpenTimeBetween(situation.UnchangedSince, situation.Now);
        var usualMove = situation.Volatility.Measured * Math.Sqrt(Math.Max(0, still.TotalHours));
        return still > Patience && still > report.Source.Cadence * 3 && usualMove > LeastMove
            ? Finding.Quarantine("frozen", $"A price that moves was expected, was {report.Mid} for {still.TotalMinutes:0} minutes, in which the pair usually moves {usualMove * 1e4:0.#} basis points.")
            : null;
    }
}
