using Cambist.App.Privacy;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class VaultKeyRingTests : IAsyncLifetime
{
    private readonly List<TimeSpan> _waits = [];
    private StandInVault _vault = null!;

    public async ValueTask InitializeAsync() => _vault = await StandInVault.StartAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public void A_ring_is_written_where_there_is_none_and_read_again()
    {
        using var place = Place();
        Assert.Null(place.Read());

        var ring = place.Change(_ => Rings.New());

        Assert.Equal(Rings.Text(ring), Rings.Text(place.Read()!));
        Assert.Equal(1, _vault.Version);
        Assert.All(_vault.Server.Requests, request => Assert.Equal(("true", StandInVault.Token), (request.Headers["X-Vault-Request"], request.Headers["X-Vault-Token"])));
        Assert.Contains("\"cas\":0", _vault.Server.Requests.Single(request => request.Method == "POST").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_namespace_is_told_where_there_is_one()
    {
        using var place = Place(("Namespace", "team/fx"));

        place.Read();

        Assert.Equal("team/fx", _vault.Server.Requests[^1].Headers["X-Vault-Namespace"]);
    }

    [Fact]
    public void No_secret_there_is_no_ring_and_the_program_makes_none_by_itself()
    {
        using var place = Place();

        Assert.Equal(KeyRingFault.Missing, Assert.Throws<KeyRingFaultException>(() => Rings.Live(place).Current).Kind);
        Assert.DoesNotContain(_vault.Server.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Over_a_deleted_version_no_new_ring_is_written(bool isDeleted, bool isDestroyed)
    {
        _vault.Put(Rings.Text(Rings.New()));
        (_vault.IsDeleted, _vault.IsDestroyed) = (isDeleted, isDestroyed);
        using var place = Place();

        Assert.Equal(KeyRingFault.VaultVersionDeleted, Fault(() => place.Read()));
        Assert.Equal(KeyRingFault.VaultVersionDeleted, Fault(() => place.Change(ring => ring ?? Rings.New())));
        Assert.Equal(1, _vault.Version);
    }

    [Fact]
    public void An_engine_of_version_one_is_recognised_when_reading_and_when_writing()
    {
        _vault.IsVersionOne = true;
        using var place = Place();
        Assert.Equal(KeyRingFault.VaultVersionOneEngine, Fault(() => place.Change(_ => Rings.New())));

        Assert.Equal(KeyRingFault.VaultVersionOneEngine, Fault(() => place.Read()));
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(473)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void What_may_pass_is_tried_again(int status)
    {
        _vault.Put(Rings.Text(Rings.New()));
        _vault.Fails(status);
        _vault.Fails(status, "not JSON");
        using var place = Place();

        Assert.NotNull(place.Read());
        Assert.Equal([TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500)], _waits);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("3600", 5)]
    public void It_is_asked_again_when_it_says_and_at_most_seconds_later(string retryAfter, int seconds)
    {
        _vault.Server.Refuses(StandInVault.SecretPath, 429, """{"errors":[]}""", ("Retry-After", retryAfter));
        using var place = Place();

        Assert.Equal(KeyRingFault.VaultUnavailable, Fault(() => place.Read()));
        Assert.Equal([TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds)], _waits);
    }

    [Theory]
    [InlineData(403, """{"errors":["permission denied"]}""", KeyRingFault.VaultRefused)]
    [InlineData(503, """{"errors":["Vault is sealed"]}""", KeyRingFault.VaultSealed)]
    [InlineData(400, """{"errors":["hunter2"]}""", KeyRingFault.VaultNotUnderstood)]
    [InlineData(405, "", KeyRingFault.VaultNotUnderstood)]
    [InlineData(307, "", KeyRingFault.VaultNotUnderstood)]
    [InlineData(404, "<html>hunter2</html>", KeyRingFault.VaultNotUnderstood)]
    [InlineData(200, "<html>hunter2</html>", KeyRingFault.VaultNotUnderstood)]
    [InlineData(200, """{"data":{"data":{},"metadata":{}}}""", KeyRingFault.VaultNotUnderstood)]
    [InlineData(200, """{"data":{"data":{"password":"hunter2"},"metadata":{"version":1}}}""", KeyRingFault.Garbled)]
    [InlineData(200, """{"data":{"data":"hunter2","metadata":{"version":1}}}""", KeyRingFault.Garbled)]
    [InlineData(200, """{"data":{"password":"hunter2"}}""", KeyRingFault.VaultVersionOneEngine)]
    public void What_does_not_pass_is_named_at_once_and_nothing_of_it_repeated(int status, string body, KeyRingFault kind)
    {
        _vault.Fails(status, body);
        using var place = Place();

        var fault = Assert.Throws<KeyRingFaultException>(() => place.Read());

        Assert.Equal(kind, fault.Kind);
        Assert.Empty(_waits);
        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(StandInVault.Token, fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirect_is_not_followed_with_the_token()
    {
        _vault.Server.Refuses(StandInVault.SecretPath, 307, "", ("Location", "/elsewhere"));
        using var place = Place();

        Assert.Equal(KeyRingFault.VaultNotUnderstood, Fault(() => place.Read()));
        Assert.Single(_vault.Server.Requests);
    }

    [Fact]
    public void A_server_that_is_not_there_breaks_off_or_floods_is_named()
    {
        using var nowhere = Place(("Address", StandInServer.Unreachable.AbsoluteUri));
        using var place = Place();
        Assert.Equal(KeyRingFault.VaultUnreachable, Fault(() => nowhere.Read()));

        _vault.Server.BreaksOff(StandInVault.SecretPath, """{"data":""", declaredLength: 1000);
        Assert.Equal(KeyRingFault.VaultUnreachable, Fault(() => place.Read()));

        _vault.Server.Floods(StandInVault.SecretPath, 2 << 20, isDeclared: false);
        Assert.Equal(KeyRingFault.VaultNotUnderstood, Fault(() => place.Read()));
    }

    [Fact]
    public void A_change_that_another_one_came_before_is_made_on_top_of_it()
    {
        using var place = Place();
        var first = place.Change(_ => Rings.New());
        var (theirs, ours) = (NewKeys.Data(Rings.Start), NewKeys.Data(Rings.Start));
        _vault.BeforeWrite = () => _vault.Put(Rings.Text(first.With(theirs)));

        var ring = place.Change(before => before!.With(ours));

        Assert.NotNull(ring.Find(theirs.Id));
        Assert.Equal(Rings.Text(ring), Rings.Text(place.Read()!));
        Assert.NotNull(ring.Find(ours.Id));
    }

    [Fact]
    public void Two_that_begin_at_once_end_with_one_ring()
    {
        using var place = Place();
        var theirs = Rings.New();
        _vault.BeforeWrite = () => _vault.Put(Rings.Text(theirs));

        Assert.Equal(Rings.Text(theirs), Rings.Text(place.Change(ring => ring ?? Rings.New())));
        Assert.Equal(1, _vault.Version);
    }

    [Fact]
    public void A_write_whose_answer_was_lost_is_made_once()
    {
        using var place = Place();
        place.Change(_ => Rings.New());
        _vault.LosesNextAnswer = true;
        var key = NewKeys.Data(Rings.Start);

        var ring = place.Change(before => before!.With(key));

        Assert.NotNull(ring.Find(key.Id));
        Assert.Equal((2, 4), (_vault.Version, place.Read()!.Keys.Count));
    }

    [Fact]
    public void A_token_that_may_read_and_not_write_is_refused_and_nothing_is_changed()
    {
        using var place = Place();
        place.Change(_ => Rings.New());
        _vault.Fails(403, """{"errors":["1 error occurred: permission denied"]}""", "POST");

        Assert.Equal(KeyRingFault.VaultRefused, Fault(() => place.Change(ring => ring!.With(NewKeys.Data(Rings.Start)))));
        Assert.Equal(1, _vault.Version);
    }

    [Fact]
    public void One_that_always_loses_against_others_says_so()
    {
        using var place = Place();
        place.Change(_ => Rings.New());
        for (var attempt = 0; attempt < 3; attempt++)
        {
            _vault.Fails(400, """{"errors":["check-and-set parameter did not match the current version"]}""", "POST");
        }

        Assert.Equal(KeyRingFault.Conflict, Fault(() => place.Change(ring => ring!.With(NewKeys.Data(Rings.Start)))));
    }

    [Fact]
    public void The_tokens_file_is_read_anew_each_time()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("token"), StandInVault.Token + "\n");
        using var place = Place(("Token", null), ("TokenFile", folder.File("token")));
        Assert.Null(place.Read());

        File.WriteAllText(folder.File("token"), "hvs.expired");
        Assert.Equal(KeyRingFault.VaultRefused, Fault(() => place.Read()));

        File.Delete(folder.File("token"));
        Assert.Equal(KeyRingFault.VaultRefused, Fault(() => place.Read()));
        Assert.Equal(2, _vault.Server.Requests.Count);
    }

    private static KeyRingFault Fault(Action act) => Assert.Throws<KeyRingFaultException>(act).Kind;

    private VaultKeyRing Place(params (string Key, string? Value)[] changes)
    {
        var settings = _vault.Settings;
        foreach (var (key, value) in changes)
        {
            settings[$"Encryption:Vault:{key}"] = value;
        }

        return new VaultKeyRing(VaultOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Encryption:Vault")), _waits.Add);
    }
}
