using System.Globalization;
using Cambist.App.Storage;
using Npgsql;

namespace Cambist.App.Rates.Ticks;

/// <summary>The monthly partitions of ticks on plain PostgreSQL, <c>tick_2026_03</c>.</summary>
internal static class TickPartitions
{
    private const string Format = "'tick_'yyyy'_'MM";
    private const long LockKey = 0x5469636B; // "Tick"

    /// <summary>Creates the partitions that are lacking, each in a transaction of its own: the lock on the whole table that it takes is short.</summary>
    public static void Ensure(NpgsqlConnection connection, IReadOnlyList<Tick> ticks)
    {
        foreach (var month in ticks.Select(tick => MonthOf(tick.EffectiveAt)).Distinct().ToList())
        {
            if (connection.Scalar("SELECT to_regclass(@name)::text;", ("name", NameOf(month))) is string)
            {
                continue;
            }

            using var transaction = connection.BeginTransaction();
            connection.Execute("SELECT pg_advisory_xact_lock(@key);", ("key", LockKey));
            connection.Execute($"CREATE TABLE IF NOT EXISTS {NameOf(month)} PARTITION OF tick FOR VALUES FROM ('{Bound(month)}') TO ('{Bound(month.AddMonths(1))}');");
            transaction.Commit();
        }
    }

    /// <summary>Drops the partitions that end by an instant, and returns the number of their rows.</summary>
    public static long DropEnded(NpgsqlConnection connection, DateTimeOffset by)
    {
        var dropped = 0L;
        foreach (var month in Months(connection).Where(month => month.AddMonths(1) <= by.UtcDateTime))
        {
            dropped += (long)connection.Scalar($"SELECT count(*) FROM {NameOf(month)};")!;
            connection.Execute($"DROP TABLE IF EXISTS {NameOf(month)};");
        }

        return dropped;
    }

    private static List<DateTime> Months(NpgsqlConnection connection)
    {
        using var command = connection.Command("SELECT relname::text FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = 'tick'::regclass;");
        using var reader = command.ExecuteReader();
        var months = new List<DateTime>();
        while (reader.Read())
        {
            months.Add(DateTime.ParseExact(reader.GetString(0), Format, CultureInfo.InvariantCulture));
        }

        return months;
    }

    private static DateTime MonthOf(DateTimeOffset instant) => new(instant.UtcDateTime.Year, instant.UtcDateTime.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    private static string NameOf(DateTime month) => month.ToString(Format, CultureInfo.InvariantCulture);

    private static string Bound(DateTime month) => month.ToString("yyyy-MM-dd' 00:00:00+00'", CultureInfo.InvariantCulture);
}
