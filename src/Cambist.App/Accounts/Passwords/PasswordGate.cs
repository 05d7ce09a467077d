namespace Cambist.App.Accounts.Passwords;

/// <summary>More people log in at once than the service takes.</summary>
public sealed class TooManyLoginsException() : Exception("More passwords are being checked than the service checks at a time.");

/// <summary>
/// Lets few passwords be hashed at a time, so that log-ins leave cores for everything else; some wait, in order, and beyond those nobody is let in.
/// </summary>
public sealed class PasswordGate(AuthOptions options) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(options.ParallelHashes, options.ParallelHashes);
    private int _inside;

    /// <summary>Does what hashes a password, when it is its turn.</summary>
    /// <exception cref="TooManyLoginsException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _inside) > options.ParallelHashes + options.WaitingHashes)
        {
            Interlocked.Decrement(ref _inside);
            throw new TooManyLoginsException();
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _turns.Dispose();
}
