using System.Globalization;
using System.Text.Json;
using Cambist.App.Storage;
using Cambist.Client;

namespace Cambist.App.Analytics;

/// <summary>Replays of the advice that were kept. The newest is in memory until there is a newer one. Safe to use from any thread.</summary>
public sealed class AdviceReplayStore(Database database)
{
    private const int Kept = 5;

    private volatile Read? _newest;

    /// <summary>Keeps a replay; of older ones the last few stay.</summary>
    public void Keep(ReplayedAdvice replayed)
    {
        ArgumentNullException.ThrowIfNull(replayed);
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "INSERT INTO advice_replay (computed_at, document) VALUES (@at, @document);",
            ("at", database.Stored(replayed.ComputedAt)),
            ("document", JsonSerializer.Serialize(replayed, CambistJson.Wire.ReplayedAdvice)));
        connection.Execute("DELETE FROM advice_replay WHERE id NOT IN (SELECT id FROM advice_replay ORDER BY id DESC LIMIT @kept);", ("kept", Kept));
        transaction.Commit();
    }

    /// <summary>The newest replay; null where none was kept.</summary>
    public ReplayedAdvice? Newest()
    {
        using var connection = database.Connect();
        if (connection.Scalar("SELECT max(id) FROM advice_replay;") is not { } scalar || scalar is DBNull)
        {
            return null;
        }

        var id = Convert.ToInt64(scalar, CultureInfo.InvariantCulture);
        if (_newest is { } known && known.Id == id)
        {
            return known.Replayed;
        }

        // Gone where a newer one has just taken its place; the next request finds that.
        if (connection.Scalar("SELECT document FROM advice_replay WHERE id = @id;", ("id", id)) is not string document)
        {
            return _newest?.Replayed;
        }

        _newest = new Read(id, JsonSerializer.Deserialize(document, CambistJson.Wire.ReplayedAdvice)!);
        return _newest.Replayed;
    }

    private sealed record Read(long Id, ReplayedAdvice Replayed);
}
