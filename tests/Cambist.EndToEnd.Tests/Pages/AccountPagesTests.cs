using Cambist.App.Rates;
using Cambist.TestKit;
using Microsoft.Playwright;
using OtpNet;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>The pages of accounts in a real browser, with an authenticator of its own.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class AccountPagesTests
{
    private const string Email = "ann@example.org";
    private const string Password = "four unrelated words here";

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Every_page_loads_without_a_fault_fits_its_width_and_is_accessible(int width, ColorScheme scheme)
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, width, scheme);
        var look = new Look(visit, width, scheme);

        foreach (var name in new[] { "login", "register", "forgot", "reset", "confirm" })
        {
            await visit.Page.GotoAsync(At(cambist, $"/account/{name}"));
            await look.CheckAsync(name);
        }

        await RegisterAsync(visit, cambist);
        await LogInAsync(visit, cambist);
        await visit.Page.WaitForURLAsync(At(cambist, "/"));
        await look.CheckAsync("home");
        await using var authenticator = await VirtualAuthenticator.AddAsync(visit.Page);
        await AddPasskeyAsync(visit, cambist);
        foreach (var name in new[] { "", "/password", "/email", "/passkeys", "/erase", "/second-factor" })
        {
            await visit.Page.GotoAsync(At(cambist, $"/account{name}"));
            await look.CheckAsync($"account{name.Replace('/', '-')}");
        }

        await visit.Page.ClickAsync("text=Set it up");
        await look.CheckAsync("second-factor-key");
        await visit.Page.FillAsync("#code", await CodeAsync(visit.Page));
        await visit.Page.ClickAsync("text=Turn it on");
        await look.CheckAsync("recovery-codes");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_person_registers_adds_a_passkey_logs_out_and_comes_back_by_it()
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 390, ColorScheme.Light);
        await using var authenticator = await VirtualAuthenticator.AddAsync(visit.Page);

        await RegisterAsync(visit, cambist);
        await LogInAsync(visit, cambist);
        await AddPasskeyAsync(visit, cambist);
        Assert.Contains("Ann's phone", await visit.Page.InnerTextAsync(".rows"), StringComparison.Ordinal);
        await visit.Page.ClickAsync("text=Back to the account");
        await visit.Page.ClickAsync("text=Log out");
        await visit.Page.WaitForURLAsync("**/account/login?note=left");

        await visit.Page.GotoAsync(At(cambist, "/account/login?return=%2Faccount"));
        await visit.Page.ClickAsync("text=Log in with a passkey");
        await visit.Page.WaitForURLAsync(At(cambist, "/account"));

        Assert.Contains(Email, await visit.Page.InnerTextAsync(".who"), StringComparison.Ordinal);
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_passkey_that_does_not_check_its_person_is_told_and_lets_nobody_in()
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light);
        await using var authenticator = await VirtualAuthenticator.AddAsync(visit.Page);
        await RegisterAsync(visit, cambist);
        await LogInAsync(visit, cambist);
        await AddPasskeyAsync(visit, cambist);
        await visit.Page.Context.ClearCookiesAsync();
        await authenticator.VerifyAsync(false);

        await visit.Page.GotoAsync(At(cambist, "/account/login"));
        await visit.Page.ClickAsync("text=Log in with a passkey");
        await visit.Page.Locator("passkey-login .field-problem:not(:empty)").WaitForAsync();

        Assert.Contains("gave no passkey", await visit.Page.InnerTextAsync("passkey-login .field-problem"), StringComparison.Ordinal);
        await visit.Page.GotoAsync(At(cambist, "/account"));
        Assert.Contains("/account/login", visit.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_factor_is_set_up_and_asked_for_with_scripts_and_without(bool scripts)
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light, scripts);
        await RegisterAsync(visit, cambist);
        await LogInAsync(visit, cambist);
        await visit.Page.GotoAsync(At(cambist, "/account/second-factor"));
        await visit.Page.ClickAsync("text=Set it up");
        var key = await KeyAsync(visit.Page);
        await visit.Page.FillAsync("#code", await CodeAsync(visit.Page));
        await visit.Page.ClickAsync("text=Turn it on");
        var recovery = await visit.Page.Locator(".codes code").First.InnerTextAsync();

        await visit.Page.ClickAsync("text=Back to the account");
        await visit.Page.ClickAsync("text=Log out");
        await LogInAsync(visit, cambist);
        await visit.Page.ClickAsync("text=Use a recovery code instead");
        await visit.Page.FillAsync("#recovery_code", recovery);
        await visit.Page.ClickAsync("button[type=submit]");
        await visit.Page.WaitForURLAsync(At(cambist, "/"));

        Assert.Equal(32, key.Length);
        Assert.Equal("Account", await visit.Page.InnerTextAsync("header .person"));
    }

    [Fact]
    public async Task The_link_of_a_mail_leaves_the_address_bar_and_fills_in_the_form()
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 390, ColorScheme.Light);

        await visit.Page.GotoAsync(At(cambist, "/account/reset#id=5&token=secret"));

        Assert.Equal(At(cambist, "/account/reset"), visit.Page.Url);
        Assert.False(await visit.Page.IsVisibleAsync("#link"));
        Assert.Equal("id=5&token=secret", await visit.Page.InputValueAsync("#link"));
        await visit.Page.FillAsync("#password", Password);
        await visit.Page.ClickAsync("button[type=submit]");
        Assert.Contains("The link does not work", await visit.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scripts_the_link_of_a_mail_is_pasted()
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 390, ColorScheme.Light, scripts: false);
        await visit.Page.GotoAsync(At(cambist, "/account/confirm#id=5&token=secret"));

        await visit.Page.FillAsync("#link", "https://cambist.example/account/confirm#id=5&token=secret");
        await visit.Page.ClickAsync("button[type=submit]");

        Assert.Contains("The link does not work", await visit.Page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        Assert.False(await visit.Page.IsVisibleAsync("passkey-login"));
    }

    [Fact]
    public async Task A_log_in_needs_no_mouse()
    {
        await using var cambist = await StartAsync();
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light);
        await RegisterAsync(visit, cambist);
        await visit.Page.GotoAsync(At(cambist, "/account/login"));

        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await visit.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync(Email);
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync(Password);
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.WaitForURLAsync(At(cambist, "/"));
    }

    // By its name: browsers give no passkeys to a bare address.
    private static string At(RunningCambist cambist, string path) => new UriBuilder(new Uri(cambist.Http.BaseAddress!, path)) { Host = "localhost" }.Uri.AbsoluteUri;

    private static Task<RunningCambist> StartAsync() => RunningCambist.StartAsync(MarketMode.Replay, settings: new Dictionary<string, string?>
    {
        ["Auth:PasswordIterations"] = "10000", ["RateLimits:Auth"] = "0", ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped",
    });

    private static async Task RegisterAsync(PageVisit visit, RunningCambist cambist)
    {
        await visit.Page.GotoAsync(At(cambist, "/account/register"));
        await FillInAsync(visit);
        await visit.Page.WaitForURLAsync("**/account/login?note=registered");
    }

    private static async Task LogInAsync(PageVisit visit, RunningCambist cambist)
    {
        await visit.Page.GotoAsync(At(cambist, "/account/login"));
        await FillInAsync(visit);
    }

    private static async Task FillInAsync(PageVisit visit)
    {
        await visit.Page.FillAsync("#email", Email);
        await visit.Page.FillAsync("#password", Password);
        await visit.Page.ClickAsync("button[type=submit]");
    }

    private static async Task AddPasskeyAsync(PageVisit visit, RunningCambist cambist)
    {
        await visit.Page.GotoAsync(At(cambist, "/account/passkeys"));
        await visit.Page.FillAsync("#name", "Ann's phone");
        await visit.Page.ClickAsync("text=Add a passkey");
        await visit.Page.WaitForURLAsync("**/account/passkeys?note=passkey-added");
    }

    private static async Task<string> KeyAsync(IPage page) => (await page.InnerTextAsync(".key")).Replace(" ", "", StringComparison.Ordinal).Trim();

    private static async Task<string> CodeAsync(IPage page) => new Totp(Base32Encoding.ToBytes(await KeyAsync(page))).ComputeTotp();
}
