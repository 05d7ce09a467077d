using System.Diagnostics;
using System.Text;

namespace Cambist.TestKit;

/// <summary>A command that was started and has perhaps not ended. One that is disposed of while it runs is killed.</summary>
public sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly StringBuilder _error = new();
    private readonly Task<string> _out;
    private readonly Task _errors;

    internal RunningCommand(Process process)
    {
        _process = process;
        process.StandardInput.Close();
        _out = process.StandardOutput.ReadToEndAsync();
        _errors = ReadErrorsAsync();
    }

    /// <summary>Told with each line of standard error.</summary>
    public event Action<string>? Said;

    /// <summary>Whether it has not ended.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Waits for a line of standard error that holds a word.</summary>
    /// <exception cref="InvalidOperationException">The command ended without saying it.</exception>
    public async Task<string> SaysAsync(string word)
    {
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Said += line =>
        {
            if (line.Contains(word, StringComparison.Ordinal))
            {
                said.TrySetResult(line);
            }
        };

        // It may have been said before anyone listened.
        if (Find(word) is { } line)
        {
            return line;
        }

        await Task.WhenAny(said.Task, _errors).WaitAsync(Patience);
        return said.Task.IsCompleted ? await said.Task : Find(word) ?? throw new InvalidOperationException($"Expected '{word}' on standard error, found: {_error}");
    }

    /// <summary>Sends a signal by its name, as in <c>INT</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _errors;
        return new CommandResult(_process.ExitCode, await _out, _error.ToString());
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
            {
                _error.Append(line).Append('\n');
            }

            Said?.Invoke(line);
        }
    }

    private string? Find(string word)
    {
        lock (_error)
        {
            return _error.ToString().Split('\n').FirstOrDefault(line => line.Contains(word, StringComparison.Ordinal));
        }
    }
}
