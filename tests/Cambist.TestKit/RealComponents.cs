namespace Cambist.TestKit;

/// <summary>The real components that tests know. <c>./test</c> starts or finds each of them.</summary>
public static class RealComponents
{
    /// <summary>A PostgreSQL server whose databases are thrown away: the connection string of a superuser.</summary>
    public static RealComponent Postgres { get; } =
        new("PostgreSQL", "CAMBIST_TEST_POSTGRES", "./test starts one where it is installed");

    /// <summary>The same server, where it has TimescaleDB loaded.</summary>
    public static RealComponent Timescale { get; } =
        new("TimescaleDB", "CAMBIST_TEST_TIMESCALE", "./test uses it where PostgreSQL has its library");

    /// <summary>A Redis server whose keys are thrown away: <c>host:port</c>.</summary>
    public static RealComponent Redis { get; } =
        new("Redis", "CAMBIST_TEST_REDIS", "./test starts one where it is installed");

    /// <summary>The path of a Chromium or Chrome executable.</summary>
    public static RealComponent Chromium { get; } =
        new("Chromium", "CAMBIST_TEST_CHROMIUM", "./test finds one where it is installed");
}
