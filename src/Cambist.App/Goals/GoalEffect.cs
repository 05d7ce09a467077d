using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cambist.App.Privacy;

namespace Cambist.App.Goals;

/// <summary>The key that a request came with and the request itself, as keyed hashes. It is written down with what the request did: the same request with the same key does it once, also where nobody could keep its answer.</summary>
/// <param name="Key">The hash of the key.</param>
/// <param name="Request">The hash of the request.</param>
internal sealed record GoalEffect(string Key, string Request)
{
    /// <summary>How long it is remembered: as long as answers are kept at the edge.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>As the database has it.</summary>
    public string Stored => $"{Key}.{Request}";

    /// <summary>That of a request; null where it has no key.</summary>
    public static GoalEffect? Of<T>(PersonalDataHash hash, string? key, T request, JsonTypeInfo<T> type) =>
        key is null ? null : new GoalEffect(hash.Of("goal effect key", key), hash.Of("goal effect", JsonSerializer.Serialize(request, type)));

    /// <summary>What was written down with a key.</summary>
    public static GoalEffect Read(string stored) => stored.Split('.') is [var key, var request] ? new GoalEffect(key, request) : throw new FormatException("An effect is two hashes.");
}
