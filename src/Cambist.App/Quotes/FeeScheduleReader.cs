using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes;

/// <summary>Reads a fee schedule from its JSON text. Strict: every member is written out (an unknown as <c>null</c> or an empty list) and no other is allowed.</summary>
public static class FeeScheduleReader
{
    /// <summary>The schedule in this text.</summary>
    /// <param name="json">The text of one file.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="FormatException">The text is no valid schedule; the message names the file, the JSON path, what was expected and what was found.</exception>
    public static FeeSchedule Read(string json, string file)
    {
        var schedule = StrictJson.Read<FeeSchedule>(json, file, "a schedule", FeeScheduleJson.Options);
        var fault = FeeScheduleRules.FirstFault(schedule);
        return fault is null ? schedule : throw new FormatException($"{file}: {fault}");
    }
}
