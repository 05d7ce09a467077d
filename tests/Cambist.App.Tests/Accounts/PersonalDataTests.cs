using System.Text;
using Cambist.App.Accounts;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Where a person's data is, and where it is not.</summary>
public sealed class PersonalDataTests
{
    private const string Name = "Annabella Quixote";
    private const string Phone = "+491701234567";

    [Fact]
    public async Task Neither_the_database_nor_the_log_holds_an_address_a_name_a_number_or_a_secret()
    {
        var log = new LogOfEverything();
        await using var house = await AccountHouse.StartAsync(services: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        var tokens = await house.EnterAsync();
        await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name, Phone), tokens.AccessToken);
        var key = await house.PostAsync("/me/second-factor", token: tokens.AccessToken);
        await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, "a wrong password"));
        await house.PostAsync("/auth/login", new LoginRequest("stranger@example.org", "another wrong password"));
        await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));
        await house.PostAsync("/auth/register", new RegisterRequest(AccountHouse.Email, "another password of hers"));

        var stored = Encoding.Latin1.GetString(FilesOf(house));
        var logged = log.ToString();

        Assert.Contains(tokens.UserId, stored, StringComparison.Ordinal);
        foreach (var secret in (string[])[AccountHouse.Email, "ann@", "stranger@example.org", Name, Phone, "1701234567", AccountHouse.Password, "wrong password", key["secret"], tokens.AccessToken, tokens.RefreshToken])
        {
            Assert.DoesNotContain(secret, stored, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, logged, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task An_export_holds_everything_and_no_secret()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name, Phone), tokens.AccessToken);

        var export = await house.GetAsync("/me/export", tokens.AccessToken);

        var account = export.Json.GetProperty("account");
        Assert.Equal((AccountHouse.Email, Name, Phone), (account.GetProperty("email").GetString(), account.GetProperty("name").GetString(), account.GetProperty("phone").GetString()));
        Assert.Equal(1, export.Json.GetProperty("sessions").GetArrayLength());
        Assert.Contains("account.logged_in", export.Json.GetProperty("audit").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
        Assert.DoesNotContain("AQAAAA", export.Text, StringComparison.Ordinal); // How a hash of Identity begins.
        Assert.DoesNotContain(tokens.RefreshToken, export.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_is_given_only_soon_after_a_log_in()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(15.1));
        var refreshed = await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));

        var late = await house.GetAsync("/me/export", refreshed["access_token"]);
        var anew = await house.GetAsync("/me/export", (await house.LoginAsync()).AccessToken);

        Assert.Equal((403, "login_again", 200), (late.Status, late.Code, anew.Status));
        Assert.Single(house.Cambist.Service<AuditTrail>().Last(100), one => one.Kind == "account.exported");
    }

    [Fact]
    public async Task Exports_count_under_the_limit_of_log_ins()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["RateLimits:Auth"] = "3" });
        var tokens = await house.EnterAsync();

        var answers = new List<int>();
        for (var time = 0; time < 3; time++)
        {
            answers.Add((await house.GetAsync("/me/export", tokens.AccessToken)).Status);
        }

        Assert.Equal([200, 200, 429], answers);
    }

    [Fact]
    public async Task An_export_tells_what_was_done_to_the_account_and_by_it_once_and_in_order()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        var trail = house.Cambist.Service<AuditTrail>();
        trail.Append(AccountHouse.Start, "by.it", tokens.UserId, "another");
        trail.Append(AccountHouse.Start, "to.it", "operator", tokens.UserId);
        trail.Append(AccountHouse.Start, "to.another", "operator", "another");

        var export = await house.GetAsync("/me/export", tokens.AccessToken);

        Assert.Equal(["account.added", "account.logged_in", "by.it", "to.it", "account.exported"], export.Json.GetProperty("audit").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task What_was_done_is_found_without_going_through_the_whole_trail()
    {
        await using var house = await AccountHouse.StartAsync();
        using var connection = house.Cambist.Store.Connect();

        var plan = string.Join('\n', connection.Rows("EXPLAIN QUERY PLAN " + AuditRecords.Query, row => row.GetString(3), ("id", "an account")));

        Assert.Contains("SEARCH audit_event USING INDEX audit_event_of_actor", plan, StringComparison.Ordinal);
        Assert.Contains("SEARCH audit_event USING INDEX audit_event_of_subject", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN audit_event", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_an_erasure_nothing_leads_to_the_person_and_the_audit_trail_is_whole()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name, Phone), tokens.AccessToken);

        var erased = await house.SendAsync(HttpMethod.Delete, "/me", token: tokens.AccessToken);

        Assert.Equal(204, erased.Status);
        Assert.Equal((401, 401, 401), (
            (await house.GetAsync("/me", tokens.AccessToken)).Status,
            (await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken))).Status,
            (await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password))).Status));
        using var connection = house.Cambist.Store.Connect();
        foreach (var table in (string[])["account", "one_time_token", "passkey", "refresh_token"])
        {
            Assert.Equal(0L, connection.Scalar($"SELECT count(*) FROM {table};"));
        }

        var trail = house.Cambist.Service<AuditTrail>();
        Assert.Null(trail.Verify(cancellationToken: TestContext.Current.CancellationToken).Fault);
        Assert.Equal("account.erased", trail.Last(1)[0].Kind);
    }

    [Fact]
    public async Task The_address_of_an_erased_account_is_free()
    {
        await using var house = await AccountHouse.StartAsync();
        var first = await house.EnterAsync();
        await house.SendAsync(HttpMethod.Delete, "/me", token: first.AccessToken);

        var second = await house.EnterAsync();

        Assert.NotEqual(first.UserId, second.UserId);
    }

    [Theory]
    [InlineData("ann@example.org", "ANN@Example.ORG")]
    [InlineData("ann@example.org", "ａｎｎ@example.org")]
    [InlineData("ann@example.org", " ann@example.org ")]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    public async Task Spellings_of_one_address_are_one_account(string registered, string typed)
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync(registered);

        var tokens = await house.LoginAsync(typed);
        await house.PostAsync("/auth/register", new RegisterRequest(typed, "another password of hers"));

        Assert.Equal(account.Id, tokens.UserId);
        Assert.Single(house.Cambist.Service<AccountStore>().All());
    }

    [Theory]
    [InlineData("аnn@example.org")]
    [InlineData("ann@exаmple.org")]
    [InlineData("ann\u200B@example.org")]
    [InlineData("a\u0301nn@example.org")]
    [InlineData("\u212Aann@example.org")]
    [InlineData("ann@example.org\r\nBcc: all@example.org")]
    [InlineData("ann@example.org, bob@example.org")]
    public async Task An_address_that_looks_like_another_or_is_more_than_one_is_refused(string email)
    {
        await using var house = await AccountHouse.StartAsync();

        var answer = await house.PostAsync("/auth/register", new RegisterRequest(email, AccountHouse.Password));

        Assert.Equal((422, "invalid_email"), (answer.Status, answer.Code));
        Assert.Empty(house.Cambist.Service<AccountStore>().All());
    }

    [Fact]
    public async Task A_row_that_is_copied_over_anothers_is_not_read_as_it()
    {
        await using var house = await AccountHouse.StartAsync();
        var ann = await house.AddAsync();
        var eve = await house.AddAsync("eve@example.org");
        using (var connection = house.Cambist.Store.Connect())
        {
            connection.Execute("UPDATE account SET email = (SELECT email FROM account WHERE id = @ann) WHERE id = @eve;", ("ann", ann.Id), ("eve", eve.Id));
        }

        Assert.Equal(500, (await house.PostAsync("/auth/login", new LoginRequest("eve@example.org", AccountHouse.Password))).Status);
    }

    private static byte[] FilesOf(AccountHouse house)
    {
        using var all = new MemoryStream();
        var path = ((SqliteStore)house.Cambist.Store).DatabasePath;
        foreach (var file in (string[])[path, path + "-wal"])
        {
            using var one = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            one.CopyTo(all);
        }

        return all.ToArray();
    }

    private sealed class LogOfEverything : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _text = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Write(state.ToString());
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Write($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
            // Nothing is held open.
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }

        private void Write(string? line)
        {
            lock (_text)
            {
                _text.AppendLine(line);
            }
        }
    }
}
