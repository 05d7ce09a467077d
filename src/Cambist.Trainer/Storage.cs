namespace Cambist.Trainer;

/// <summary>A file or folder could not be written; nothing half-written is left under its name.</summary>
internal sealed class StorageException(string path, Exception cause)
    : Exception($"{path} could not be written ({cause.Message}). Nothing was left half-written; make room or give another folder, and start the same job again.", cause);

/// <summary>Files appear whole or not at all: they are written beside their place, flushed to the disk, and renamed.</summary>
internal static class Storage
{
    /// <summary>Replaces a file.</summary>
    /// <exception cref="StorageException">The disk is full, or the place cannot be written to. An older file of that name is untouched.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var part = path + ".part";
        try
        {
            Write(part, content);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (IsOfStorage(error))
        {
            TryDelete(() => File.Delete(part));
            throw new StorageException(path, error);
        }
    }

    /// <summary>Makes a new folder with what <paramref name="fill"/> writes into it.</summary>
    /// <exception cref="StorageException">The disk is full, the place cannot be written to, or a folder of that name is there.</exception>
    public static void CreateFolder(string path, Action<string> fill)
    {
        var part = path.TrimEnd(Path.DirectorySeparatorChar) + ".part";
        try
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
            Directory.CreateDirectory(part);
            fill(part);
            Directory.Move(part, path);
        }
        catch (Exception error)
        {
            TryDelete(() => Directory.Delete(part, recursive: true));
            if (IsOfStorage(error))
                throw new StorageException(path, error);
            throw;
        }
    }

    /// <summary>Writes a new file and waits until the disk has it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        // Without a buffer, so that nothing is left to be written when the file is closed.
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // That is how .NET tells of a file that is longer than the file system or a quota allows (EFBIG).
            throw new IOException(error.Message, error);
        }
    }

    private static bool IsOfStorage(Exception error) => error is IOException or UnauthorizedAccessException;

    // The fault that is being told is the one that matters.
    private static void TryDelete(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
