using System.Text.RegularExpressions;
using Cambist.App.Accounts;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>From a wish to the mail and by its link to what was wished for, with a mail server, by REST and on the pages.</summary>
public sealed partial class MailFlowTests : IAsyncLifetime
{
    private const string Ann = AccountHouse.Email;
    private const string NewAnn = "ann@new.example";
    private const string Eve = "eve@example.org";
    private const string Nobody = "nobody@example.org";
    private const string AnotherPassword = "four other words instead";
    private const string Confirm = "account_confirm";
    private const string Reset = "account_reset";
    private const string NewAddress = "account_newaddress";
    private const string Changed = "account_changed";

    private readonly StandInMail _mail = StandInMail.Start();
    private AccountHouse _house = null!;

    private static readonly TimeSpan BetweenLinks = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Ways => ["rest", "pages"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _house = await AccountHouse.StartAsync(new Dictionary<string, string?>(_mail.Settings) { ["Auth:PublicUrl"] = "http://cambist.example.org" });

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        await _mail.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_registers_gets_a_link_and_is_let_in_once_it_was_followed(string by)
    {
        using var way = Way(by);
        Assert.True((await way.RegisterAsync(Ann)).IsDone);
        var link = await LinkAsync(Confirm, Ann);

        // Who registered in somebody else's name knows the password, and is told no more than a stranger.
        var early = await way.LogInAsync(Ann);
        var stranger = await way.LogInAsync(Ann, AnotherPassword);
        var unknown = await way.LogInAsync(Nobody, AnotherPassword);
        var confirmed = await way.ConfirmAsync(link);
        var twice = await way.ConfirmAsync(link);
        var entered = await way.LogInAsync(Ann);

        Assert.False(early.IsDone);
        Assert.Equal((unknown, unknown), (stranger, early));
        Assert.Equal((true, false, true), (confirmed.IsDone, twice.IsDone, entered.IsDone));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_mail_that_confirms_comes_again_and_only_the_last_link_works(string by)
    {
        using var way = Way(by);
        await way.RegisterAsync(Ann);
        var first = await LinkAsync(Confirm, Ann);

        await PassAsync(BetweenLinks);
        await way.ResendAsync(Ann);
        var second = await LinkAsync(Confirm, Ann);

        Assert.Equal((false, true), ((await way.ConfirmAsync(first)).IsDone, (await way.ConfirmAsync(second)).IsDone));
    }

    [Fact]
    public async Task Whether_there_is_something_to_confirm_is_told_by_mail_alone()
    {
        await _house.AddAsync();
        using var way = Way("rest");
        await way.RegisterAsync(Eve);
        await LinkAsync(Confirm, Eve);
        await PassAsync(BetweenLinks);

        var answers = new[] { await way.ResendAsync(Nobody), await way.ResendAsync(Ann), await way.ResendAsync(Eve) };
        await LinkAsync(Confirm, Eve);

        Assert.Single(answers.Distinct());
        Assert.Equal([Eve, Eve], _mail.Messages.Select(mail => mail.Recipients.Single()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_link_that_confirms_works_for_a_day_and_for_its_own_account(string by)
    {
        using var way = Way(by);
        await way.RegisterAsync(Ann);
        var link = await LinkAsync(Confirm, Ann);
        await way.RegisterAsync(Eve);
        var (ann, eve) = (MailLinks.Parts(link), MailLinks.Parts(await LinkAsync(Confirm, Eve)));

        var forAnother = await way.ConfirmAsync(new Uri($"http://cambist.example.org/account/confirm#id={eve["id"]}&token={ann["token"]}"));
        var asNewAddress = await way.ConfirmAsync(new Uri($"{link}&email={Uri.EscapeDataString(Eve)}"));
        var asReset = await way.ResetAsync(link, AnotherPassword);
        await PassAsync(TimeSpan.FromHours(24));
        var late = await way.ConfirmAsync(link);

        Assert.Equal((false, false, false, false), (forAnother.IsDone, asNewAddress.IsDone, asReset.IsDone, late.IsDone));
        Assert.Equal((false, false), ((await way.LogInAsync(Ann)).IsDone, (await way.LogInAsync(Eve)).IsDone));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_forgotten_password_is_set_anew_by_the_mails_link_and_what_was_before_is_over(string by)
    {
        var before = await _house.EnterAsync();
        using var way = Way(by);
        await way.ForgotAsync(Ann);
        var old = await LinkAsync(Reset, Ann);
        await PassAsync(BetweenLinks);
        await way.ForgotAsync(Ann);
        var link = await LinkAsync(Reset, Ann);

        var byOld = await way.ResetAsync(old, AnotherPassword);
        var weak = await way.ResetAsync(link, Ann);
        var done = await way.ResetAsync(link, AnotherPassword);
        var twice = await way.ResetAsync(link, "five quite different words now");
        var notice = await _mail.NextAsync(Changed, Stop);

        Assert.Equal((false, false, true, false), (byOld.IsDone, weak.IsDone, done.IsDone, twice.IsDone));
        Assert.Equal((Ann, true), (notice.Recipients.Single(), notice.Text.Contains("a new password was set", StringComparison.Ordinal)));
        Assert.Equal((401, 401), ((await _house.GetAsync("/me", before.AccessToken)).Status, (await _house.PostAsync("/auth/refresh", new RefreshRequest(before.RefreshToken))).Status));
        Assert.Equal((false, true), ((await way.LogInAsync(Ann)).IsDone, (await way.LogInAsync(Ann, AnotherPassword)).IsDone));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Whoever_asks_over_and_over_in_somebodys_name_floods_no_mailbox_and_takes_no_link_away(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);
        await way.ForgotAsync(Ann);
        var link = await LinkAsync(Reset, Ann);
        for (var turn = 0; turn < 5; turn++)
        {
            await way.ForgotAsync(Ann);
        }

        // Written after those.
        await way.RegisterAsync(Eve);
        await LinkAsync(Confirm, Eve);

        Assert.Equal([Ann, Eve], _mail.Messages.Select(mail => mail.Recipients.Single()));
        Assert.True((await way.ResetAsync(link, AnotherPassword)).IsDone);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_link_that_sets_a_password_works_for_an_hour(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);
        await way.ForgotAsync(Ann);
        var link = await LinkAsync(Reset, Ann);
        await PassAsync(TimeSpan.FromHours(1));

        Assert.False((await way.ResetAsync(link, AnotherPassword)).IsDone);
        Assert.True((await way.LogInAsync(Ann)).IsDone);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_has_no_account_is_answered_the_same_and_gets_no_mail(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);

        var unknown = await way.ForgotAsync(Nobody);
        var known = await way.ForgotAsync(Ann);
        await LinkAsync(Reset, Ann);

        Assert.Equal(known, unknown);
        Assert.Equal([Ann], _mail.Messages.Select(mail => mail.Recipients.Single()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_registers_an_address_that_has_an_account_is_answered_the_same_and_its_owner_is_told_by_mail(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);

        var taken = await way.RegisterAsync("Ann@Example.ORG", AnotherPassword);
        var free = await way.RegisterAsync(Eve, AnotherPassword);
        var told = await _mail.NextAsync("account_alreadyregistered", Stop);

        Assert.Equal(free, taken);
        Assert.Equal(Ann, told.Recipients.Single());
        Assert.DoesNotContain("token", told.Text, StringComparison.Ordinal);
        Assert.Equal((true, false), ((await way.LogInAsync(Ann)).IsDone, (await way.LogInAsync(Ann, AnotherPassword)).IsDone));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Another_address_counts_when_it_was_confirmed_and_the_old_one_is_told_before_and_after(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);
        await way.ForgotAsync(Ann);
        var reset = await LinkAsync(Reset, Ann);
        await way.LogInAsync(Ann);

        Assert.True((await way.ChangeEmailAsync(NewAnn)).IsDone);
        var link = await LinkAsync(NewAddress, NewAnn);
        var before = await _mail.NextAsync(Changed, Stop);
        Assert.Equal((Ann, true), (before.Recipients.Single(), before.Text.Contains("another e-mail address", StringComparison.Ordinal)));
        Assert.Equal((false, true), ((await Way(by).LogInAsync(NewAnn)).IsDone, (await Way(by).LogInAsync(Ann)).IsDone));

        var elsewhere = await way.ConfirmAsync(new Uri(link.OriginalString.Replace("new.example", "evil.example", StringComparison.Ordinal)));
        var confirmed = await way.ConfirmAsync(link);
        var after = await _mail.NextAsync("account_moved", Stop);

        Assert.Equal((false, true, false), (elsewhere.IsDone, confirmed.IsDone, (await way.ConfirmAsync(link)).IsDone));
        Assert.Equal(Ann, after.Recipients.Single());
        Assert.DoesNotContain("new.example", after.Text, StringComparison.Ordinal);
        Assert.Equal((true, false), ((await Way(by).LogInAsync(NewAnn)).IsDone, (await Way(by).LogInAsync(Ann)).IsDone));
        Assert.False((await way.ResetAsync(reset, AnotherPassword)).IsDone);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Of_two_new_addresses_the_first_which_may_be_a_strangers_cannot_be_confirmed(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);
        await way.LogInAsync(Ann);
        await way.ChangeEmailAsync("anm@new.example");
        var first = await LinkAsync(NewAddress, "anm@new.example");
        await way.ChangeEmailAsync(NewAnn);
        var second = await LinkAsync(NewAddress, NewAnn);

        Assert.Equal((false, true), ((await way.ConfirmAsync(first)).IsDone, (await way.ConfirmAsync(second)).IsDone));
    }

    [Theory]
    [InlineData("rest", "reset")]
    [InlineData("pages", "reset")]
    [InlineData("rest", "change")]
    public async Task A_new_password_takes_back_what_a_thief_asked_for(string by, string how)
    {
        await _house.AddAsync();
        using (var thief = Way(by))
        {
            await thief.LogInAsync(Ann);
            await thief.ChangeEmailAsync(Eve);
        }

        var link = await LinkAsync(NewAddress, Eve);
        using var owner = Way(by);
        if (how == "reset")
        {
            await owner.ForgotAsync(Ann);
            Assert.True((await owner.ResetAsync(await LinkAsync(Reset, Ann), AnotherPassword)).IsDone);
        }
        else
        {
            var tokens = await _house.LoginAsync();
            Assert.Equal(200, (await _house.PostAsync("/me/password", new ChangePasswordRequest(AccountHouse.Password, AnotherPassword), tokens.AccessToken)).Status);
        }

        Assert.False((await Way(by).ConfirmAsync(link)).IsDone);
        Assert.False((await Way(by).LogInAsync(Eve, AnotherPassword)).IsDone);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_is_locked_out_is_told_once_and_gets_in_by_a_new_password(string by)
    {
        await _house.AddAsync();
        using var way = Way(by);
        for (var attempt = 0; attempt < 8; attempt++)
        {
            Assert.False((await way.LogInAsync(Ann, AnotherPassword)).IsDone);
        }

        var told = await _mail.NextAsync("account_locked", Stop);
        Assert.Equal((Ann, true), (told.Recipients.Single(), told.Text.Contains("5 times", StringComparison.Ordinal)));
        Assert.False((await way.LogInAsync(Ann)).IsDone);
        await way.ForgotAsync(Ann);
        await way.ResetAsync(await LinkAsync(Reset, Ann), "five quite different words now");
        Assert.True((await way.LogInAsync(Ann, "five quite different words now")).IsDone);
        Assert.Single(_mail.Messages, mail => mail.Kind == "account_locked");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Who_takes_a_copy_or_erases_the_account_is_told_by_mail(string by)
    {
        await _house.AddAsync();
        if (by == "rest")
        {
            var token = (await _house.LoginAsync()).AccessToken;
            Assert.Equal((200, 204), ((await _house.GetAsync("/me/export", token)).Status, (await _house.SendAsync(HttpMethod.Delete, "/me", token: token)).Status));
        }
        else
        {
            using var browser = await Browser.LoggedInAsync(_house);
            await browser.GetAsync("/account");
            Assert.Equal(200, (await browser.SubmitAsync("/account/export")).Status);
            await browser.GetAsync("/account/erase");
            Assert.Equal(303, (await browser.SubmitAsync("erase", ("sure", "yes"))).Status);
        }

        Assert.Equal(Ann, (await _mail.NextAsync("account_exported", Stop)).Recipients.Single());
        Assert.Equal(Ann, (await _mail.NextAsync("account_erased", Stop)).Recipients.Single());
        Assert.Equal(2, _mail.Messages.Count);
    }

    [Fact]
    public async Task What_whoever_runs_the_service_copies_or_erases_is_told_by_no_mail()
    {
        var ann = await _house.AddAsync();
        await _house.AddAsync(Eve);
        await using (var scope = _house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope())
        {
            var operators = ActivatorUtilities.CreateInstance<OperatorAccounts>(scope.ServiceProvider);
            operators.Export(ann);
            await operators.EraseAsync(ann);
        }

        using var way = Way("rest");
        await way.ForgotAsync(Eve);
        await LinkAsync(Reset, Eve);

        Assert.Equal([Eve], _mail.Messages.SelectMany(mail => mail.Recipients));
    }

    [Theory]
    [InlineData("rest", "ann@example.org\r\nBcc: eve@example.org")]
    [InlineData("pages", "ann@example.org\r\nBcc: eve@example.org")]
    [InlineData("rest", "ann@example.org\nSubject: free money")]
    [InlineData("rest", "ann\r\n@example.org")]
    [InlineData("rest", "ann@example.org,eve@example.org")]
    [InlineData("rest", "\"a b\" <eve@example.org>")]
    [InlineData("rest", "ann@example.org>\r\nRCPT TO:<eve@example.org")]
    [InlineData("rest", "ann\u2028@example.org")]
    public async Task An_address_that_would_be_more_than_one_line_or_more_than_one_address_is_refused(string by, string email)
    {
        await _house.AddAsync();
        using var way = Way(by);

        Assert.False((await way.RegisterAsync(email)).IsDone);
        await way.LogInAsync(Ann);
        Assert.False((await way.ChangeEmailAsync(email)).IsDone);
        await way.ForgotAsync(email);
        await way.ForgotAsync(Ann);
        await LinkAsync(Reset, Ann);
        Assert.Equal([Ann], _mail.Messages.SelectMany(mail => mail.Recipients));
    }

    [Fact]
    public async Task Neither_a_name_nor_an_address_that_looks_encoded_becomes_a_header()
    {
        const string Encoded = "=?utf-8?q?=0D=0ABcc=3A_eve=40example.org?=@example.org";
        using var way = Way("rest");
        var ann = await _house.EnterAsync();
        var named = await _house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name: "Ann\r\nBcc: eve@example.org"), ann.AccessToken);
        Assert.True((await _house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name: "=?utf-8?q?=0D=0ABcc=3A_eve?="), ann.AccessToken)).Status == 200);

        await way.ForgotAsync(Ann);
        var usual = await _mail.NextAsync(Reset, Stop);
        var registered = await way.RegisterAsync(Encoded);
        var odd = await _mail.NextAsync(Confirm, Stop);

        Assert.Equal((422, true), (named.Status, registered.IsDone));
        Assert.Equal([Encoded], odd.Recipients);
        Assert.Equal(usual.HeaderNames, odd.HeaderNames);
        Assert.DoesNotContain("Bcc", odd.HeaderNames);
        Assert.DoesNotContain("Bcc:", odd.Source, StringComparison.Ordinal);
    }

    // A step of a mail that is still under way would take the whole time, and be given up.
    private async Task PassAsync(TimeSpan time)
    {
        var outgoing = _house.Cambist.Service<OutgoingMail>();
        await Eventually.TrueAsync(() => outgoing.Held == 0, TimeSpan.FromSeconds(30));
        _house.Clock.Advance(time);
    }

    private IMailWay Way(string by) => by == "rest" ? new RestWay(_house) : new PageWay(_house);

    // The next mail of a kind, which must go to an address alone, and the link of it, of which servers see nothing that works.
    private async Task<Uri> LinkAsync(string kind, string to)
    {
        var mail = await _mail.NextAsync(kind, Stop);
        var link = new Uri(Assert.Single(Links.Matches(mail.Text)).Value);
        var parts = MailLinks.Parts(link);
        Assert.Equal([to], mail.Recipients);
        Assert.Equal(("", "http://cambist.example.org"), (link.Query, link.GetLeftPart(UriPartial.Authority)));
        Assert.True(parts["token"].Length >= 43);
        Assert.DoesNotContain(parts["token"], link.AbsolutePath, StringComparison.Ordinal);
        Assert.DoesNotContain(parts["token"], mail.Source.Split("\r\n\r\n")[0], StringComparison.Ordinal);
        return link;
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Links { get; }
}
