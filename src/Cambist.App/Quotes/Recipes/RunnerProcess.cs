using System.Diagnostics;
using System.Text;

namespace Cambist.App.Quotes.Recipes;

/// <summary>The program that drives the browser, as a child of this one. It ends when its input ends, so also with this program however that ends.</summary>
internal sealed class RunnerProcess : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly DirectoryInfo _scratch;
    private readonly Lock _gate = new();
    private string _lastWords = "";

    private RunnerProcess(Process process, DirectoryInfo scratch)
    {
        (_process, _scratch) = (process, scratch);
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
        // A browser that is killed leaves its profile behind: in a folder that is removed. On macOS a longer path would not fit the name of a socket.
        var scratch = Directory.CreateTempSubdirectory("cambist-pages-");
        foreach (var variable in OperatingSystem.IsMacOS() ? [] : new[] { "TMPDIR", "TMP", "TEMP" })
        {
            start.Environment[variable] = scratch.FullName;
        }

        try
        {
            return new RunnerProcess(Process.Start(start)!, scratch);
        }
        catch
        {
            scratch.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Hands it a job and waits for its result; null where it ended instead.</summary>
    /// <exception cref="IOException">It ended before it had taken the job.</exception>
    public async Task<string?> AskAsync(string job, CancellationToken cancellationToken)
    {
        await _process.StandardInput.WriteLineAsync(job.AsMemory(), cancellationToken);
        await _process.StandardInput.FlushAsync(cancellationToken);
        return await _process.StandardOutput.ReadLineAsync(cancellationToken);
    }

    /// <summary>Lets it close its browser, as it does when its input ends; where it does not in a moment, <see cref="Dispose"/> ends it.</summary>
    public void Close()
    {
        try
        {
            _process.StandardInput.Close();
            _process.WaitForExit(EndPatience);
        }
        catch (IOException)
        {
            // It has ended already, and with it the line.
        }
    }

    /// <summary>Ends it with all that it has started.</summary>
    public void Dispose()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.WaitForExit(EndPatience);
        _process.Dispose();
        try
        {
            _scratch.Delete(recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A browser that is still ending holds it: temporary files are the system's to clear.
        }
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
