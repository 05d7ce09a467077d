namespace Cambist.App.Privacy;

/// <summary>A ring in a file that only its owner may read. A reader finds the old ring or the new one, never a part.</summary>
/// <param name="path">The file.</param>
/// <param name="isConfigured">Whether an operator named it. Its group may then read it, which is how a secret is mounted for a user who is not its owner.</param>
internal sealed class KeyRingFile(string path, bool isConfigured) : IKeyRingPlace
{
    public const string DefaultName = "keys.json";

    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Name => path;

    public bool BeginsItself => !isConfigured;

    public KeyRing? Read() => ReadWithMode().Ring;

    public KeyRing Change(Func<KeyRing?, KeyRing> change)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            using var _ = Lock();
            var (ring, mode) = ReadWithMode();
            var next = change(ring);
            if (!ReferenceEquals(next, ring))
            {
                Write(next, mode);
            }

            return next;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed("written", fault);
        }
    }

    private (KeyRing? Ring, UnixFileMode Mode) ReadWithMode()
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var mode = OperatingSystem.IsWindows() ? OwnersOnly : File.GetUnixFileMode(file.SafeFileHandle);
            var forbidden = isConfigured ? Others : Others | UnixFileMode.GroupRead;
            if ((mode & forbidden) != 0)
            {
                throw new KeyRingFaultException(
                    KeyRingFault.ReadableByOthers,
                    $"The key ring {path} has the mode {Convert.ToString((int)mode, 8)}, others than its owner may use it: {(isConfigured ? "at most 640" : "600")} was expected. If strangers may have read it, rotate the keys after 'chmod 600'.");
            }

            if (file.Length > MostBytes)
            {
                throw new KeyRingFaultException(KeyRingFault.Garbled, $"The key ring {path} cannot be read: it has more than {MostBytes} bytes.");
            }

            var text = new byte[file.Length];
            file.ReadExactly(text);
            return (KeyRingJson.Read(text), mode);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, OwnersOnly);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Failed("read", fault);
        }
    }

    private void Write(KeyRing ring, UnixFileMode mode)
    {
        // One name is enough under the lock; what a killed process left is overwritten by none and removed here.
        var part = path + ".part";
        File.Delete(part);
        try
        {
            using (var file = new FileStream(part, Options(FileMode.CreateNew, FileAccess.Write)))
            {
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file.SafeFileHandle, mode | UnixFileMode.UserWrite);
                }

                file.Write(KeyRingJson.Write(ring));
                file.Flush(flushToDisk: true);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }

    // A file beside it, which stays: removing it would let two hold the lock. The operating system lets go when a process ends, however it ends.
    private FileStream Lock()
    {
        var begun = Environment.TickCount64;
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException fault) when (IsHeld(fault))
            {
                if (Environment.TickCount64 - begun > Patience.TotalMilliseconds)
                {
                    throw new KeyRingFaultException(KeyRingFault.Busy, $"The key ring {path} cannot be changed: another process holds {path}.lock for more than {Patience.TotalSeconds} s.");
                }

                Thread.Sleep(Pause);
            }
        }
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnersOnly;
        }

        return options;
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    private static bool IsHeld(IOException fault) => (fault.HResult & 0xFFFF) is 11 or 35 or 32;

    private KeyRingFaultException Failed(string what, Exception fault) => new(KeyRingFault.FileFailed, $"The key ring {path} cannot be {what}: {fault.Message}", fault);
}
