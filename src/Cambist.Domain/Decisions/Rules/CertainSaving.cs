using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>The part of the expected saving that follows from known fee calendars, whatever the rate does. It counts in the matrix as part of the whole.</summary>
internal sealed class CertainSaving : IDecisionRule
{
    public Finding? Look(Situation situation) =>
        situation.Outlook is { CertainSaving: { Amount: > 0m } certain } outlook && situation.InUsd(certain) is { } saving
            ? new Finding("calendar.certain_saving", $"{Usd(saving)} of the saving is certain: {outlook.BestThen.Provider.Name} is cheaper from {Instant(outlook.Horizon)}.") { Figures = [new("certain_saving_usd", saving)] }
            : null;
}
