using Cambist.Domain.Calendars;
using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether the market is closed, so that the rate is that of the last close.</summary>
internal sealed class ClosedMarket : IDecisionRule
{
    public Finding? Look(Situation situation) => FxWeek.IsOpen(situation.Context.AsOf)
        ? null
        : new Finding("market.closed", $"The market is closed for the weekend until {Instant(FxWeek.NextOpen(situation.Context.AsOf))}; the rate is that of the last close.");
}
