using Cambist.App.Storage;

namespace Cambist.App.Forecasting.Training;

/// <summary>Work that one of all nodes does once a day: who does it, and on which day it was begun last.</summary>
internal sealed class DailyJobStore(Database database)
{
    /// <summary>Makes a job known, as if it had been done on a day: a new installation waits for its first night.</summary>
    public void Know(string job, int day)
    {
        using var connection = database.Connect();
        connection.Execute("INSERT INTO daily_job (name, day, state) VALUES (@job, @day, 'waiting') ON CONFLICT DO NOTHING;", ("job", job), ("day", day));
    }

    /// <summary>
    /// Begins a day's run, for one who asks: false where it was begun on that day or later and has ended, or somebody is at it. A run that was stopped, or whose lease has ended, is begun again.
    /// </summary>
    public bool TryBegin(string job, int day, string owner, DateTimeOffset now, TimeSpan lease)
    {
        using var connection = database.Connect();
        return connection.Execute(
            """
            UPDATE daily_job SET day = @day, state = 'running', owner = @owner, lease_until = @until, started_at = @now, ended_at = NULL, told = NULL
            WHERE name = @job AND ((day < @day AND (state <> 'running' OR lease_until < @now)) OR (day = @day AND (state = 'stopped' OR (state = 'running' AND lease_until < @now))));
            """,
            ("job", job),
            ("day", day),
            ("owner", owner),
            ("now", database.Stored(now)),
            ("until", database.Stored(now + lease))) > 0;
    }

    /// <summary>Keeps the lease; false where somebody else has it.</summary>
    public bool TryRenew(string job, string owner, DateTimeOffset now, TimeSpan lease)
    {
        using var connection = database.Connect();
        return connection.Execute(
            "UPDATE daily_job SET lease_until = @until WHERE name = @job AND owner = @owner AND state = 'running';", ("job", job), ("owner", owner), ("until", database.Stored(now + lease))) > 0;
    }

    /// <summary>Ends a run, where its lease is still held: <c>done</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public void End(string job, string owner, DateTimeOffset now, string state, string told)
    {
        using var connection = database.Connect();
        connection.Execute(
            "UPDATE daily_job SET state = @state, ended_at = @now, lease_until = NULL, told = @told WHERE name = @job AND owner = @owner AND state = 'running';",
            ("job", job),
            ("owner", owner),
            ("now", database.Stored(now)),
            ("state", state),
            ("told", told));
    }

    /// <summary>The newest day on which a job was begun, its state and what it told; null where it is not known.</summary>
    public (int Day, string State, string? Told)? Find(string job)
    {
        using var connection = database.Connect();
        var rows = connection.Rows("SELECT day, state, told FROM daily_job WHERE name = @job;", row => (row.GetInt32(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2)), ("job", job));
        return rows.Count == 0 ? null : rows[0];
    }
}
