using Cambist.App.Accounts;
using Cambist.App.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Requests that a change of who gets in comes between: each was right when it began.</summary>
public sealed class ChangedMeanwhileTests
{
    private const string Other = "five quite different words now";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_in_that_was_under_way_when_the_password_changed_begins_no_session()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        var (login, security, sessions) = (scope.ServiceProvider.GetRequiredService<Login>(), scope.ServiceProvider.GetRequiredService<AccountSecurity>(), house.Cambist.Service<Sessions>());

        var shown = Assert.IsType<LoginResult.Done>(await login.TryAsync(AccountHouse.Email, AccountHouse.Password, code: null, recoveryCode: null, Stop));
        Assert.IsType<ChangeResult.Done>(await security.ChangePasswordAsync(account, AccountHouse.Password, Other, Stop));

        Assert.Null(sessions.Begin(shown.Account, SessionKind.Token, shown.By));
        Assert.NotNull(sessions.Begin(account, SessionKind.Token, "password"));
        Assert.Single(sessions.Of(account.Id));
    }

    [Fact]
    public async Task A_log_in_that_was_under_way_when_the_account_was_erased_begins_no_session()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();

        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().DeleteAsync(await FreshAsync(scope, account.Id))).Succeeded);

        Assert.Null(house.Cambist.Service<Sessions>().Begin(account, SessionKind.Page, "passkey"));
    }

    [Fact]
    public async Task What_another_request_changed_meanwhile_is_not_told_as_done()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        var security = scope.ServiceProvider.GetRequiredService<AccountSecurity>();
        var stale = await FreshAsync(scope, account.Id);
        Assert.NotNull(await security.BeginSecondFactorAsync(account));

        var key = await security.BeginSecondFactorAsync(stale);
        var off = await security.RemoveSecondFactorAsync(stale, stale.Id);

        Assert.Null(key);
        Assert.Equal("changed_meanwhile", Assert.IsType<ChangeResult.Wrong>(off).Code);
        Assert.NotNull((await FreshAsync(scope, account.Id)).TotpKey);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("no id")]
    [InlineData("")]
    public async Task An_id_that_is_none_is_asked_of_no_database(string id)
    {
        using var database = new TestDatabase(Engine.Postgres);
        await using var house = await AccountHouse.StartAsync(database: database.Place);
        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();

        Assert.Null(await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(id));
        Assert.False(house.Cambist.Service<Sessions>().End(Guid.NewGuid().ToString(), id));
    }

    private static async Task<Account> FreshAsync(AsyncServiceScope scope, string id) => (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByIdAsync(id))!;
}
