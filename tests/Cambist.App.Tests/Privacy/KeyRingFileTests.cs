using Cambist.App.Privacy;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class KeyRingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("keys.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_use_makes_a_ring_that_only_its_owner_can_read()
    {
        var ring = Rings.Live(Default()).Current;

        Assert.Equal(Rings.Text(ring), File.ReadAllText(Path));
        Assert.False(File.Exists(Path + ".part"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        }
    }

    [Fact]
    public async Task Many_that_begin_at_once_end_with_one_ring()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Rings.Text(Rings.Live(Default()).Current), TestContext.Current.CancellationToken)));

        Assert.Single(rings.Distinct());
    }

    [Fact]
    public async Task No_change_of_many_at_once_is_lost()
    {
        var first = Rings.Live(Default()).Current;

        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            var key = NewKeys.Data(Rings.Start);
            Default().Change(ring => ring!.With(key));
            return key.Id;
        }, TestContext.Current.CancellationToken)));

        Assert.Equal(first.Keys.Select(key => key.Id).Concat(added).Order(), Default().Read()!.Keys.Select(key => key.Id).Order());
    }

    [Fact]
    public void A_named_file_that_is_not_there_is_missed_and_none_is_made()
    {
        var fault = Assert.Throws<KeyRingFaultException>(() => Rings.Live(new KeyRingFile(Path, isConfigured: true)).Current);

        Assert.Equal(KeyRingFault.Missing, fault.Kind);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(false, 0x1A4)]
    [InlineData(false, 0x1A0)]
    [InlineData(false, 0x190)]
    [InlineData(false, 0x182)]
    [InlineData(true, 0x1A4)]
    [InlineData(true, 0x1B0)]
    public void A_ring_that_others_may_use_is_refused(bool isConfigured, int mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        Default().Change(_ => Rings.New());
        SetMode(mode);

        var fault = Assert.Throws<KeyRingFaultException>(() => new KeyRingFile(Path, isConfigured).Read());

        Assert.Equal(KeyRingFault.ReadableByOthers, fault.Kind);
        Assert.Contains("chmod 600", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0x180)]
    [InlineData(false, 0x100)]
    [InlineData(true, 0x1A0)]
    [InlineData(true, 0x120)]
    public void A_mode_that_keeps_others_out_is_accepted_and_a_change_keeps_its_readers(bool isConfigured, int mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix file modes.");
        Default().Change(_ => Rings.New());
        SetMode(mode);
        var file = new KeyRingFile(Path, isConfigured);

        file.Change(ring => ring!.With(NewKeys.Data(Rings.Start)));

        Assert.Equal(4, file.Read()!.Keys.Count);
        Assert.Equal((UnixFileMode)mode | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path));
    }

    [Fact]
    public void What_a_killed_process_left_is_in_nobodys_way()
    {
        File.WriteAllText(Path + ".part", "half a ri");
        File.WriteAllText(Path + ".lock", "");

        var ring = Rings.Live(Default()).Current;

        Assert.Equal(Rings.Text(ring), Rings.Text(Default().Read()!));
        Assert.False(File.Exists(Path + ".part"));
    }

    [Fact]
    public void A_broken_file_is_refused_and_left_as_it_is()
    {
        Default().Change(_ => Rings.New());
        File.WriteAllText(Path, "planted-s3cret");

        var fault = Assert.Throws<KeyRingFaultException>(() => Rings.Live(Default()).Current);

        Assert.Equal(KeyRingFault.Garbled, fault.Kind);
        Assert.DoesNotContain("planted", fault.ToString(), StringComparison.Ordinal);
        Assert.Equal("planted-s3cret", File.ReadAllText(Path));
    }

    [Fact]
    public void A_folder_in_the_files_place_is_a_named_fault()
    {
        Directory.CreateDirectory(Path);

        Assert.Equal(KeyRingFault.FileFailed, Assert.Throws<KeyRingFaultException>(() => Rings.Live(Default()).Current).Kind);
    }

    [Fact]
    public async Task A_reader_finds_the_old_ring_or_the_new_one_while_it_is_changed_again_and_again()
    {
        Default().Change(_ => Rings.New());
        using var over = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var most = 0;
            while (!over.IsCancellationRequested)
            {
                var count = Default().Read()!.Keys.Count;
                Assert.True(count >= most, "A key was gone.");
                most = count;
            }
        }, TestContext.Current.CancellationToken);

        for (var change = 0; change < 50; change++)
        {
            Default().Change(ring => ring!.With(NewKeys.Data(Rings.Start)));
        }

        await over.CancelAsync();
        await reader;
        Assert.Equal(53, Default().Read()!.Keys.Count);
    }

    private KeyRingFile Default() => new(Path, isConfigured: false);

    private void SetMode(int mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, (UnixFileMode)mode);
        }
    }
}
