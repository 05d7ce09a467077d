using System.Text.Json;
using Cambist.App.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Accounts.Pages;

/// <summary>The pages of one's own account.</summary>
public sealed class OwnAccountTests
{
    public static TheoryData<string> Own => ["/account", "/account/password", "/account/email", "/account/second-factor", "/account/passkeys", "/account/erase"];

    public static TheoryData<string> Sensitive => ["/account/email", "/account/second-factor", "/account/passkeys", "/account/erase"];

    public static TheoryData<string> Open => ["/account/login", "/account/register", "/account/forgot", "/account/reset", "/account/confirm"];

    [Theory]
    [MemberData(nameof(Own))]
    public async Task Nobody_but_its_owner_sees_it_and_nobody_keeps_it(string address)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var stranger = new Browser(house);
        using var owner = await Browser.LoggedInAsync(house);

        var refused = await stranger.GetAsync(address);
        var shown = await owner.GetAsync(address);

        Assert.Equal((302, $"/account/login?return={Uri.EscapeDataString(address)}"), (refused.Status, refused.Location));
        Assert.Equal((200, true), (shown.Status, shown.IsNotStored));
    }

    [Theory]
    [MemberData(nameof(Own))]
    public async Task Every_page_of_an_account_lets_one_log_out(string address)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync(address);

        Assert.Single(browser.Page.QuerySelectorAll("form[action='/account/logout']"));
        Assert.Equal(303, (await browser.SubmitAsync("/account/logout")).Status);
        Assert.Equal(302, (await browser.GetAsync(address)).Status);
    }

    [Theory]
    [MemberData(nameof(Open))]
    public async Task Pages_for_everybody_are_not_kept_either(string address)
    {
        await using var house = await AccountHouse.StartAsync();
        using var browser = new Browser(house);

        var shown = await browser.GetAsync(address);

        Assert.Equal((200, true), (shown.Status, shown.IsNotStored));
    }

    [Theory]
    [MemberData(nameof(Sensitive))]
    public async Task What_changes_who_gets_in_needs_a_recent_log_in_and_goes_on_after_it(string address)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        house.Clock.Advance(TimeSpan.FromMinutes(16));

        var late = await browser.GetAsync(address);
        var again = await browser.LogInAsync(address: late.Location!);

        Assert.Equal((302, $"/account/login?return={Uri.EscapeDataString(address)}"), (late.Status, late.Location));
        Assert.Equal((303, address), (again.Status, again.Location));
        Assert.Equal(200, (await browser.GetAsync(address)).Status);
    }

    [Fact]
    public async Task A_form_that_was_opened_in_time_and_sent_too_late_changes_nothing()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account/erase");
        house.Clock.Advance(TimeSpan.FromMinutes(16));

        var late = await browser.SubmitAsync("erase", ("sure", "yes"));

        Assert.Equal(302, late.Status);
        await house.LoginAsync();
    }

    [Fact]
    public async Task The_profile_is_saved_and_questions_take_it_for_granted()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account");

        var saved = await browser.SubmitAsync("profile", ("name", "Ann"), ("time_zone", "Europe/Berlin"), ("country", "de"), ("usual_provider", "wise"), ("risk_tolerance", "aggressive"));
        await browser.GetAsync("/account");
        var kept = (Value("country"), browser.Page.QuerySelector("h1")!.TextContent);
        var asked = await browser.GetAsync("/?amount=100&from=USD&to=EUR");

        Assert.Equal((303, "/account?note=saved"), (saved.Status, saved.Location));
        Assert.Equal(("DE", "Ann"), kept);
        Assert.Equal(("DE", "wise", "Europe/Berlin"), (Value("country"), Value("usual"), Value("time_zone")));
        Assert.Equal("aggressive", browser.Page.QuerySelector("[name=risk][checked]")!.GetAttribute("value"));
        Assert.True(asked.IsNotStored);

        string? Value(string id) => browser.Page.GetElementById(id)!.GetAttribute("value");
    }

    [Fact]
    public async Task A_wrong_field_of_the_profile_is_told_at_the_field_and_nothing_is_saved()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account");

        var wrong = await browser.SubmitAsync("profile", ("name", "<script>alert(1)</script>"), ("time_zone", "Mars/Olympus"));

        Assert.Equal((422, "true"), (wrong.Status, browser.Page.GetElementById("time_zone")!.GetAttribute("aria-invalid")));
        Assert.Equal("<script>alert(1)</script>", browser.Page.GetElementById("name")!.GetAttribute("value"));
        Assert.DoesNotContain("<script>alert", wrong.Text, StringComparison.Ordinal);
        await browser.GetAsync("/account");
        Assert.Null(browser.Page.GetElementById("name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Another_password_logs_out_everywhere_else()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        var app = await house.LoginAsync();
        using var other = await Browser.LoggedInAsync(house);
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account/password");

        var wrong = await browser.SubmitAsync("password", ("old", "not the password"), ("new", "four other words instead"));
        var changed = await browser.SubmitAsync("password", ("old", AccountHouse.Password), ("new", "four other words instead"));

        Assert.Equal((422, 303), (wrong.Status, changed.Status));
        Assert.Equal((200, 302, 401), ((await browser.GetAsync("/account")).Status, (await other.GetAsync("/account")).Status, (await house.GetAsync("/me", app.AccessToken)).Status));
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_one_by_one_or_all_others()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var phone = await Browser.LoggedInAsync(house);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        using var tablet = await Browser.LoggedInAsync(house);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var app = await house.LoginAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account");
        var listed = browser.Page.QuerySelectorAll("[name=session]").Select(button => button.GetAttribute("value")!).ToList();

        await browser.SubmitAsync("sessions", ("session", listed[1]));
        Assert.Equal((302, 200), ((await tablet.GetAsync("/account")).Status, (await phone.GetAsync("/account")).Status));
        await browser.GetAsync("/account");
        await browser.SubmitAsync("sessions", ("session", "others"));

        Assert.Equal(4, listed.Count);
        Assert.Equal((302, 401, 200), ((await phone.GetAsync("/account")).Status, (await house.GetAsync("/me", app.AccessToken)).Status, (await browser.GetAsync("/account")).Status));
    }

    [Fact]
    public async Task Another_persons_session_is_not_ended()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        await house.AddAsync("bob@example.org");
        using var bob = await Browser.LoggedInAsync(house, "bob@example.org");
        using var ann = await Browser.LoggedInAsync(house);
        await bob.GetAsync("/account");
        var bobs = house.Cambist.Service<Sessions>().Of((await AccountAsync(house, "bob@example.org")).Id).Single();
        await ann.GetAsync("/account");

        await ann.SubmitAsync("sessions", ("session", Sessions.Shown(bobs.Id)));

        Assert.Equal(200, (await bob.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task All_that_is_stored_is_downloaded_and_erased()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account");

        var export = await browser.SubmitAsync("/account/export");
        await browser.GetAsync("/account/erase");
        var unsure = await browser.SubmitAsync("erase");
        var erased = await browser.SubmitAsync("erase", ("sure", "yes"));

        Assert.Equal((200, true, AccountHouse.Email), (export.Status, export.IsNotStored, JsonDocument.Parse(export.Text).RootElement.GetProperty("account").GetProperty("email").GetString()));
        Assert.Equal((422, 303, "/account/login?note=erased"), (unsure.Status, erased.Status, erased.Location));
        Assert.Equal((302, 422), ((await browser.GetAsync("/account")).Status, (await browser.LogInAsync()).Status));
    }

    [Fact]
    public async Task The_links_of_mails_confirm_an_address_and_set_a_password_once()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        var reset = await TokenAsync(house, (users, one) => users.GeneratePasswordResetTokenAsync(one));
        using var browser = new Browser(house);

        await browser.GetAsync("/account/reset");
        var none = await browser.SubmitAsync("reset", ("link", "https://cambist.example/"), ("password", "four other words instead"));
        var weak = await browser.SubmitAsync("reset", ("link", $"id={account.Id}&token={reset}"), ("password", "password1"));
        var own = await browser.SubmitAsync("reset", ("link", $"id={account.Id}&token={reset}"), ("password", "annexample1"));
        var set = await browser.SubmitAsync("reset", ("link", $"https://cambist.example/account/reset#id={account.Id}&token={reset}"), ("password", "four other words instead"));
        var twice = await browser.SubmitAsync("reset", ("link", $"id={account.Id}&token={reset}"), ("password", "four other words instead"));
        var changed = await TokenAsync(house, (users, one) => users.GenerateChangeEmailTokenAsync(one, "ann@new.example"));
        await browser.GetAsync("/account/confirm");
        var forged = await browser.SubmitAsync("confirm", ("link", $"id={account.Id}&token={changed}&email=evil%40new.example"));
        var confirmed = await browser.SubmitAsync("confirm", ("link", $"id={account.Id}&token={changed}&email=ann%40new.example"));

        Assert.Equal((422, 422, 422, 303, 422), (none.Status, weak.Status, own.Status, set.Status, twice.Status));
        Assert.Equal((422, 303), (forged.Status, confirmed.Status));
        Assert.Equal(303, (await browser.LogInAsync("ann@new.example", "four other words instead")).Status);
    }

    private static async Task<Account> AccountAsync(AccountHouse house, string email)
    {
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByEmailAsync(email))!;
    }

    private static async Task<string> TokenAsync(AccountHouse house, Func<UserManager<Account>, Account, Task<string>> make)
    {
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        return await make(scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), await AccountAsync(house, AccountHouse.Email));
    }
}
