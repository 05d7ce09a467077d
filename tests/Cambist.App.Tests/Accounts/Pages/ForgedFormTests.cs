using System.Text.Json;
using Xunit;

namespace Cambist.App.Tests.Accounts.Pages;

/// <summary>Forms and requests that other sites' pages send in a person's name.</summary>
public sealed class ForgedFormTests
{
    // Every form that a cookie lets somebody send: its page, its name, and what is filled in.
    public static TheoryData<string, string, string, string> Forms => new()
    {
        { "/account", "profile", "name", "Mallory" },
        { "/account", "sessions", "session", "others" },
        { "/account", "/account/logout", "", "" },
        { "/account", "/account/export", "", "" },
        { "/account/password", "password", "new", "four other words instead" },
        { "/account/second-factor", "begin", "", "" },
        { "/account/erase", "erase", "sure", "yes" },
        { "/account/login", "login", "email", "mallory@example.org" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_form_without_its_token_or_with_another_persons_or_from_another_site_changes_nothing(string address, string form, string field, string value)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        await house.AddAsync("mallory@example.org");
        using var mallory = await Browser.LoggedInAsync(house, "mallory@example.org");
        await mallory.GetAsync("/account");
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync(address);
        var sent = Browser.Fields(browser.Form(form));
        sent["old"] = AccountHouse.Password;
        sent["password"] = AccountHouse.Password;
        sent[field.Length > 0 ? field : "nothing"] = value;
        var to = form.StartsWith('/') ? form : address;
        var before = State(house);

        var bare = await browser.PostAsync(to, sent.Where(one => one.Key != "__RequestVerificationToken").ToDictionary());
        var others = await browser.PostAsync(to, new Dictionary<string, string>(sent) { ["__RequestVerificationToken"] = mallory.Token });
        var garbled = await browser.PostAsync(to, new Dictionary<string, string>(sent) { ["__RequestVerificationToken"] = sent["__RequestVerificationToken"][..^4] + "AAAA" });
        browser.Headers["Origin"] = "https://evil.example";
        var foreign = await browser.PostAsync(to, sent);
        browser.Headers["Origin"] = "null";
        var nowhere = await browser.PostAsync(to, sent);
        browser.Headers.Remove("Origin");
        browser.Headers["Sec-Fetch-Site"] = "cross-site";
        var crossSite = await browser.PostAsync(to, sent);
        browser.Headers["Sec-Fetch-Site"] = "same-site";
        var sibling = await browser.PostAsync(to, sent);

        Assert.Equal([400, 400, 400, 400, 400, 400, 400], new[] { bare, others, garbled, foreign, nowhere, crossSite, sibling }.Select(answer => answer.Status));
        Assert.All(new[] { bare, others, garbled, foreign, nowhere, crossSite, sibling }, answer => Assert.Empty(answer.Cookies));
        Assert.Equal(before, State(house));
        browser.Headers["Sec-Fetch-Site"] = "same-origin";
        Assert.Equal(200, (await browser.GetAsync("/account")).Status);
        Assert.InRange((await browser.PostAsync(to, sent)).Status, 200, 303); // And so the test can fail.
    }

    [Theory]
    [InlineData("/account/passkeys/add/begin")]
    [InlineData("/account/passkeys/add")]
    [InlineData("/account/passkeys/login/begin")]
    [InlineData("/account/passkeys/login")]
    public async Task What_scripts_send_needs_the_token_too(string address)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        await browser.GetAsync("/account");

        var forged = await browser.AskAsync(address, "{}", token: "CfDJ8none");
        browser.Headers["Origin"] = "https://evil.example";
        var foreign = await browser.AskAsync(address, "{}");

        Assert.Equal((400, 400), (forged.Status, foreign.Status));
        Assert.Contains("too old", forged.Text, StringComparison.Ordinal);
        Assert.Contains("another site", foreign.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("DELETE", "/api/v1/me")]
    [InlineData("POST", "/api/v1/me/second-factor")]
    [InlineData("GET", "/api/v1/me/export")]
    [InlineData("GET", "/API/v1/me")]
    [InlineData("DELETE", "/Api/V1/Me")]
    public async Task A_cookie_is_worth_nothing_to_the_API(string method, string address)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Cookie", browser.Cookies.GetCookieHeader(house.Http.BaseAddress!));

        using var answer = await house.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
        await house.LoginAsync();
    }

    [Fact]
    public async Task A_token_is_worth_nothing_to_the_pages()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        using var browser = new Browser(house);
        browser.Headers["Authorization"] = $"Bearer {tokens.AccessToken}";

        Assert.NotEqual(200, (await browser.GetAsync("/account")).Status);
    }

    [Fact]
    public async Task Cookies_are_the_hosts_own_over_TLS_and_no_script_reads_them()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Auth:PublicUrl"] = "https://cambist.example" });
        using var browser = new Browser(house);

        var asked = await browser.GetAsync("/");
        var form = await browser.GetAsync("/account/login");

        Assert.Empty(asked.Cookies); // A visitor who asks a question gets none.
        var cookie = Assert.Single(form.Cookies);
        Assert.StartsWith("__Host-cambist-form=", cookie, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=strict", "secure"], cookie.Split("; ").Skip(1).Order(StringComparer.Ordinal));
    }

    // All that forms may change, and the trail of it.
    private static string State(AccountHouse house)
    {
        using var connection = house.Cambist.Store.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT group_concat(id || version || coalesce(password_hash, '') || coalesce(totp_key, '')) FROM account) || (SELECT count(*) FROM account_session WHERE ended_at IS NULL) || (SELECT count(*) FROM audit_event);";
        return JsonSerializer.Serialize(command.ExecuteScalar());
    }
}
