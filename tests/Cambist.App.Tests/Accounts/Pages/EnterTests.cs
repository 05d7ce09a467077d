using Cambist.App.Accounts.Pages;
using OtpNet;
using Xunit;

namespace Cambist.App.Tests.Accounts.Pages;

/// <summary>Registering, logging in and out on the pages.</summary>
public sealed class EnterTests
{
    [Fact]
    public async Task Who_registers_logs_in_sees_the_own_account_and_logs_out()
    {
        await using var house = await AccountHouse.StartAsync();
        using var browser = new Browser(house);

        await browser.GetAsync("/account/register");
        var registered = await browser.SubmitAsync("register", ("email", AccountHouse.Email), ("password", AccountHouse.Password));
        var noted = await browser.GetAsync(registered.Location!);
        var entered = await browser.SubmitAsync("login", ("email", AccountHouse.Email), ("password", AccountHouse.Password));
        var account = await browser.GetAsync("/account");
        var left = await browser.SubmitAsync("/account/logout");
        var after = await browser.GetAsync("/account");

        Assert.Equal((303, "/account/login?note=registered"), (registered.Status, registered.Location));
        Assert.Contains("it has one now", noted.Text, StringComparison.Ordinal);
        Assert.Equal((303, "/"), (entered.Status, entered.Location));
        Assert.Contains("HttpOnly", Assert.Single(entered.Cookies, cookie => cookie.StartsWith("cambist=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(AccountHouse.Email, account.Text, StringComparison.Ordinal);
        Assert.Equal((303, "/account/login?note=left"), (left.Status, left.Location));
        Assert.Equal((302, "/account/login?return=%2Faccount"), (after.Status, after.Location));
    }

    [Fact]
    public async Task A_cookie_that_was_logged_out_is_worth_nothing_to_whoever_kept_it()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        using var thief = new Browser(house);
        thief.Cookies.Add(browser.Cookies.GetCookies(house.Http.BaseAddress!));
        Assert.Equal(200, (await thief.GetAsync("/account")).Status);

        await browser.GetAsync("/account");
        await browser.SubmitAsync("/account/logout");

        Assert.Equal(302, (await thief.GetAsync("/account")).Status);
    }

    [Theory]
    [InlineData(AccountHouse.Email, "four other words instead")]
    [InlineData("nobody@example.org", AccountHouse.Password)]
    [InlineData("not an address", "")]
    public async Task Who_is_not_let_in_is_not_told_why(string email, string password)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = new Browser(house);

        var shown = await browser.LogInAsync(email, password);

        Assert.Equal(422, shown.Status);
        Assert.StartsWith("The e-mail or the password is wrong, or", browser.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(shown.Cookies, cookie => cookie.StartsWith("cambist=", StringComparison.Ordinal));
        Assert.Equal(email, browser.Page.QuerySelector("#email")!.GetAttribute("value"));
        Assert.Null(browser.Page.QuerySelector("#password")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_second_factor_is_set_up_and_asked_for_by_code_or_by_recovery_code_once()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var owner = await Browser.LoggedInAsync(house);
        await owner.GetAsync("/account/second-factor");
        Assert.Equal(303, (await owner.SubmitAsync("begin")).Status);
        await owner.GetAsync("/account/second-factor");
        var key = Base32Encoding.ToBytes(owner.Page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        string Code() => new Totp(key).ComputeTotp(house.Clock.GetUtcNow().UtcDateTime);

        var wrong = await owner.SubmitAsync("confirm", ("code", "000000"));
        await owner.SubmitAsync("confirm", ("code", Code()));
        var recovery = owner.Page.QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        house.Clock.Advance(TimeSpan.FromSeconds(30));

        using var browser = new Browser(house);
        var first = await browser.LogInAsync();
        var guessed = await browser.SubmitAsync("code", ("code", "000000"));
        var entered = await browser.SubmitAsync("code", ("code", Code()));
        using var other = new Browser(house);
        await other.LogInAsync();
        var recovered = await other.SubmitAsync("code", ("recovery_code", recovery[0]));
        await other.LogInAsync();
        var again = await other.SubmitAsync("code", ("recovery_code", recovery[0]));

        Assert.Equal((422, 10), (wrong.Status, recovery.Count));
        Assert.Equal((200, 422, 303, 303, 422), (first.Status, guessed.Status, entered.Status, recovered.Status, again.Status));
        Assert.DoesNotContain(first.Cookies, cookie => cookie.StartsWith("cambist=", StringComparison.Ordinal));
        Assert.DoesNotContain(recovery[1], (await owner.GetAsync("/account/second-factor")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_recovery_codes_are_made_while_the_second_factor_stays_on()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var owner = await Browser.LoggedInAsync(house);
        await owner.GetAsync("/account/second-factor");
        await owner.SubmitAsync("begin");
        await owner.GetAsync("/account/second-factor");
        var key = Base32Encoding.ToBytes(owner.Page.QuerySelector(".key")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        await owner.SubmitAsync("confirm", ("code", new Totp(key).ComputeTotp(house.Clock.GetUtcNow().UtcDateTime)));
        var old = owner.Page.QuerySelector(".codes code")!.TextContent;

        await owner.GetAsync("/account/second-factor");
        var renewed = await owner.SubmitAsync("codes");
        var told = owner.Page.QuerySelector("[role=status]")!.TextContent;
        var codes = owner.Page.QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        using var other = new Browser(house);
        await other.LogInAsync();
        var byOld = await other.SubmitAsync("code", ("recovery_code", old));
        await other.LogInAsync();
        var byNew = await other.SubmitAsync("code", ("recovery_code", codes[0]));

        Assert.StartsWith("You have new recovery codes.", told, StringComparison.Ordinal);
        Assert.Equal((200, 10, 422, 303), (renewed.Status, codes.Count, byOld.Status, byNew.Status));
    }

    [Theory]
    [InlineData("/account", "/account")]
    [InlineData("/?amount=5&from=EUR", "/?amount=5&from=EUR")]
    [InlineData("//evil.example", null)]
    [InlineData("/\\evil.example", null)]
    [InlineData("\\\\evil.example", null)]
    [InlineData("/\t/evil.example", null)]
    [InlineData("/\n/evil.example", null)]
    [InlineData("https://evil.example", null)]
    [InlineData("https:evil.example", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("evil", null)]
    [InlineData(" //evil.example", null)]
    [InlineData("/..//evil.example", null)]
    [InlineData("/%2Fevil.example", "/%2Fevil.example")] // Browsers leave it as a path.
    [InlineData("/@evil.example", "/@evil.example")]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_log_in_leads_back_to_own_pages_only(string? told, string? expected) => Assert.Equal(expected, LocalAddress.Of(told));

    [Fact]
    public async Task A_log_in_leads_back_to_where_it_was_asked_for_but_never_away()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = new Browser(house);

        var own = await browser.LogInAsync(address: "/account/login?return=%2Faccount%2Fpassword");
        var foreign = await browser.LogInAsync(address: "/account/login?return=%2F%2Fevil.example");
        var encoded = await browser.LogInAsync(address: "/account/login?return=%2F%5Cevil.example");

        Assert.Equal("/account/login?return=%2F%5Cevil.example", browser.Form("login").GetAttribute("action"));
        Assert.Equal(("/account/password", "/", "/"), (own.Location, foreign.Location, encoded.Location));
    }

    [Fact]
    public async Task Where_nobody_registers_or_no_mail_is_sent_the_page_says_so()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:Registration"] = "false" });
        using var browser = new Browser(house);

        Assert.Contains("Nobody registers here", (await browser.GetAsync("/account/register")).Text, StringComparison.Ordinal);
        Assert.Empty(browser.Page.Forms);
        Assert.Contains("sends no mail", (await browser.GetAsync("/account/forgot")).Text, StringComparison.Ordinal);
        Assert.Empty(browser.Page.Forms);
        Assert.DoesNotContain("/account/register", (await browser.GetAsync("/account/login")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_mail_is_sent_an_address_is_confirmed_first_and_pages_say_what_they_sent()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?>
        {
            ["Auth:PublicUrl"] = "http://127.0.0.1", ["Notifications:Channels:email:Host"] = "127.0.0.1", ["Notifications:Channels:email:Port"] = "9", ["Notifications:Channels:email:From"] = "cambist@example.org",
        });
        using var browser = new Browser(house);
        await browser.GetAsync("/account/register");

        var registered = await browser.SubmitAsync("register", ("email", AccountHouse.Email), ("password", AccountHouse.Password));
        var early = await browser.LogInAsync();
        await browser.GetAsync("/account/forgot");
        var known = await browser.SubmitAsync("forgot", ("email", AccountHouse.Email));
        await browser.GetAsync("/account/forgot");
        var unknown = await browser.SubmitAsync("forgot", ("email", "nobody@example.org"));

        Assert.Equal("/account/login?note=confirm", registered.Location);
        Assert.Contains("not confirmed yet", early.Text, StringComparison.Ordinal);
        Assert.Equal((known.Status, known.Location), (unknown.Status, unknown.Location));
        Assert.Equal((303, "/account/forgot?note=forgot"), (known.Status, known.Location));
    }

    [Fact]
    public async Task An_address_says_only_what_pages_say()
    {
        await using var house = await AccountHouse.StartAsync();
        using var browser = new Browser(house);

        var shown = await browser.GetAsync("/account/login?note=Send+your+password+to+evil.example");

        Assert.DoesNotContain("evil", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_weak_password_is_told_at_its_field()
    {
        await using var house = await AccountHouse.StartAsync();
        using var browser = new Browser(house);
        await browser.GetAsync("/account/register");

        var shown = await browser.SubmitAsync("register", ("email", AccountHouse.Email), ("password", "password1"));

        Assert.Equal((422, "true"), (shown.Status, browser.Page.QuerySelector("#password")!.GetAttribute("aria-invalid")));
        Assert.Contains("guessed", browser.Page.QuerySelector("#password-problem")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_forms_send_counts_as_checking_passwords_and_looking_at_them_does_not()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["RateLimits:Auth"] = "3" });
        await house.AddAsync();
        using var browser = new Browser(house);
        var tried = new List<int>();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            tried.Add((await browser.LogInAsync(password: "four other words instead")).Status);
        }

        Assert.Equal([422, 422, 422, 429], tried);
        Assert.Equal(200, (await browser.GetAsync("/account/login")).Status);
    }
}
