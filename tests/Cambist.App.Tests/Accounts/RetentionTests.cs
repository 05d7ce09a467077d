using System.Threading.Channels;
using Cambist.App.Accounts;
using Cambist.App.Accounts.Pages;
using Cambist.App.Accounts.Retention;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Audit;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>What goes by itself, on each engine.</summary>
public abstract class RetentionContract(Engine engine) : IDisposable
{
    private readonly TestDatabase _place = new(engine);
    private readonly TemporaryFolder _keys = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _place.Dispose();
        _keys.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Sessions_that_ended_and_tokens_that_ran_out_are_taken_out()
    {
        await using var house = await StartAsync();
        var tokens = await house.EnterAsync();
        house.Cambist.Service<OneTimeTokens>().Issue(tokens.UserId, "a purpose", TimeSpan.FromHours(1));
        house.Clock.Advance(TimeSpan.FromHours(26));
        await house.LoginAsync();

        var early = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromHours(23));
        var late = await TurnAsync(house);

        Assert.Equal((0, 1), (early.Sessions, early.Tokens));
        Assert.Equal((1, 0), (late.Sessions, late.Tokens));
        Assert.Equal(1L, Count(house, "account_session"));
        Assert.Equal(1L, Count(house, "refresh_token"));
    }

    [Fact]
    public async Task An_account_that_nobody_confirmed_or_entered_is_erased_after_a_week()
    {
        await using var house = await StartAsync(new() { ["Auth:ConfirmedEmail"] = "true" });
        await house.PostAsync("/auth/register", new RegisterRequest("new@example.org", AccountHouse.Password));
        await house.AddAsync();
        house.Clock.Advance(TimeSpan.FromDays(6.9));

        var early = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(0.2));
        var late = await TurnAsync(house);

        Assert.Equal((0, 1), (early.Erased, late.Erased));
        Assert.Equal(1L, Count(house, "account"));
        Assert.Equal(("account.erased", "retention"), house.Cambist.Service<AuditTrail>().Last(1).Select(one => (one.Kind, one.Actor)).Single());
        Assert.Null(house.Cambist.Service<AuditTrail>().Verify(cancellationToken: Stop).Fault);
        await house.LoginAsync();
    }

    [Fact]
    public async Task Where_no_confirmation_is_asked_for_or_the_account_was_entered_it_stays()
    {
        await using var house = await StartAsync();
        await house.PostAsync("/auth/register", new RegisterRequest("new@example.org", AccountHouse.Password));
        house.Clock.Advance(TimeSpan.FromDays(400));

        Assert.Equal(0, (await TurnAsync(house)).Erased);
    }

    [Fact]
    public async Task An_account_that_is_not_used_for_so_long_is_erased_but_no_admins_and_none_that_is_used()
    {
        await using var house = await StartAsync(new() { ["Retention:InactiveDays"] = "60", ["Auth:SessionDays"] = "365" });
        await house.AddAsync("gone@example.org");
        await house.AddAsync("admin@example.org", role: AccountRole.Admin);
        var used = (await house.EnterAsync("used@example.org")).RefreshToken;
        var erased = 0;
        for (var day = 0; day < 61; day++)
        {
            // Whoever only refreshes uses the account, too.
            house.Clock.Advance(TimeSpan.FromHours(23.9));
            used = (await house.PostAsync("/auth/refresh", new RefreshRequest(used)))["refresh_token"];
            erased += (await TurnAsync(house)).Erased;
        }

        Assert.Equal(1, erased);
        Assert.Equal(["admin@example.org", "used@example.org"], Emails(house));
    }

    [Fact]
    public async Task Rows_under_an_old_key_are_written_under_the_newest()
    {
        await using var house = await StartAsync();
        await house.EnterAsync();
        await house.AddAsync("bob@example.org");
        var protector = house.Cambist.Service<IDataProtectionProvider>().CreateProtector("a test");
        var cookie = protector.Protect("a secret");
        var before = await TurnAsync(house);
        var ring = KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow()).Ring;
        house.Cambist.Service<LiveKeyRing>().Refresh();

        var renewed = await TurnAsync(house);
        var again = await TurnAsync(house);

        Assert.Equal((0, 3, 0), (before.Renewed, renewed.Renewed, again.Renewed));
        Assert.All(Texts(house, "SELECT email FROM account"), email => Assert.StartsWith($"c1.{ring.NewestData.Id}.", email, StringComparison.Ordinal));
        Assert.All(Texts(house, "SELECT data FROM protection_key"), key => Assert.Contains($"c1.{ring.NewestData.Id}.", key, StringComparison.Ordinal));
        Assert.Equal(["ann@example.org", "bob@example.org"], Emails(house));
        Assert.Single(house.Cambist.Service<ProtectionKeys>().GetAllElements());
        Assert.Equal("a secret", protector.Unprotect(cookie));
    }

    [Fact]
    public async Task A_passkey_under_an_old_key_is_written_under_the_newest_and_stays_what_it_was_even_where_its_account_was_written_since()
    {
        await using var house = await StartAsync();
        var store = house.Cambist.Service<AccountStore>();
        var (ann, bob) = (await house.AddAsync(), await house.AddAsync("bob@example.org"));
        byte[] id = [1, 2, 3];
        ann.PasskeyChanges.Add((id, new UserPasskeyInfo(id, [4, 5], AccountHouse.Start, 7, ["usb"], true, true, false, [], []) { Name = "Ann's phone" }));
        Assert.True((await store.UpdateAsync(ann, Stop)).Succeeded);
        var ring = KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow()).Ring;
        house.Cambist.Service<LiveKeyRing>().Refresh();
        Assert.True((await store.UpdateAsync(ann, Stop)).Succeeded && (await store.UpdateAsync(bob, Stop)).Succeeded);

        var renewed = await TurnAsync(house);
        var again = await TurnAsync(house);

        Assert.Equal((1, 0), (renewed.Renewed, again.Renewed));
        Assert.StartsWith($"c1.{ring.NewestData.Id}.", Texts(house, "SELECT data FROM passkey").Single(), StringComparison.Ordinal);
        var passkey = store.PasskeysOf(ann.Id).Single();
        Assert.Equal(("Ann's phone", 7u, AccountHouse.Start), (passkey.Name, passkey.SignCount, passkey.CreatedAt));
        Assert.Equal("0102030405", Convert.ToHexString([.. passkey.CredentialId, .. passkey.PublicKey]));
        Assert.Equal(["usb"], passkey.Transports!);
        Assert.Equal((true, true, false), (passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp));
    }

    [Fact]
    public async Task A_passkey_that_is_used_while_it_is_written_again_keeps_its_counter()
    {
        await using var house = await StartAsync();
        var store = house.Cambist.Service<AccountStore>();
        var ann = await house.AddAsync();
        byte[] id = [1, 2, 3];
        ann.PasskeyChanges.Add((id, new UserPasskeyInfo(id, [4, 5], AccountHouse.Start, 7, [], true, true, false, [], [])));
        await store.UpdateAsync(ann, Stop);
        KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow());
        house.Cambist.Service<LiveKeyRing>().Refresh();

        // Log-ins and turns at once: whoever loses writes nothing.
        var counter = 7u;
        for (var turn = 0; turn < 20; turn++)
        {
            var sweep = Task.Run(() => TurnAsync(house), Stop);
            var own = (await store.FindByIdAsync(ann.Id, Stop))!;
            own.PasskeyChanges.Add((id, new UserPasskeyInfo(id, [4, 5], AccountHouse.Start, counter + 1, [], true, true, false, [], [])));
            counter += (await store.UpdateAsync(own, Stop)).Succeeded ? 1u : 0u;
            await sweep;
            KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow());
            house.Cambist.Service<LiveKeyRing>().Refresh();
        }

        Assert.Equal(counter, store.PasskeysOf(ann.Id).Single().SignCount);
    }

    [Fact]
    public async Task A_turn_is_taken_at_the_start_and_every_hour_and_one_that_breaks_off_is_not_the_last()
    {
        await using var house = await StartAsync();
        using var job = new RetentionJob(house.Cambist.Service<IServiceScopeFactory>(), house.Clock, NullLogger<RetentionJob>.Instance);
        var turns = Channel.CreateUnbounded<Swept?>();
        job.Done += turn => turns.Writer.TryWrite(turn);
        var tokens = await house.EnterAsync();

        await job.StartAsync(Stop);
        var first = await turns.Reader.ReadAsync(Stop);
        house.Cambist.Service<OneTimeTokens>().Issue(tokens.UserId, "a purpose", TimeSpan.FromMinutes(1));
        Execute(house, "ALTER TABLE one_time_token RENAME TO elsewhere");
        house.Clock.Advance(RetentionJob.Interval);
        var broken = await turns.Reader.ReadAsync(Stop);
        Execute(house, "ALTER TABLE elsewhere RENAME TO one_time_token");
        house.Clock.Advance(RetentionJob.Interval);
        var whole = await turns.Reader.ReadAsync(Stop);
        await job.StopAsync(Stop);

        Assert.Equal(new Swept(0, 0, 0, 0, 0, 0), first);
        Assert.Null(broken);
        Assert.Equal(1, whole?.Tokens);
    }

    [Fact]
    public async Task Where_mail_is_sent_the_owner_is_told_two_weeks_before_and_once()
    {
        await using var house = await WithMailAsync();
        await house.EnterAsync();
        await house.AddAsync("back@example.org");
        house.Clock.Advance(TimeSpan.FromDays(45.9));
        var early = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(0.2));
        var told = await TurnAsync(house);
        var again = await TurnAsync(house);
        Assert.Equal((0, 2, 0), (early.Warned, told.Warned, again.Warned));
        var letters = await TakenAsync(house, 2);
        Assert.Equal(0, (await TurnAsync(house)).Warned);
        await house.LoginAsync("back@example.org");
        house.Clock.Advance(TimeSpan.FromDays(13.9));
        var notYet = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(0.2));
        var last = await TurnAsync(house);

        Assert.All(letters, letter => Assert.Equal("account_inactive", letter.Content.Kind));
        Assert.Equal((0, 1, 0), (notYet.Erased, last.Erased, notYet.Warned + last.Warned));
        Assert.Equal(["back@example.org"], Emails(house));
    }

    [Fact]
    public async Task Nobody_is_erased_untold_because_the_service_did_not_run()
    {
        await using var house = await WithMailAsync();
        await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromDays(200));

        var first = await TurnAsync(house);
        await TakenAsync(house, 1);
        house.Clock.Advance(RetentionOptions.Notice);
        var second = await TurnAsync(house);

        Assert.Equal((1, 0), (first.Warned, first.Erased));
        Assert.Equal((0, 1), (second.Warned, second.Erased));
    }

    [Fact]
    public async Task Nobody_is_erased_whose_mail_no_server_took_and_the_mail_is_sent_again_a_day_later()
    {
        await using var house = await WithMailAsync();
        await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromDays(60));
        var first = await TurnAsync(house);
        await WaitingAsync(house, 1);

        // The mail was lost: a full queue, a server that refuses it, a restart.
        house.Clock.Advance(TimeSpan.FromDays(0.9));
        var early = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(20));
        var late = await TurnAsync(house);
        await TakenAsync(house, 1);
        house.Clock.Advance(TimeSpan.FromDays(13.9));
        var notYet = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(0.2));
        var last = await TurnAsync(house);

        Assert.Equal((1, 0, 1, 0), (first.Warned, early.Warned, late.Warned, notYet.Warned));
        Assert.Equal((0, 0, 0, 1), (early.Erased, late.Erased, notYet.Erased, last.Erased));
    }

    [Fact]
    public async Task A_mail_that_reaches_somebody_who_came_back_meanwhile_is_no_notice_of_the_next_time()
    {
        await using var house = await WithMailAsync();
        await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromDays(50));
        await TurnAsync(house);
        var late = await WaitingAsync(house, 1);
        await house.LoginAsync();
        house.Clock.Advance(TimeSpan.FromHours(1));
        Assert.All(late, mail => mail.WhenTaken!());

        house.Clock.Advance(TimeSpan.FromDays(61));
        var away = await TurnAsync(house);

        Assert.Equal((1, 0), (away.Warned, away.Erased));
    }

    [Fact]
    public async Task A_turn_asks_for_so_many_mails_and_the_next_for_others()
    {
        await using var house = await StartAsync(Mail);
        await house.AddAsync();
        Execute(house, $"""
            WITH RECURSIVE other (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM other WHERE n < {InactiveNotices.MostAtOnce})
            INSERT INTO account (id, email_hash, email, email_confirmed, role, security_stamp, version, profile, created_at, last_seen_at)
            SELECT '00000000-0000-4000-8000-' || (100000000000 + n), 'other-' || n, email, 0, 'user', '', '', '{"{}"}', created_at, last_seen_at FROM account CROSS JOIN other
            """);
        ReplaceEmails(house);
        house.Clock.Advance(TimeSpan.FromDays(60));

        var first = await TurnAsync(house);
        var second = await TurnAsync(house);
        var third = await TurnAsync(house);

        Assert.Equal((InactiveNotices.MostAtOnce, 1, 0), (first.Warned, second.Warned, third.Warned));
    }

    [Fact]
    public async Task An_account_that_cannot_be_read_keeps_no_other_from_what_is_due_to_it()
    {
        await using var house = await StartAsync(new() { ["Retention:InactiveDays"] = "60" });
        var accounts = new[] { await house.AddAsync(), await house.AddAsync("bob@example.org"), await house.AddAsync("eve@example.org") };
        var broken = accounts.Select(account => account.Id).Order(StringComparer.Ordinal).First();
        Execute(house, $"UPDATE account SET email = 'c1.d-gone.AAAA' WHERE id = '{broken}'");
        KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow());
        house.Cambist.Service<LiveKeyRing>().Refresh();

        var renewed = await TurnAsync(house);
        house.Clock.Advance(TimeSpan.FromDays(61));
        var erased = await TurnAsync(house);

        Assert.Equal((2, 1), (renewed.Renewed, renewed.Failed));
        Assert.Equal((2, 1), (erased.Erased, erased.Failed));
        Assert.Equal(1L, Count(house, "account"));
    }

    [Fact]
    public async Task A_key_of_cookies_that_cannot_be_read_keeps_no_other_under_its_old_key()
    {
        await using var house = await StartAsync();
        house.Cambist.Service<IDataProtectionProvider>().CreateProtector("a test").Protect("a secret");
        Execute(house, "INSERT INTO protection_key (id, data) VALUES ('a', '<key><field>c1.d-gone.AAAA</field></key>')");
        KeyRotation.RotateData(house.Cambist.Service<IKeyRingPlace>(), house.Clock.GetUtcNow());
        house.Cambist.Service<LiveKeyRing>().Refresh();

        var turn = await TurnAsync(house);

        Assert.Equal((1, 1), (turn.Renewed, turn.Failed));
    }

    private static Dictionary<string, string?> Mail => new()
    {
        ["Retention:InactiveDays"] = "60",
        ["Auth:PublicUrl"] = "http://127.0.0.1:5080",
        ["Auth:ConfirmedEmail"] = "false",
        ["Notifications:Channels:email:Host"] = "127.0.0.1",
        ["Notifications:Channels:email:Security"] = "none",
        ["Notifications:Channels:email:From"] = "cambist@example.org",
    };

    private async Task<AccountHouse> WithMailAsync()
    {
        var house = await StartAsync(Mail);
        await house.Cambist.Service<AccountMails>().StartAsync(Stop);
        return house;
    }

    // A mail server takes what waits.
    private static async Task<IReadOnlyList<EmailLetter>> TakenAsync(AccountHouse house, int count)
    {
        var waiting = await WaitingAsync(house, count);
        foreach (var mail in waiting)
        {
            mail.WhenTaken!();
        }

        return [.. waiting.Select(mail => mail.Letter)];
    }

    // Mails that wait are taken out, for nothing sends them in these tests.
    private static async Task<IReadOnlyList<WaitingMail>> WaitingAsync(AccountHouse house, int count)
    {
        var outgoing = house.Cambist.Service<OutgoingMail>();
        List<WaitingMail> mails = [];
        while (mails.Count < count)
        {
            mails.AddRange(outgoing.TakeAll());
            if (mails.Count < count)
            {
                Assert.True(await outgoing.PostedAsync(atMost: null, Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop));
            }
        }

        return mails;
    }

    // Each has its own, of one's own address, so that they can be read.
    private static void ReplaceEmails(AccountHouse house)
    {
        using var connection = house.Cambist.Store.Connect();
        foreach (var id in connection.Rows("SELECT id FROM account WHERE id LIKE '00000000-%'", row => row.GetString(0)))
        {
            connection.Execute(
                "UPDATE account SET email = @email WHERE id = @id", ("email", house.Cambist.Service<FieldCipher>().Encrypt($"{id}@example.org", new FieldPlace("account.email", id))), ("id", id));
        }
    }

    // Jobs beside the requests: time moves by months here, and each would take all its turns.
    private static bool RunsByItself(ServiceDescriptor service) => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name != "GenericWebHostService";

    private Task<AccountHouse> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(settings ?? []) { ["Encryption:KeyFile"] = _keys.File("keys.json") };
        KeyRotation.RotateData(EncryptionOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).Open(_keys.Path), AccountHouse.Start);
        return AccountHouse.StartAsync(all, engine == Engine.Postgres ? _place.Place : null, services =>
        {
            foreach (var service in services.Where(RunsByItself).ToList())
            {
                services.Remove(service);
            }
        });
    }

    private static async Task<Swept> TurnAsync(AccountHouse house)
    {
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RetentionSweep>().RunAsync(Stop);
    }

    private static IEnumerable<string> Emails(AccountHouse house) => house.Cambist.Service<AccountStore>().All().Select(account => account.Email).Order(StringComparer.Ordinal);

    private static object? Count(AccountHouse house, string table)
    {
        using var connection = house.Cambist.Store.Connect();
        return connection.Scalar($"SELECT count(*) FROM {table};");
    }

    private static IReadOnlyList<string> Texts(AccountHouse house, string sql)
    {
        using var connection = house.Cambist.Store.Connect();
        return connection.Rows(sql, row => row.GetString(0));
    }

    private static void Execute(AccountHouse house, string sql)
    {
        using var connection = house.Cambist.Store.Connect();
        connection.Execute(sql);
    }
}

public sealed class RetentionOnSqliteTests() : RetentionContract(Engine.Sqlite);

public sealed class RetentionOnPostgresTests() : RetentionContract(Engine.Postgres);

/// <summary>The settings.</summary>
public sealed class RetentionTests
{
    [Theory]
    [InlineData("UnconfirmedDays", "0")]
    [InlineData("UnconfirmedDays", "soon")]
    [InlineData("InactiveDays", "30")]
    [InlineData("InactiveDays", "-1")]
    public void A_value_that_is_not_allowed_is_named_by_its_key(string key, string value)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Read(new() { [$"Retention:{key}"] = value }));

        Assert.Equal($"Retention:{key}", fault.Key);
        Assert.Contains($"'{value}'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_unconfirmed_accounts_go_after_a_week_and_inactive_ones_stay() => Assert.Equal(new RetentionOptions(7, InactiveDays: null), Read([]));

    private static RetentionOptions Read(Dictionary<string, string?> settings) => RetentionOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
