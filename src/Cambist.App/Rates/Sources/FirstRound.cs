namespace Cambist.App.Rates.Sources;

/// <summary>Tells when what the sources said at first was taken: from then on there is something to compare with.</summary>
public sealed class FirstRound
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the round.</summary>
    public Task Over => _over.Task;

    internal void End() => _over.TrySetResult();
}
