using System.Security.Cryptography;
using System.Globalization;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Assistant.Log;

/// <summary>What came of deciding an entry of the log again.</summary>
/// <param name="Number">The entry.</param>
/// <param name="At">When its advice was given.</param>
/// <param name="DecidedBy">The version of the program that gave it; empty where its facts cannot be read.</param>
/// <param name="IsSame">Whether the answer is the same, byte for byte.</param>
/// <param name="Difference">What differs, in a sentence; null where nothing does.</param>
public sealed record Replayed(long Number, DateTimeOffset At, string DecidedBy, bool IsSame, string? Difference);

/// <summary>Decides entries of the log again, from their facts alone.</summary>
public sealed class DecisionReplay(DecisionLog log)
{
    private readonly DecisionReader _reader = new(log);

    /// <summary>Decides entries again, in order.</summary>
    /// <param name="after">The number before the first.</param>
    /// <param name="most">How many.</param>
    public IEnumerable<Replayed> Run(long after, int most)
    {
        const int AtOnce = 500;
        while (most > 0 && log.Read(after, Math.Min(most, AtOnce)) is { Count: > 0 } entries)
        {
            foreach (var (entry, document) in entries)
            {
                yield return Decide(entry, document?.Read());
            }

            (after, most) = (entries[^1].Entry.Number, most - entries.Count);
        }
    }

    private Replayed Decide(LoggedDecision entry, byte[]? content)
    {
        if (content is null)
        {
            return new Replayed(entry.Number, entry.At, "", IsSame: false, "Its facts are missing or are not what was written.");
        }

        using var read = _reader.Read(content);
        var decidedBy = read.Facts.DecidedBy;
        var difference = DifferenceOf(entry, read);
        return new Replayed(
            entry.Number,
            entry.At,
            decidedBy,
            difference is null,
            difference is null || decidedBy == DecisionFacts.ThisVersion ? difference : $"{difference} It was decided by version {decidedBy}, and this is {DecisionFacts.ThisVersion}.");
    }

    private static string? DifferenceOf(LoggedDecision entry, ReadDecision read)
    {
        var given = read.Told;
        try
        {
            if (DecisionEngine.Decide(read.Context) is not DecisionOutcome.Decided decided)
            {
                return $"The advice was {given.Recommendation}, and there would be none.";
            }

            var (advice, json) = AdviceMaker.Word(read.Context, decided.Decision, read.Facts.Origin, read.Facts.Simulated);
            if (CryptographicOperations.FixedTimeEquals(SHA256.HashData(json), entry.Answer))
            {
                return null;
            }

            return given == ToldVerdict.Of(advice)
                ? "The verdict is the same, but not every word or number."
                : $"The advice was {Words(given)}, and would be {Words(ToldVerdict.Of(advice))}.";
        }
        catch (NotAskedException fault)
        {
            return $"The rules ask for something else today. {fault.Message}";
        }
    }

    private static string Words(ToldVerdict verdict) =>
        $"{verdict.Recommendation} with {verdict.Provider}{(verdict.HorizonHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $", judged at {hours} h") : "")}";
}
