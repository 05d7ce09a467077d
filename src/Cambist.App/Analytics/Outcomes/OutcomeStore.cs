using System.Data.Common;
using System.Text.Json;
using Cambist.App.Storage;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>What came of the advice of the decision log. An advice is noted once and its outcome kept once, whoever comes first: any number of nodes may do the same work.</summary>
internal sealed class OutcomeStore(Database database)
{
    private const string Columns = "number, asked_at, pair, usd, days, risk, waits, decided_by, confidence, due, cheaper, cost_bps, gains";

    /// <summary>The last entry of the log that was noted; 0 where none was.</summary>
    public long LastNoted()
    {
        using var connection = database.Connect();
        return connection.Scalar("SELECT max(number) FROM advice_outcome;") is long number ? number : 0;
    }

    /// <summary>Notes advice whose outcome is awaited.</summary>
    public void Add(IReadOnlyList<OutcomeRow> rows)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        foreach (var row in rows)
        {
            connection.Execute(
                $"INSERT INTO advice_outcome ({Columns}) VALUES (@number, @asked, @pair, @usd, @days, @risk, @waits, @decided, @confidence, @due, NULL, NULL, NULL) ON CONFLICT DO NOTHING;",
                ("number", row.Number),
                ("asked", database.Stored(row.AskedAt)),
                ("pair", row.Pair),
                ("usd", row.Usd),
                ("days", row.Days),
                ("risk", row.Risk),
                ("waits", row.Waits ? 1 : 0),
                ("decided", row.DecidedBy),
                ("confidence", row.Confidence),
                ("due", row.Due is { } due ? database.Stored(due) : null));
        }

        transaction.Commit();
    }

    /// <summary>Advice whose outcome may be known at an instant, the longest awaited first.</summary>
    public IReadOnlyList<OutcomeRow> Due(DateTimeOffset now, int most)
    {
        using var connection = database.Connect();
        return connection.Rows($"SELECT {Columns} FROM advice_outcome WHERE due <= @now ORDER BY due, number LIMIT @most;", Read, ("now", database.Stored(now)), ("most", most));
    }

    /// <summary>Advice that was asked for in [from, to), in order.</summary>
    public IReadOnlyList<OutcomeRow> Asked(DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = database.Connect();
        return connection.Rows($"SELECT {Columns} FROM advice_outcome WHERE asked_at >= @from AND asked_at < @to ORDER BY asked_at, number;", Read, ("from", database.Stored(from)), ("to", database.Stored(to)));
    }

    /// <summary>Keeps what has come of advice; what somebody else has kept meanwhile is passed over.</summary>
    public void Keep(IReadOnlyList<(OutcomeRow Row, WhatCame Came, DateTimeOffset? Due)> settled)
    {
        using var connection = database.Connect();
        using var transaction = connection.BeginTransaction();
        foreach (var (row, came, due) in settled)
        {
            connection.Execute(
                "UPDATE advice_outcome SET cheaper = @cheaper, cost_bps = @cost, gains = @gains, due = @next WHERE number = @number AND due = @due;",
                ("cheaper", came.Cheaper is { } cheaper ? cheaper ? 1 : 0 : null),
                ("cost", came.CostBps),
                ("gains", Stored(came.Gains)),
                ("next", due is { } next ? database.Stored(next) : null),
                ("number", row.Number),
                ("due", database.Stored(row.Due!.Value)));
        }

        transaction.Commit();
    }

    private OutcomeRow Read(DbDataReader row) => new(
        row.GetInt64(0),
        database.InstantAt(row, 1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetDouble(3),
        row.GetDouble(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.GetInt32(6) == 1,
        row.IsDBNull(7) ? null : row.GetString(7),
        row.IsDBNull(8) ? null : row.GetDouble(8),
        row.IsDBNull(9) ? null : database.InstantAt(row, 9),
        new WhatCame(
            row.IsDBNull(10) ? null : row.GetInt32(10) == 1,
            row.IsDBNull(11) ? null : row.GetDouble(11),
            row.IsDBNull(12) ? null : GainsOf(row.GetString(12))));

    // By the words of the strategies, so that what is stored keeps its meaning when another strategy joins them.
    private static string? Stored(IReadOnlyList<AdviceGain?>? gains) => gains is null ? null : JsonSerializer.Serialize(AdviceStrategies.All.Zip(gains).ToDictionary(known => AdviceStrategies.Words.Of(known.First), known => known.Second));

    private static IReadOnlyList<AdviceGain?> GainsOf(string stored)
    {
        var gains = JsonSerializer.Deserialize<Dictionary<string, AdviceGain?>>(stored)!;
        return [.. AdviceStrategies.All.Select(strategy => gains.GetValueOrDefault(AdviceStrategies.Words.Of(strategy)))];
    }
}
