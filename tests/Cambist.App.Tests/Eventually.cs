using Xunit;

namespace Cambist.App.Tests;

/// <summary>Waits for what happens aside and tells nobody.</summary>
internal static class Eventually
{
    // Often enough for a test, and seldom enough to leave the cores to what is waited for.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Looks until it is so.</summary>
    /// <param name="isSo">Whether it is.</param>
    /// <param name="atMost">How long, by the real time.</param>
    /// <exception cref="OperationCanceledException">It was not in that time.</exception>
    public static async Task TrueAsync(Func<Task<bool>> isSo, TimeSpan atMost)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(atMost);
        while (!await isSo())
        {
            await Task.Delay(Pause, limit.Token);
        }
    }

    /// <inheritdoc cref="TrueAsync(Func{Task{bool}}, TimeSpan)" />
    public static Task TrueAsync(Func<bool> isSo, TimeSpan atMost) => TrueAsync(() => Task.FromResult(isSo()), atMost);
}
