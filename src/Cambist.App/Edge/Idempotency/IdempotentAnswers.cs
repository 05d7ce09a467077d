using System.Data.Common;
using System.Text;
using Cambist.App.Privacy;
using Cambist.App.Storage;

namespace Cambist.App.Edge.Idempotency;

/// <summary>An answer as it was given.</summary>
internal sealed record KeptAnswer(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>What is known of a key when a request comes with it.</summary>
internal abstract record KnownKey
{
    /// <summary>Nothing was: the request is to be answered, and then kept or released.</summary>
    internal sealed record New : KnownKey;

    /// <summary>The same request is being answered.</summary>
    internal sealed record Running : KnownKey;

    /// <summary>It came with another body.</summary>
    internal sealed record Other : KnownKey;

    /// <summary>It was answered.</summary>
    internal sealed record Answered(KeptAnswer Answer) : KnownKey;
}

/// <summary>Keeps answers by key for a day, encrypted, for they may tell what is personal. Of requests with one key that come at once, on whichever node, one is answered.</summary>
internal sealed class IdempotentAnswers(Database database, FieldCipher cipher, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    // No answer takes so long: whoever began it is gone.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Takes a key for a request, unless somebody has.</summary>
    public KnownKey Begin(byte[] id, byte[] body)
    {
        var now = clock.GetUtcNow();
        using var connection = database.Connect();
        connection.Execute(
            "DELETE FROM idempotent_answer WHERE begun_at <= @old OR (id = @id AND status IS NULL AND begun_at <= @gone);",
            ("old", database.Stored(now - Kept)), ("id", id), ("gone", database.Stored(now - Longest)));
        var isNew = connection.Execute(
            "INSERT INTO idempotent_answer (id, body, begun_at) VALUES (@id, @body, @now) ON CONFLICT DO NOTHING;", ("id", id), ("body", body), ("now", database.Stored(now))) == 1;
        if (isNew)
        {
            return new KnownKey.New();
        }

        var found = connection.Rows("SELECT body, status, content_type, location, answer FROM idempotent_answer WHERE id = @id;", row => Read(row, id, body), ("id", id));
        return found.Count == 1 ? found[0] : new KnownKey.Running(); // Released between the two: it is for the client to ask again.
    }

    /// <summary>Keeps the answer.</summary>
    public void Keep(byte[] id, KeptAnswer answer)
    {
        using var connection = database.Connect();
        connection.Execute(
            "UPDATE idempotent_answer SET status = @status, content_type = @type, location = @location, answer = @answer WHERE id = @id;",
            ("status", answer.Status), ("type", answer.ContentType), ("location", answer.Location), ("answer", Encoding.ASCII.GetBytes(cipher.Encrypt(Convert.ToBase64String(answer.Body), PlaceOf(id)))), ("id", id));
    }

    /// <summary>Forgets a request that had no effect, so that it may be made again.</summary>
    public void Release(byte[] id)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM idempotent_answer WHERE id = @id AND status IS NULL;", ("id", id));
    }

    private KnownKey Read(DbDataReader row, byte[] id, byte[] body)
    {
        if (!row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(body))
        {
            return new KnownKey.Other();
        }

        return row.IsDBNull(1)
            ? new KnownKey.Running()
            : new KnownKey.Answered(new KeptAnswer(row.GetInt32(1), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), BodyOf(row.GetFieldValue<byte[]>(4), id)));
    }

    private byte[] BodyOf(byte[] envelope, byte[] id) => Convert.FromBase64String(cipher.Decrypt(Encoding.ASCII.GetString(envelope), PlaceOf(id)));

    private static FieldPlace PlaceOf(byte[] id) => new("idempotent_answer.answer", Convert.ToHexStringLower(id));
}
