namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether bank holidays of a currency are not on record, so that the latest safe date may be too late.</summary>
internal sealed class UnknownHolidays : IDecisionRule
{
    public Finding? Look(Situation situation) => situation.Context.Calendar.HolidaysUnknownFor is { Count: > 0 } unknown
        ? new Finding("calendar.holidays_unknown", $"Bank holidays of {string.Join(" and ", unknown)} are not on record; only weekends were counted.")
        : null;
}
