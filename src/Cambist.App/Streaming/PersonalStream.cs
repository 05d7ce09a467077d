using System.Globalization;
using System.Text.Json;

namespace Cambist.App.Streaming;

/// <summary>Tells accounts what concerns them alone: every client of the account, on whichever node it is connected.</summary>
internal sealed class PersonalStream(PersonalListeners here, PersonalRelay relay, TimeProvider clock)
{
    private const int MostCharacters = 16 * 1024;

    private readonly Lock _gate = new();

    /// <summary>Publishes a message. It is not kept for a client that is not connected: what an account must not miss has a place of its own, and this says that it is there.</summary>
    /// <param name="account">The account's id.</param>
    /// <param name="type">What it is about.</param>
    /// <param name="payload">A JSON object of at most 16 Ki characters.</param>
    /// <exception cref="ArgumentException">The account is empty, or the payload no object or too long.</exception>
    public void Publish(string account, PersonalMessage type, JsonElement payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(account);
        var text = payload.ValueKind == JsonValueKind.Object ? payload.GetRawText() : throw new ArgumentException($"A JSON object was expected, was {payload.ValueKind}.", nameof(payload));
        if (text.Length > MostCharacters)
        {
            throw new ArgumentException($"At most {MostCharacters} characters were expected, were {text.Length}.", nameof(payload));
        }

        var json = string.Create(CultureInfo.InvariantCulture, $$"""{"type":"{{Word(type)}}","payload":{{text}},"timestamp":"{{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'}}"}""");
        lock (_gate)
        {
            // Under one lock, so that every node tells in the same order.
            here.Tell(account, StreamFrame.Of(json, Numbering.Next));
            relay.Send(account, json);
        }
    }

    private static string Word(PersonalMessage type) => type switch
    {
        PersonalMessage.RecommendationChange => "recommendation_change",
        PersonalMessage.GoalProgress => "goal_progress",
        PersonalMessage.Alert => "alert",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A kind of personal message was expected."),
    };
}
