using System.Globalization;
using Cambist.App.Storage;

namespace Cambist.App.Rates.Sources;

/// <summary>Calls spent of each source's allowance, by UTC day. A restart forgets none, and several processes together spend no more than there is.</summary>
public sealed class QuotaStore(Database database)
{
    /// <summary>Spends a call's cost where the day's limit allows it; otherwise spends nothing and returns false.</summary>
    public bool TrySpend(string source, DateOnly day, int cost, int limit)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            INSERT INTO source_quota (source, day, spent) SELECT @source, @day, @cost WHERE @cost <= @limit
            ON CONFLICT (source, day) DO UPDATE SET spent = source_quota.spent + excluded.spent WHERE source_quota.spent + excluded.spent <= @limit;
            """,
            ("source", source),
            ("day", day),
            ("cost", cost),
            ("limit", limit)) > 0;
    }

    /// <summary>What was spent on a day.</summary>
    public int SpentOn(string source, DateOnly day)
    {
        using var connection = database.Connect();
        return Convert.ToInt32(connection.Scalar("SELECT spent FROM source_quota WHERE source = @source AND day = @day;", ("source", source), ("day", day)), CultureInfo.InvariantCulture);
    }

    /// <summary>The service itself says that nothing is left: the whole limit counts as spent.</summary>
    public void Exhaust(string source, DateOnly day, int limit)
    {
        using var connection = database.Connect();
        connection.Execute(
            """
            INSERT INTO source_quota (source, day, spent) VALUES (@source, @day, @limit)
            ON CONFLICT (source, day) DO UPDATE SET spent = excluded.spent WHERE source_quota.spent < excluded.spent;
            """,
            ("source", source),
            ("day", day),
            ("limit", limit));
    }
}
