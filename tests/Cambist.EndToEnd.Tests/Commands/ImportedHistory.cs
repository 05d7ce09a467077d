using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>A data folder with seeded history up to Wednesday 18 March 2026, 12:00 UTC, imported by the program.</summary>
public sealed class ImportedHistory : IAsyncLifetime
{
    public static readonly DateTimeOffset End = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _files = new();
    private readonly TemporaryFolder _data = new();

    /// <summary>The folder of <c>--data</c>.</summary>
    public string Data => _data.Path;

    public async ValueTask InitializeAsync()
    {
        SeededHistory.Write(_files.Path, End);
        var imported = await CommandLine.RunAsync("history", "import", _files.Path, "--data", Data);
        Assert.True(imported.ExitCode == 0, imported.Error);
    }

    public ValueTask DisposeAsync()
    {
        _files.Dispose();
        _data.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that read one and the same data folder.</summary>
[CollectionDefinition(Name)]
public sealed class ImportedHistoryTests : ICollectionFixture<ImportedHistory>
{
    public const string Name = "imported history";
}
