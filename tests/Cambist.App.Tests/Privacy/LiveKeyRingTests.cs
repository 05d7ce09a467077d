using Cambist.App.Privacy;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Privacy;

/// <summary>A process that works with a ring while others change it.</summary>
public sealed class LiveKeyRingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Rings.Start);

    private KeyRingFile File => new(_folder.File("keys.json"), isConfigured: false);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_that_another_process_has_just_made_is_found_at_once()
    {
        var ring = Rings.Live(File, _time);
        var before = ring.Current;

        var key = NewKeys.Data(Rings.Start.AddSeconds(1));
        File.Change(now => now!.With(key));

        Assert.Same(before, ring.Current);
        Assert.Equal(key.Id, ring.Find(key.Id)!.Id);
        Assert.Equal(key.Id, ring.Current.NewestData.Id);
    }

    [Fact]
    public void A_key_that_is_nowhere_is_looked_for_again_only_after_some_seconds()
    {
        var ring = Rings.Live(File, _time);
        Assert.Null(ring.Find("d-later"));
        var key = new RingKey("d-later", KeyKind.Data, RingKey.A256Gcm, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], Rings.Start);
        File.Change(now => now!.With(key));

        Assert.Null(ring.Find(key.Id));
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.NotNull(ring.Find(key.Id));
    }

    [Fact]
    public void A_refresh_takes_a_new_key_into_use()
    {
        var ring = Rings.Live(File, _time);
        _ = ring.Current;
        var key = NewKeys.Data(Rings.Start.AddSeconds(1));
        File.Change(now => now!.With(key));

        ring.Refresh();

        Assert.Equal(key.Id, ring.Current.NewestData.Id);
    }

    [Fact]
    public void A_ring_that_is_broken_lost_or_of_another_lookup_key_leaves_the_known_one_in_use()
    {
        var ring = Rings.Live(File, _time);
        var known = ring.Current;

        foreach (var broken in new[] { "{", Rings.Text(Rings.New()), null })
        {
            if (broken is null)
            {
                System.IO.File.Delete(_folder.File("keys.json"));
            }
            else
            {
                System.IO.File.WriteAllText(_folder.File("keys.json"), broken);
            }

            ring.Refresh();
            Assert.Same(known, ring.Current);
            Assert.Null(ring.Find("d-unknown"));
        }

        Assert.False(System.IO.File.Exists(_folder.File("keys.json")));
    }

    [Fact]
    public async Task Vault_may_fail_while_the_process_runs()
    {
        await using var vault = await StandInVault.StartAsync();
        vault.Put(Rings.Text(Rings.New()));
        using var place = new VaultKeyRing(VaultOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(vault.Settings).Build().GetSection("Encryption:Vault")), _ => { });
        var ring = Rings.Live(place, _time);
        var known = ring.Current;
        vault.Fails(503, """{"errors":["Vault is sealed"]}""");

        ring.Refresh();

        Assert.Same(known, ring.Current);
    }
}
