using Cambist.App.Privacy;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class KeyRotationTests : IDisposable
{
    private static readonly DateTimeOffset Later = Rings.Start.AddDays(30);

    private readonly TemporaryFolder _folder = new();

    private KeyRingFile File => new(_folder.File("keys.json"), isConfigured: true);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_there_is_no_ring_a_first_one_is_made_with_a_key_of_each_kind()
    {
        var (ring, id) = KeyRotation.RotateData(File, Rings.Start);

        Assert.Equal([KeyKind.Data, KeyKind.Lookup, KeyKind.Signing], ring.Keys.Select(key => key.Kind));
        Assert.Equal(ring.NewestData.Id, id);
        Assert.Equal(RingKey.Es256, ring.SigningAt(Rings.Start)!.Algorithm);
    }

    [Fact]
    public void A_new_data_key_encrypts_and_every_other_key_stays()
    {
        var before = File.Change(_ => Rings.New());

        var (ring, id) = KeyRotation.RotateData(File, Later);

        Assert.Equal((id, id), (ring.NewestData.Id, File.Read()!.NewestData.Id));
        Assert.Equal(before.Keys.Select(key => key.Id), ring.Keys.Select(key => key.Id).Where(other => other != id));
        Assert.Equal(before.Lookup.Id, ring.Lookup.Id);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_leave_the_new_key_behind()
    {
        File.Change(_ => Rings.New());

        var (ring, id) = KeyRotation.RotateData(File, Rings.Start.AddYears(-1));

        Assert.Equal(id, ring.NewestData.Id);
        Assert.Equal(2, ring.Keys.Count(key => key.Kind == KeyKind.Data));
    }

    [Theory]
    [InlineData(RingKey.Es256)]
    [InlineData(RingKey.Hs256)]
    public void A_new_signing_key_is_published_before_it_signs_and_the_old_one_vouches_an_hour_longer(string algorithm)
    {
        var old = File.Change(_ => Rings.New()).SigningAt(Later)!.Id;

        var (ring, id) = KeyRotation.RotateSigning(File, algorithm, revokes: false, Later);

        Assert.Equal(algorithm, ring.Find(id)!.Algorithm);
        Assert.Equal([old, id], ring.VerifyingAt(Later).Select(key => key.Id));
        Assert.Equal(old, ring.SigningAt(Later.AddMinutes(10).AddTicks(-1))!.Id);
        Assert.Equal(id, ring.SigningAt(Later.AddMinutes(10))!.Id);
        Assert.Equal([old, id], ring.VerifyingAt(Later.AddMinutes(70).AddTicks(-1)).Select(key => key.Id));
        Assert.Equal([id], ring.VerifyingAt(Later.AddMinutes(70)).Select(key => key.Id));
    }

    [Fact]
    public void After_a_revocation_the_new_key_alone_signs_and_vouches_at_once()
    {
        File.Change(_ => Rings.New());
        KeyRotation.RotateSigning(File, RingKey.Es256, revokes: false, Later);

        var (ring, id) = KeyRotation.RotateSigning(File, RingKey.Es256, revokes: true, Later.AddMinutes(1));

        Assert.Equal(id, ring.SigningAt(Later.AddMinutes(1))!.Id);
        Assert.Equal([id], ring.Keys.Where(key => key.Kind == KeyKind.Signing).Select(key => key.Id));
    }

    [Fact]
    public void However_often_keys_rotate_one_signs_at_every_instant_and_retired_ones_go()
    {
        File.Change(_ => Rings.New());
        var now = Rings.Start;
        foreach (var minutes in new[] { 0, 1, 5, 9, 11, 60, 69, 71, 600, 2, 100_000 })
        {
            now = now.AddMinutes(minutes);
            var (ring, id) = KeyRotation.RotateSigning(File, RingKey.Hs256, revokes: false, now);
            for (var minute = 0; minute < 200; minute++)
            {
                Assert.NotNull(ring.SigningAt(now.AddMinutes(minute)));
            }

            Assert.Equal(id, ring.SigningAt(now.AddMinutes(10))!.Id);
        }

        Assert.Equal(2, File.Read()!.Keys.Count(key => key.Kind == KeyKind.Signing));
    }

    [Fact]
    public void A_ring_without_a_signing_key_gets_one_that_signs_at_once()
    {
        File.Change(_ => KeyRing.Of([.. Rings.New().Keys.Where(key => key.Kind != KeyKind.Signing)]));

        var (ring, id) = KeyRotation.RotateSigning(File, RingKey.Es256, revokes: false, Later);

        Assert.Equal(id, ring.SigningAt(Later)!.Id);
    }

    [Fact]
    public async Task Rotations_at_once_leave_every_key_in_the_ring()
    {
        File.Change(_ => Rings.New());

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeyRotation.RotateSigning(File, RingKey.Hs256, revokes: false, Later).Id, TestContext.Current.CancellationToken)));

        Assert.Subset(File.Read()!.Keys.Select(key => key.Id).ToHashSet(), made.ToHashSet());
        Assert.Equal(8, made.Distinct().Count());
    }
}
