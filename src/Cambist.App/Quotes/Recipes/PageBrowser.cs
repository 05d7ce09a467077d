using System.ComponentModel;
using System.Text.Json;
using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes.Recipes;

/// <summary>
/// Reads pages with a browser that another program drives. The program is started at the first job and stays; jobs go one at a time; one that takes too long, or is given up, ends the program with its browser, and
/// the next job starts it again.
/// </summary>
internal sealed class PageBrowser(PageBrowserOptions options) : IPageReader, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private RunnerProcess? _runner;
    private bool _isDisposed;

    /// <summary>The process id of the program; null where it does not run.</summary>
    public int? RunnerId => _runner is { IsRunning: true } runner ? runner.Id : null;

    public async Task<PageResult> ReadAsync(PageJob job, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await AskAsync(job, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    // A job that is under way ends with the program, and gives its turn back.
    public void Dispose()
    {
        _isDisposed = true;
        if (_turn.CurrentCount > 0)
        {
            _runner?.Close();
        }

        Stop();
    }

    private async Task<PageResult> AskAsync(PageJob job, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.JobLimit);
        try
        {
            var runner = Running();
            var answer = await runner.AskAsync(JsonSerializer.Serialize(job, PageWire.Json), limit.Token);
            return answer is null ? Ended(job) : JsonSerializer.Deserialize<PageResult>(answer, PageWire.Json)!;
        }
        catch (OperationCanceledException)
        {
            // A result that nobody waits for would be taken for the next job's.
            Stop();
            cancellationToken.ThrowIfCancellationRequested();
            return new PageResult { Id = job.Id, Outage = $"The recipe was not done within {options.JobLimit.TotalSeconds:0.#} s; its browser was ended." };
        }
        catch (IOException)
        {
            return Ended(job);
        }
        catch (Win32Exception fault)
        {
            return new PageResult { Id = job.Id, Outage = $"The program that drives the browser cannot be started ({fault.Message})." };
        }
        catch (JsonException fault)
        {
            Stop();
            return new PageResult { Id = job.Id, Outage = $"The program that drives the browser is of another version, or broken ({fault.Message})." };
        }
    }

    private RunnerProcess Running()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_runner is { IsRunning: false })
        {
            Stop();
        }

        return _runner ??= RunnerProcess.Start(BrowserPaths.Pages(options), BrowserPaths.Browser(options));
    }

    private PageResult Ended(PageJob job)
    {
        var words = _runner?.LastWords is { Length: > 0 } last ? $": {SourceWords.Of(last, apiKey: null)}" : "";
        Stop();
        return new PageResult { Id = job.Id, Outage = $"The program that drives the browser ended in mid-recipe{words}." };
    }

    private void Stop() => Interlocked.Exchange(ref _runner, null)?.Dispose();
}
