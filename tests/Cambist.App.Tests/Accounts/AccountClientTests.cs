using Cambist.Client;
using OtpNet;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>The typed client of accounts against the real service.</summary>
public sealed class AccountClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_registers_logs_in_reads_and_changes_the_account_and_logs_out()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = new CambistTokens();
        var account = new CambistClient(house.Http, tokens).Account;

        var registered = await account.RegisterAsync(new RegisterRequest(AccountHouse.Email, AccountHouse.Password), Stop);
        var entered = await account.LoginAsync(new LoginRequest(AccountHouse.Email, AccountHouse.Password), Stop);
        Assert.Same(entered, tokens.Current);
        var changed = await account.ChangeAsync(new MeChange(Name: "Ann", TimeZone: "Europe/Berlin"), Stop);
        var me = await account.MeAsync(Stop);
        var export = await account.ExportAsync(Stop);
        await account.LogoutAsync(cancellationToken: Stop);

        Assert.Equal(("accepted", "not_required"), (registered.Status, registered.EmailConfirmation));
        Assert.Equal((changed, "Ann", "Europe/Berlin", entered.UserId), (me, me.Name, me.TimeZone, me.Id));
        Assert.Equal(AccountHouse.Email, export.GetProperty("account").GetProperty("email").GetString());
        Assert.Null(tokens.Current);
        Assert.Equal("refresh_token_refused", await CodeAsync(() => new CambistClient(house.Http, new CambistTokens(entered)).Account.MeAsync(Stop)));
    }

    [Fact]
    public async Task It_changes_the_password_and_goes_on_with_the_tokens_of_the_new_session()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = new CambistTokens(await house.EnterAsync());
        var account = new CambistClient(house.Http, tokens).Account;

        var refused = await CodeAsync(() => account.ChangePasswordAsync(new ChangePasswordRequest("not the password", "four other words instead"), Stop));
        var next = await account.ChangePasswordAsync(new ChangePasswordRequest(AccountHouse.Password, "four other words instead"), Stop);

        Assert.Equal("wrong_credentials", refused);
        Assert.Same(next, tokens.Current);
        Assert.Equal(next.UserId, (await account.MeAsync(Stop)).Id);
    }

    [Fact]
    public async Task It_lists_and_ends_sessions()
    {
        await using var house = await AccountHouse.StartAsync();
        var phone = new CambistClient(house.Http, new CambistTokens(await house.EnterAsync())).Account;
        var laptop = new CambistClient(house.Http, new CambistTokens(await house.LoginAsync())).Account;

        var other = (await laptop.SessionsAsync(Stop)).Sessions.Single(session => !session.Current);
        await laptop.EndSessionAsync(other.Id, Stop);

        Assert.Equal("refresh_token_refused", await CodeAsync(() => phone.MeAsync(Stop)));
        Assert.Single((await laptop.SessionsAsync(Stop)).Sessions);
        Assert.Equal("session_not_found", await CodeAsync(() => laptop.EndSessionAsync("no/such", Stop)));
    }

    [Fact]
    public async Task It_turns_the_second_factor_on_and_off()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = new CambistClient(house.Http, new CambistTokens(await house.EnterAsync())).Account;

        var key = await account.BeginSecondFactorAsync(Stop);
        var totp = new Totp(Base32Encoding.ToBytes(key.Secret));
        var codes = await account.ConfirmSecondFactorAsync(totp.ComputeTotp(house.Clock.GetUtcNow().UtcDateTime), Stop);
        var withoutCode = await CodeAsync(() => account.LoginAsync(new LoginRequest(AccountHouse.Email, AccountHouse.Password), Stop));
        await account.LoginAsync(new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: codes.Codes[0]), Stop);
        var left = (await account.MeAsync(Stop)).RecoveryCodesLeft;
        var renewed = await account.RenewRecoveryCodesAsync(Stop);
        await account.RemoveSecondFactorAsync(Stop);

        Assert.Equal((10, "second_factor_required", 9, 10, false), (codes.Codes.Count, withoutCode, left, renewed.Codes.Count, (await account.MeAsync(Stop)).SecondFactor));
    }

    [Fact]
    public async Task It_erases_the_account()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = new CambistTokens(await house.EnterAsync());
        var account = new CambistClient(house.Http, tokens).Account;

        await account.EraseAsync(Stop);

        Assert.Null(tokens.Current);
        Assert.Equal("wrong_credentials", await CodeAsync(() => account.LoginAsync(new LoginRequest(AccountHouse.Email, AccountHouse.Password), Stop)));
    }

    [Fact]
    public async Task What_comes_by_mail_is_asked_for_and_a_link_that_is_none_is_told()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = new CambistClient(house.Http, new CambistTokens(await house.EnterAsync())).Account;

        await account.ResendConfirmationAsync("nobody@example.org", Stop);
        await account.ForgotPasswordAsync("nobody@example.org", Stop);

        Assert.Equal("link_over", await CodeAsync(() => account.ConfirmEmailAsync(new ConfirmEmailRequest("x", "y"), Stop)));
        Assert.Equal("link_over", await CodeAsync(() => account.ResetPasswordAsync(new ResetPasswordRequest("x", "y", "four other words instead"), Stop)));
        Assert.Equal("mail_off", await CodeAsync(() => account.ChangeEmailAsync("bob@example.org", Stop)));
    }

    [Fact]
    public async Task However_many_requests_find_the_access_token_run_out_one_refresh_is_sent_and_all_are_answered()
    {
        await using var house = await AccountHouse.StartAsync();
        using var counted = new CountingHandler();
        using var http = new HttpClient(counted) { BaseAddress = house.Http.BaseAddress };
        var tokens = new CambistTokens(await house.EnterAsync());
        List<TokenAnswer?> told = [];
        tokens.Changed += told.Add;
        var account = new CambistClient(http, tokens).Account;
        house.Clock.Advance(TimeSpan.FromMinutes(16));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => account.MeAsync(Stop)));

        Assert.Equal(12, answers.Length);
        Assert.Equal((1, tokens.Current), (counted.Refreshes, Assert.Single(told)));
        Assert.Equal(tokens.Current!.UserId, (await account.MeAsync(Stop)).Id);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_lose_the_session()
    {
        await using var house = await AccountHouse.StartAsync();
        using var counted = new CountingHandler();
        using var http = new HttpClient(counted) { BaseAddress = house.Http.BaseAddress };
        var tokens = new CambistTokens(await house.EnterAsync());
        var account = new CambistClient(http, tokens).Account;
        house.Clock.Advance(TimeSpan.FromMinutes(16));
        using var impatient = new CancellationTokenSource();
        counted.AtRefresh = impatient.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => account.MeAsync(impatient.Token));
        counted.AtRefresh = null;

        Assert.Equal(tokens.Current!.UserId, (await account.MeAsync(Stop)).Id);
        Assert.Equal(1, counted.Refreshes);
    }

    [Fact]
    public async Task A_session_that_is_over_is_told_and_no_tokens_are_held_any_more()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = new CambistTokens(await house.EnterAsync());
        var account = new CambistClient(house.Http, tokens).Account;
        house.Clock.Advance(TimeSpan.FromHours(25));

        Assert.Equal("refresh_token_refused", await CodeAsync(() => account.MeAsync(Stop)));
        Assert.Null(tokens.Current);
        Assert.Equal("not_authorized", await CodeAsync(() => account.MeAsync(Stop)));
    }

    private static async Task<string> CodeAsync(Func<Task> ask) => (await Assert.ThrowsAsync<CambistProblemException>(ask)).Problem.Code;

    private sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _refreshes;

        public int Refreshes => _refreshes;

        public Action? AtRefresh { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/refresh", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _refreshes);
                AtRefresh?.Invoke();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
