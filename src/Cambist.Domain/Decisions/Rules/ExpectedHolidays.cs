using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether the deadline lies in a year whose holidays are not declared yet.</summary>
internal sealed class ExpectedHolidays : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        var passed = situation.Context.Calendar.HolidaysKnownUntil.Where(known => situation.Question.Deadline.Year > known.Year).ToList();
        return passed.Count == 0
            ? null
            : new Finding(
                "calendar.holidays_expected",
                Text($"Bank holidays of {string.Join(", of ", passed.Select(known => Text($"{known.Currency} are known up to {known.Year}")))}; later ones are counted as they are expected, with a day to spare."));
    }
}
