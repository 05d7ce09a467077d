using System.Diagnostics;
using System.Text;

namespace Cambist.App.Quotes.Recipes;

/// <summary>The program that drives the browser, as a child of this one. It ends when its input ends, so also with this program however that ends.</summary>
internal sealed class RunnerProcess : IDisposable
{
    private readonly Process _process;
    private readonly Lock _gate = new();
    private string _lastWords = "";

    private RunnerProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>What it said last beside its results, in one line.</summary>
    public string LastWords
    {
        get
        {
            lock (_gate)
            {
                return _lastWords;
            }
        }
    }

    /// <summary>Starts it.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static RunnerProcess Start(string runner, string chromium)
    {
        var start = new ProcessStartInfo(runner, ["--chromium", chromium])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            CreateNoWindow = true,
        };
        return new RunnerProcess(Process.Start(start)!);
    }

    /// <summary>Hands it a job and waits for its result; null where it ended instead.</summary>
    /// <exception cref="IOException">It ended before it had taken the job.</exception>
    public async Task<string?> AskAsync(string job, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(job.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await _process.StandardOutput.ReadLineAsync(cancellationToken);
    }

    /// <summary>Ends it with all that it has started.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            lock (_gate)
            {
                _lastWords = line;
            }
        }
    }
}
