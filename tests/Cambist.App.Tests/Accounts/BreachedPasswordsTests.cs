using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Cambist.App.Accounts.Passwords;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Passwords that were stolen elsewhere, over a stand-in that answers as Pwned Passwords does.</summary>
public sealed class BreachedPasswordsTests : IAsyncLifetime
{
    // As long as no pattern is looked for in it.
    private const string Stolen = "stolen with many others";

    private StandInServer _lists = null!;
    private AccountHouse _house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string Rest => Hash(Stolen)[5..];

    public async ValueTask InitializeAsync()
    {
        _lists = await StandInServer.StartAsync();
        _lists.Answers(Path(Stolen), $"{Hash("another")[5..]}:7\r\n{Rest}:52579\r\n{Hash("padding")[5..]}:0");
        _lists.Answers(Path(AccountHouse.Password), "");
        _house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:BreachedPasswords"] = new Uri(_lists.Address, "range").AbsoluteUri });
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _lists.DisposeAsync();
    }

    [Fact]
    public async Task One_is_taken_from_nobody_and_the_service_learns_five_digits_of_its_hash()
    {
        var ann = await _house.EnterAsync();
        var asked = _lists.Requests.Count;

        var registered = await _house.PostAsync("/auth/register", new RegisterRequest("bob@example.org", Stolen));
        var known = await _house.PostAsync("/auth/register", new RegisterRequest(AccountHouse.Email, Stolen));
        var changed = await _house.PostAsync("/me/password", new ChangePasswordRequest(AccountHouse.Password, Stolen), ann.AccessToken);

        Assert.All([registered, known, changed], answer => Assert.Equal((422, "weak_password"), (answer.Status, answer.Code)));
        Assert.Contains("stolen elsewhere", registered["detail"], StringComparison.Ordinal);
        Assert.Equal(registered["detail"], known["detail"]);
        Assert.All(_lists.Requests.Skip(asked), request => Assert.Equal(("GET", Path(Stolen), "true", ""), (request.Method, request.Address, request.Headers["Add-Padding"], request.Body)));
        Assert.Equal(3, _lists.Requests.Count - asked);
        Assert.Equal(200, (await _house.GetAsync("/me", ann.AccessToken)).Status);
    }

    [Fact]
    public async Task One_that_only_pads_the_answer_is_taken_and_small_letters_count()
    {
        _lists.Answers(Path(Stolen), $"{Rest}:0\r\n");
        Assert.False(await IsIn());

        _lists.Answers(Path(Stolen), $"{Rest.ToLowerInvariant()}:1");
        Assert.True(await IsIn());
    }

    [Fact]
    public async Task What_is_too_short_or_guessed_first_is_asked_nobody()
    {
        var asked = _lists.Requests.Count;

        Assert.Equal(422, (await _house.PostAsync("/auth/register", new RegisterRequest("bob@example.org", "Passw0rd!"))).Status);
        Assert.Equal(asked, _lists.Requests.Count);
    }

    [Theory]
    [InlineData("refuses")]
    [InlineData("throttles")]
    [InlineData("leads elsewhere")]
    [InlineData("says nothing")]
    [InlineData("says what is no list")]
    [InlineData("breaks off")]
    [InlineData("floods")]
    public async Task Where_the_service_lies_or_fails_nobody_is_kept_out(string how)
    {
        var path = Path(Stolen);
        switch (how)
        {
            case "refuses": _lists.Refuses(path, 503, $"{Rest}:1"); break;
            case "throttles": _lists.Refuses(path, 429, "", ("Retry-After", "60")); break;
            case "leads elsewhere": _lists.Refuses(path, 302, "", ("Location", new Uri(_lists.Address, Path(Stolen)).AbsoluteUri)); break;
            case "says nothing": _lists.Refuses(path, 204); break;
            case "says what is no list": _lists.Answers(path, $"<html>\n{Rest}:1\n</html>", contentType: "text/html"); break;
            case "breaks off": _lists.BreaksOff(path, $"{Rest}:1\r\n", declaredLength: 1_000); break;
            default: _lists.Floods(path, 4 << 20, isDeclared: false); break;
        }

        Assert.Equal(202, (await _house.PostAsync("/auth/register", new RegisterRequest("bob@example.org", Stolen))).Status);
        await _house.LoginAsync("bob@example.org", Stolen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00")]
    public async Task Where_it_stands_still_nobody_waits_longer_than_two_seconds(string? beginning)
    {
        var stalled = _lists.Stalls(Path(Stolen), beginning);
        var registering = _house.PostAsync("/auth/register", new RegisterRequest("bob@example.org", Stolen));
        await stalled.WaitAsync(Stop);
        Assert.False(registering.IsCompleted);

        _house.Clock.Advance(BreachedPasswords.Patience);

        Assert.Equal(202, (await registering).Status);
    }

    [Fact]
    public async Task Who_gives_up_is_told_nothing()
    {
        var stalled = _lists.Stalls(Path(Stolen), beginning: null);
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asking = _house.Cambist.Service<BreachedPasswords>().ContainsAsync(Stolen, given.Token);
        await stalled.WaitAsync(Stop);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    private static string Path(string password) => $"/range/{Hash(password)[..5]}";

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "As the service has them.")]
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));

    private Task<bool> IsIn() => _house.Cambist.Service<BreachedPasswords>().ContainsAsync(Stolen, Stop);
}
