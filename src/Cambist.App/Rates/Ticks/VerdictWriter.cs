using System.Data.Common;
using System.Globalization;
using Cambist.App.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Cambist.App.Rates.Ticks;

/// <summary>Records what was refused, and how many observations of each minute met which verdict: on PostgreSQL in two statements however many they are, for each costs a way to the server and back.</summary>
internal sealed class VerdictWriter(Database database)
{
    private const string RefusalColumns = "observed_at, effective_at, pair, source, bid, ask, verdict, code, detail";
    private const string Add = "ON CONFLICT (minute, source, verdict, code) DO UPDATE SET count = verdict_count.count + excluded.count;";
    private const string Accepted = "accepted";

    /// <summary>Writes in the transaction that the connection is in.</summary>
    public void Write(DbConnection connection, IReadOnlyList<Tick> ticks, IReadOnlyList<RefusedRate> refused)
    {
        // In one order, so that two writers wait for each other and do not block each other for ever.
        var counts = ticks.Select(tick => (Minute: MinuteOf(tick.ObservedAt), tick.Source, Verdict: Accepted, Code: ""))
            .Concat(refused.Select(rate => (Minute: MinuteOf(rate.ObservedAt), rate.Source, rate.Verdict, rate.Code)))
            .CountBy(met => met)
            .OrderBy(count => count.Key)
            .ToList();
        if (connection is NpgsqlConnection postgres)
        {
            Copy(postgres, refused);
            connection.Execute(
                $"INSERT INTO verdict_count (minute, source, verdict, code, count) SELECT * FROM unnest(@minutes, @sources, @verdicts, @codes, @counts) {Add}",
                ("minutes", counts.Select(count => (DateTime)database.Stored(count.Key.Minute)).ToArray()),
                ("sources", counts.Select(count => count.Key.Source).ToArray()),
                ("verdicts", counts.Select(count => count.Key.Verdict).ToArray()),
                ("codes", counts.Select(count => count.Key.Code).ToArray()),
                ("counts", counts.Select(count => (long)count.Value).ToArray()));
            return;
        }

        foreach (var rate in refused)
        {
            Insert(connection, rate);
        }

        foreach (var ((minute, source, verdict, code), count) in counts)
        {
            connection.Execute(
                $"INSERT INTO verdict_count (minute, source, verdict, code, count) VALUES (@minute, @source, @verdict, @code, @count) {Add}",
                ("minute", database.Stored(minute)),
                ("source", source),
                ("verdict", verdict),
                ("code", code),
                ("count", count));
        }
    }

    /// <summary>The beginning of an instant's minute.</summary>
    public static DateTimeOffset MinuteOf(DateTimeOffset instant) => new(instant.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private void Copy(NpgsqlConnection connection, IReadOnlyList<RefusedRate> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        using var copy = connection.BeginBinaryImport($"COPY refused_rate ({RefusalColumns}) FROM STDIN (FORMAT BINARY)");
        foreach (var rate in refused)
        {
            copy.StartRow();
            copy.Write((DateTime)database.Stored(rate.ObservedAt), NpgsqlDbType.TimestampTz);
            if (rate.EffectiveAt is { } effective)
            {
                copy.Write((DateTime)database.Stored(effective), NpgsqlDbType.TimestampTz);
            }
            else
            {
                copy.WriteNull();
            }

            foreach (var text in new[] { rate.Pair, rate.Source, Figure(rate.Bid), Figure(rate.Ask), rate.Verdict, rate.Code, rate.Detail })
            {
                copy.Write(text, NpgsqlDbType.Text);
            }
        }

        copy.Complete();
    }

    private void Insert(DbConnection connection, RefusedRate rate) => connection.Execute(
        $"INSERT INTO refused_rate ({RefusalColumns}) VALUES (@observed, @effective, @pair, @source, @bid, @ask, @verdict, @code, @detail);",
        ("observed", database.Stored(rate.ObservedAt)),
        ("effective", rate.EffectiveAt is { } effective ? database.Stored(effective) : null),
        ("pair", rate.Pair),
        ("source", rate.Source),
        ("bid", Figure(rate.Bid)),
        ("ask", Figure(rate.Ask)),
        ("verdict", rate.Verdict),
        ("code", rate.Code),
        ("detail", rate.Detail));

    private static string? Figure(decimal? figure) => figure?.ToString(CultureInfo.InvariantCulture);
}
