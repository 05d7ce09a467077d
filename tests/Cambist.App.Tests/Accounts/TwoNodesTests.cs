using Cambist.App.Tests.Storage;
using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Two services over one PostgreSQL database and one ring of keys.</summary>
public sealed class TwoNodesTests : IDisposable
{
    private readonly TestDatabase _database = new(Engine.Postgres);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_one_node_gives_the_other_takes()
    {
        await using var first = await AccountHouse.StartAsync(database: _database.Place);
        await using var second = await SecondAsync(first);
        var tokens = await first.EnterAsync();

        var me = await second.GetAsync("/me", tokens.AccessToken);
        var refreshed = await second.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));

        Assert.Equal((200, tokens.UserId, 200), (me.Status, me["id"], refreshed.Status));
    }

    [Fact]
    public async Task A_session_that_ends_on_one_node_ends_on_the_other_within_seconds()
    {
        await using var first = await AccountHouse.StartAsync(database: _database.Place);
        await using var second = await SecondAsync(first);
        var tokens = await first.EnterAsync();
        await first.PostAsync("/auth/logout", new LogoutRequest(), tokens.AccessToken);

        second.Clock.Advance(TimeSpan.FromSeconds(5));

        // The clock was moved; the other node's turn begins now and reads the database aside.
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while ((await second.GetAsync("/me", tokens.AccessToken)).Status != 401)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The second node goes on with a session that has ended.");
        }
    }

    [Fact]
    public async Task Of_uses_of_a_refresh_token_on_both_nodes_at_once_exactly_one_is_answered()
    {
        await using var first = await AccountHouse.StartAsync(database: _database.Place);
        await using var second = await SecondAsync(first);
        var tokens = await first.EnterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => (number % 2 == 0 ? first : second).PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken))));

        Assert.Equal([200, .. Enumerable.Repeat(401, 11)], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task One_address_gets_one_account_however_many_register_it_at_once()
    {
        await using var first = await AccountHouse.StartAsync(database: _database.Place);
        await using var second = await SecondAsync(first);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            (number % 2 == 0 ? first : second).PostAsync("/auth/register", new RegisterRequest(AccountHouse.Email, AccountHouse.Password))));

        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Single(first.Cambist.Service<Cambist.App.Accounts.AccountStore>().All());
    }

    [Fact]
    public async Task Guesses_on_both_nodes_count_together()
    {
        await using var first = await AccountHouse.StartAsync(database: _database.Place);
        await using var second = await SecondAsync(first);
        await first.AddAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => (number % 2 == 0 ? first : second).PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, $"wrong password {number}"))));

        Assert.Equal(401, (await second.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password))).Status);
    }

    private Task<AccountHouse> SecondAsync(AccountHouse first) =>
        AccountHouse.StartAsync(new Dictionary<string, string?> { ["Encryption:KeyFile"] = Path.Combine(first.Cambist.Folder, "keys.json") }, _database.Place);
}
