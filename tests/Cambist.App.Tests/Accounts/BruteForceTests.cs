using System.Diagnostics;
using Cambist.App.Accounts;
using Cambist.App.Accounts.Passwords;
using Cambist.App.Audit;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Guessing: of passwords, of codes, and of who has an account.</summary>
public sealed class BruteForceTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_five_wrong_passwords_the_right_one_is_refused_for_a_quarter_of_an_hour()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await TryAsync(house, "a wrong password");
        }

        var locked = await TryAsync(house, AccountHouse.Password);
        house.Clock.Advance(TimeSpan.FromMinutes(15));
        var unlocked = await TryAsync(house, AccountHouse.Password);

        Assert.Equal((401, "wrong_credentials", 200), (locked.Status, locked.Code, unlocked.Status));
    }

    [Fact]
    public async Task Whoever_is_locked_is_told_nothing_else_than_whoever_is_wrong_or_not_there()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        var wrong = await TryAsync(house, "a wrong password");
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await TryAsync(house, "a wrong password");
        }

        var locked = await TryAsync(house, AccountHouse.Password);
        var unknown = await TryAsync(house, AccountHouse.Password, "nobody@example.org");

        Assert.Equal(Told(wrong), Told(locked));
        Assert.Equal(Told(wrong), Told(unknown));
    }

    [Fact]
    public async Task A_right_password_forgives_the_wrong_ones_before()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        for (var attempt = 0; attempt < 12; attempt++)
        {
            Assert.Equal(attempt % 4 == 3 ? 200 : 401, (await TryAsync(house, attempt % 4 == 3 ? AccountHouse.Password : "a wrong password")).Status);
        }
    }

    [Fact]
    public async Task Guesses_that_come_at_once_are_not_more_than_those_that_come_in_turn()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:ParallelHashes"] = "8" });
        await house.AddAsync();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => TryAsync(house, $"wrong password number {number}")));

        var events = house.Cambist.Service<AuditTrail>().Last(100);
        Assert.Equal(5, events.Count(one => one.Kind is "account.login_failed" or "account.locked"));
        Assert.Contains(events, one => one.Kind == "account.locked");
        Assert.Equal(401, (await TryAsync(house, AccountHouse.Password)).Status);
    }

    [Fact]
    public async Task Registering_says_the_same_of_an_address_that_is_new_and_of_one_that_has_an_account()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();

        var known = await house.PostAsync("/auth/register", new RegisterRequest(AccountHouse.Email, "another password of hers"));
        var unknown = await house.PostAsync("/auth/register", new RegisterRequest("new@example.org", "another password of hers"));

        Assert.Equal((known.Status, known.Text), (unknown.Status, unknown.Text));
        Assert.Equal(200, (await TryAsync(house, AccountHouse.Password)).Status);
    }

    [Fact]
    public async Task Asking_for_a_new_password_says_the_same_of_every_address()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();

        var known = await house.PostAsync("/auth/password/forgot", new EmailRequest(AccountHouse.Email));
        var unknown = await house.PostAsync("/auth/password/forgot", new EmailRequest("nobody@example.org"));
        var nothing = await house.PostAsync("/auth/password/forgot", new EmailRequest("no address"));

        Assert.Equal([(202, ""), (202, ""), (202, "")], [(known.Status, known.Text), (unknown.Status, unknown.Text), (nothing.Status, nothing.Text)]);
    }

    // With as many rounds as are asked for by default a hash takes much longer than everything else.
    [Fact]
    public async Task The_time_of_a_refusal_does_not_tell_whether_there_is_an_account()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:PasswordIterations"] = "300000", ["Auth:MostFailures"] = "100" });
        await house.AddAsync();
        await TimeAsync(house, AccountHouse.Email);
        await TimeAsync(house, "nobody@example.org");
        List<double> known = [], unknown = [];
        for (var turn = 0; turn < 8 || (turn < 40 && Ratio() is < 0.7 or > 1.4); turn++)
        {
            known.Add(await TimeAsync(house, AccountHouse.Email));
            unknown.Add(await TimeAsync(house, $"nobody{turn}@example.org"));
        }

        Assert.InRange(Ratio(), 0.7, 1.4);

        // The least of each is what the work takes; what else the machine does only adds, so that a few more tell.
        double Ratio() => unknown.Min() / known.Min();
    }

    [Fact]
    public async Task More_log_ins_than_wait_are_told_to_come_again_and_the_others_are_answered()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:PasswordIterations"] = "300000", ["Auth:ParallelHashes"] = "1", ["Auth:WaitingHashes"] = "2" });
        await house.AddAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryAsync(house, AccountHouse.Password)));

        Assert.Contains(answers, answer => (answer.Status, answer.Code) == (503, "busy"));
        Assert.Contains(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 503));
        Assert.Equal(200, (await TryAsync(house, AccountHouse.Password)).Status);
    }

    [Fact]
    public async Task While_passwords_are_hashed_other_questions_are_answered()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:PasswordIterations"] = "3000000", ["Auth:ParallelHashes"] = "1" });
        var storm = Enumerable.Range(0, 8).Select(number => TryAsync(house, "a password", $"nobody{number}@example.org")).ToArray();
        var between = 0;
        while (storm.Count(login => login.IsCompleted) < 3)
        {
            Assert.Equal(200, (int)(await house.Http.GetAsync(new Uri("/healthz", UriKind.Relative), Stop)).StatusCode);
            between++;
        }

        Assert.InRange(between, 20, int.MaxValue);
        await Task.WhenAll(storm);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("password")]
    [InlineData("Passw0rd!")]
    [InlineData("P@$$w0rd2024")]
    [InlineData("12345678")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("Summer2026!")]
    [InlineData("cambist123")]
    [InlineData("ann.miller1")]
    [InlineData("asdfghjkl1")]
    [InlineData("letmein!!!")]
    [InlineData("0123456789")]
    public void A_password_that_is_guessed_first_is_refused(string password) =>
        Assert.NotNull(FaultOf(password, "ann.miller@example.org"));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("T7#kq9Zp")]
    [InlineData("vier kurze Wörter")]
    [InlineData("密码短语不容易猜到吗")]
    [InlineData("passwordless futures market")]
    [InlineData("S3cure-pass!")]
    [InlineData("hunter2hunter3x")]
    public void Any_other_password_is_taken(string password) =>
        Assert.Null(FaultOf(password, "ann.miller@example.org"));

    [Fact]
    public void A_password_longer_than_anybody_types_is_refused() =>
        Assert.NotNull(FaultOf(new string('x', 100) + new string('y', 157), "ann@example.org"));

    // Nobody is asked about it.
    private static string? FaultOf(string password, string email)
    {
        var options = new AuthOptions();
        using var services = new ServiceCollection().AddSingleton(options).AddSingleton(TimeProvider.System).AddAccountCore(options).BuildServiceProvider();
        return services.GetRequiredService<PasswordRules>().Fault(password, email);
    }

    private static (int, string?, string) Told(Answer answer) => (answer.Status, answer.Code, answer["detail"]);

    private static Task<Answer> TryAsync(AccountHouse house, string password, string email = AccountHouse.Email) => house.PostAsync("/auth/login", new LoginRequest(email, password));

    private static async Task<double> TimeAsync(AccountHouse house, string email)
    {
        var from = Stopwatch.GetTimestamp();
        await TryAsync(house, "a wrong password", email);
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }
}
