using Cambist.TestKit;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class StorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_full_disk_is_named_and_the_old_file_stays()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "A device that is always full, /dev/full, is of Linux.");
        var path = _folder.File("checkpoint");
        File.WriteAllText(path, "old");

        // The new file is first written beside the old one: there the disk is full.
        File.CreateSymbolicLink(path + ".part", "/dev/full");

        var error = Assert.Throws<StorageException>(() => Storage.Replace(path, new byte[100]));

        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["checkpoint"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_appears_whole_or_not_at_all()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "A device that is always full, /dev/full, is of Linux.");
        Assert.Throws<StorageException>(() => Storage.CreateFolder(_folder.File("model"), part =>
        {
            Storage.Write(Path.Combine(part, "first"), [1]);
            File.CreateSymbolicLink(Path.Combine(part, "second"), "/dev/full");
            Storage.Write(Path.Combine(part, "second"), new byte[100]);
        }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));

        Storage.CreateFolder(_folder.File("model"), part => Storage.Write(Path.Combine(part, "first"), [1]));

        Assert.Equal(1, new FileInfo(Path.Combine(_folder.File("model"), "first")).Length);
    }

    [Fact]
    public void A_fault_of_the_program_is_not_told_as_one_of_the_disk()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Storage.CreateFolder(_folder.File("model"), _ => ArgumentOutOfRangeException.ThrowIfNegative(-1)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void What_a_killed_run_left_is_swept_away()
    {
        Directory.CreateDirectory(_folder.File("model.part"));
        File.WriteAllText(Path.Combine(_folder.File("model.part"), "stray"), "");

        Storage.CreateFolder(_folder.File("model"), part => Storage.Write(Path.Combine(part, "first"), [1]));

        Assert.Equal(["first"], Directory.GetFiles(_folder.File("model")).Select(Path.GetFileName));
    }

    public void Dispose() => _folder.Dispose();
}
