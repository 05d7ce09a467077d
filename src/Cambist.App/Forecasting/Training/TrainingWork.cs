namespace Cambist.App.Forecasting.Training;

/// <summary>
/// The folder that one training works in: its features and the network's checkpoints, some hundred megabytes. It belongs to one process at a time, is gone afterwards, and stays only where
/// the same training may go on from it; what nobody went on with for some days is swept by the next training.
/// </summary>
internal sealed class TrainingWork : IDisposable
{
    // Nights have other hours to learn from: what was broken off goes on within a day or never.
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(3);

    // EWOULDBLOCK of Linux and of macOS as .NET passes them on, and ERROR_SHARING_VIOLATION of Windows.
    private static readonly int[] IsHeld = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;
    private bool _isKept;

    private TrainingWork(string folder, FileStream held) => (Folder, _lock) = (folder, held);

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>Takes the folder of a training, and clears away those of others that were given up.</summary>
    /// <param name="parent">The folder of all trainings.</param>
    /// <param name="key">What the training is told by.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="TrainingFailedException">Another process is at the same training.</exception>
    public static TrainingWork Take(string parent, string key, DateTimeOffset now)
    {
        Directory.CreateDirectory(parent);
        var folder = Path.Combine(parent, key);
        var held = TryHold(folder) ?? throw new TrainingFailedException("already_training", "The same training is running already, by another process. Wait for its end, or ask for another one.");
        Directory.CreateDirectory(folder);
        foreach (var other in Directory.EnumerateDirectories(parent).Where(other => other != folder && LastWrite(other) < now.UtcDateTime - Abandoned).ToList())
        {
            Sweep(other);
        }

        return new TrainingWork(folder, held);
    }

    /// <summary>Leaves the folder for the same training to go on from.</summary>
    public void Keep() => _isKept = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isKept)
        {
            TryDelete(Folder);
        }

        _lock.Dispose();
    }

    // Beside the folder and not in it: it is held until the folder is gone, so nobody begins in one that is being deleted.
    private static FileStream? TryHold(string folder)
    {
        try
        {
            return new FileStream($"{folder}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException fault) when (IsHeld.Contains(fault.HResult))
        {
            return null;
        }
    }

    // A folder itself is written to when a file of it comes or goes; a file in it may grow for longer.
    private static DateTime LastWrite(string folder) =>
        Directory.EnumerateFiles(folder).Select(File.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max();

    private static void Sweep(string folder)
    {
        using var held = TryHold(folder);
        if (held is not null)
        {
            TryDelete(folder);
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is looked at again by a training some days later.
        }
    }
}
