using System.Diagnostics;
using System.Text.RegularExpressions;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary><c>cambist serve --demo</c> as a process, with a temporary folder of its own.</summary>
public sealed partial class Demo : IAsyncLifetime
{
    private readonly TemporaryFolder _temporary = new();
    private RunningCommand? _serve;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>From the start of the process to the last byte of its first page.</summary>
    public TimeSpan FirstPageAfter { get; private set; }

    /// <summary>Folders of stores that it has made.</summary>
    public int Stores => Directory.GetDirectories(_temporary.Path, "cambist-*").Length;

    public async ValueTask InitializeAsync()
    {
        var started = Stopwatch.StartNew();
        _serve = CommandLine.Start(new Dictionary<string, string> { ["TMPDIR"] = _temporary.Path }, "serve", "--demo", "--urls", "http://127.0.0.1:0");
        Address = new Uri(Listening().Match(await _serve.SaysAsync("listens on")).Value);
        using var http = new HttpClient();
        await http.GetStringAsync(Address, TestContext.Current.CancellationToken);
        FirstPageAfter = started.Elapsed;
    }

    /// <summary>Asks it to end, and waits until it has.</summary>
    public async Task<CommandResult> TerminateAsync()
    {
        await _serve!.SignalAsync("TERM");
        return await _serve.EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_serve is not null)
        {
            await _serve.DisposeAsync();
        }

        _temporary.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Listening();
}

/// <summary>Tests that measure a start or drive a browser; nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneOnTheMachine
{
    public const string Name = "alone on the machine";
}
