using Cambist.App.Storage;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>How far back a backfill has come, so that one that was stopped goes on where it was.</summary>
public sealed class BackfillStore(Database database)
{
    /// <summary>The instant down to which a source's history of a pair has been fetched; null where that has not begun.</summary>
    /// <param name="source">Id of the source.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="unit">What is fetched, as in <c>hour</c> or <c>day</c>.</param>
    public DateTimeOffset? ReachedBackTo(string source, CurrencyPair pair, string unit)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            "SELECT back_to FROM backfill WHERE source = @source AND pair = @pair AND unit = @unit;", ("source", source), ("pair", pair.Symbol), ("unit", unit));
        using var reader = command.ExecuteReader();
        return reader.Read() ? database.InstantAt(reader, 0) : null;
    }

    /// <summary>Remembers that history has been fetched down to an instant. One that is later than what was reached before changes nothing.</summary>
    public void Reached(string source, CurrencyPair pair, string unit, DateTimeOffset backTo)
    {
        using var connection = database.Connect();
        connection.Execute(
            """
            INSERT INTO backfill (source, pair, unit, back_to) VALUES (@source, @pair, @unit, @back)
            ON CONFLICT (source, pair, unit) DO UPDATE SET back_to = excluded.back_to WHERE excluded.back_to < backfill.back_to;
            """,
            ("source", source),
            ("pair", pair.Symbol),
            ("unit", unit),
            ("back", database.Stored(backTo)));
    }
}
