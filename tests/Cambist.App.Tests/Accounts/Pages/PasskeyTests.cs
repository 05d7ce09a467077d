using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Privacy;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Accounts.Pages;

/// <summary>Passkeys, with an authenticator that does and says what it should not.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task A_passkey_is_added_and_lets_its_owner_in_without_an_email_and_without_a_code()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        using var authenticator = new SoftAuthenticator();
        using var owner = await Browser.LoggedInAsync(house, host: "localhost");
        var added = await AddAsync(owner, authenticator, "Ann's phone");
        await owner.GetAsync("/account/passkeys");
        var listed = owner.Page.QuerySelector(".rows b")!.TextContent;

        using var browser = new Browser(house, "localhost");
        var entered = await EnterAsync(browser, authenticator, "/account/email");

        Assert.Equal((200, "/account/passkeys?note=passkey-added"), (added.Status, Where(added)));
        Assert.Equal("Ann's phone", listed);
        Assert.Equal((200, "/account/email"), (entered.Status, Where(entered)));
        Assert.Contains(AccountHouse.Email, (await browser.GetAsync("/account")).Text, StringComparison.Ordinal);
        Assert.Equal(
            [("passkey.added", "{}"), ("account.logged_in", "passkey")],
            house.Cambist.Service<AuditTrail>().Read(0, 100).Where(one => one.Subject == account.Id && (one.Kind == "passkey.added" || one.Details.Contains("\"by\":\"passkey\"", StringComparison.Ordinal)))
                .Select(one => (one.Kind, one.Kind == "passkey.added" ? one.Details : "passkey")));
    }

    [Fact]
    public async Task On_PostgreSQL_what_one_node_began_another_ends_and_each_answer_counts_once()
    {
        using var database = PostgresDatabase.Create(RealComponents.Postgres);
        var keys = new Dictionary<string, string?> { ["Encryption:Keys"] = Encoding.UTF8.GetString(KeyRingJson.Write(NewKeys.Ring(AccountHouse.Start))) };
        await using var house = await AccountHouse.StartAsync(keys, database.ConnectionString);
        await using var other = await AccountHouse.StartAsync(keys, database.ConnectionString);
        using var authenticator = new SoftAuthenticator { Counter = 1 };
        using var browser = await WithPasskeyAsync(house, authenticator);
        authenticator.Counter = 2;
        await browser.GetAsync("/account/login");
        var question = await BeginAsync(browser, "login");
        authenticator.Origin = "http://localhost:" + other.Http.BaseAddress!.Port;
        var answer = Answer(authenticator.Get(question.Options), question.State);
        using var there = new Browser(other, "localhost");
        await there.GetAsync("/account/login");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => there.AskAsync("/account/passkeys/login", answer)));

        Assert.Equal([200, 403, 403, 403], answers.Select(shown => shown.Status).Order());
        Assert.Contains(AccountHouse.Email, (await there.GetAsync("/account")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_in_leads_to_own_pages_only()
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator();
        using var browser = await WithPasskeyAsync(house, authenticator);

        Assert.Equal("/", Where(await EnterAsync(browser, authenticator, "//evil.example")));
    }

    [Theory]
    [InlineData(4, 5, true)]
    [InlineData(4, 4, false)]
    [InlineData(4, 3, false)]
    [InlineData(4, 0, false)]
    [InlineData(0, 0, true)] // Passkeys that a password manager keeps count nothing.
    public async Task A_counter_that_does_not_go_on_is_a_copy(uint first, uint then, bool isLetIn)
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator { Counter = first == 0 ? 0 : 1u };
        using var browser = await WithPasskeyAsync(house, authenticator);
        authenticator.Counter = first;
        Assert.Equal(200, (await EnterAsync(browser, authenticator)).Status);

        authenticator.Counter = then;
        var shown = await EnterAsync(browser, authenticator);

        Assert.Equal(isLetIn ? 200 : 403, shown.Status);
        Assert.Equal(isLetIn ? 0 : 1, house.Cambist.Service<AuditTrail>().Read(0, 100).Count(one => one is { Kind: "account.login_failed", Details: "{\"wrong\":\"passkey\"}" }));
    }

    public static TheoryData<string> Lies => ["origin", "frame", "domain", "unverified", "absent", "key"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Whoever_is_elsewhere_or_not_looked_at_is_not_let_in(string lie)
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator();
        using var browser = await WithPasskeyAsync(house, authenticator);
        using var stranger = new SoftAuthenticator();

        Lie(authenticator, lie);
        var shown = await EnterAsync(browser, lie == "key" ? stranger : authenticator);

        Assert.Equal((403, "passkey_refused"), (shown.Status, Code(shown)));
        Assert.Equal(302, (await browser.GetAsync("/account")).Status);
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("frame")]
    [InlineData("domain")]
    [InlineData("unverified")]
    [InlineData("absent")]
    public async Task A_passkey_that_was_made_elsewhere_or_without_looking_is_not_added(string lie)
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var authenticator = new SoftAuthenticator();
        using var browser = await Browser.LoggedInAsync(house, host: "localhost");
        Lie(authenticator, lie);

        var shown = await AddAsync(browser, authenticator, "Phone");

        Assert.Equal((422, "passkey_refused"), (shown.Status, Code(shown)));
        Assert.Empty(await ListAsync(browser));
    }

    [Fact]
    public async Task An_answer_counts_once_and_for_five_minutes_and_only_for_what_was_asked()
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator();
        using var browser = await WithPasskeyAsync(house, authenticator);
        await browser.GetAsync("/account/login");
        var question = await BeginAsync(browser, "login");
        var answer = Answer(authenticator.Get(question.Options), question.State);
        var late = await BeginAsync(browser, "login");

        var first = await browser.AskAsync("/account/passkeys/login", answer);
        await browser.GetAsync("/account/passkeys");
        var replayed = await browser.AskAsync("/account/passkeys/login", answer);
        var add = await BeginAsync(browser, "add");
        var mixed = await browser.AskAsync("/account/passkeys/login", Answer(authenticator.Get(late.Options), add.State));
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        var tooLate = await browser.AskAsync("/account/passkeys/login", Answer(authenticator.Get(late.Options), late.State));
        using var another = new SoftAuthenticator { Origin = browser.Origin };
        var tooLateToAdd = await browser.AskAsync("/account/passkeys/add", Answer(another.Create(add.Options), add.State));

        Assert.Equal((200, 403, 403, 403, 422), (first.Status, replayed.Status, mixed.Status, tooLate.Status, tooLateToAdd.Status));
    }

    [Fact]
    public async Task What_one_person_began_another_does_not_end()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        await house.AddAsync("bob@example.org");
        using var authenticator = new SoftAuthenticator();
        using var ann = await Browser.LoggedInAsync(house, host: "localhost");
        using var bob = await Browser.LoggedInAsync(house, "bob@example.org", "localhost");
        authenticator.Origin = ann.Origin;
        await ann.GetAsync("/account/passkeys");
        await bob.GetAsync("/account/passkeys");
        var question = await BeginAsync(ann, "add");

        var shown = await bob.AskAsync("/account/passkeys/add", Answer(authenticator.Create(question.Options), question.State));

        Assert.Equal(422, shown.Status);
        Assert.Empty(await ListAsync(bob));
        Assert.Empty(await ListAsync(ann));
    }

    [Fact]
    public async Task A_passkey_of_one_account_is_not_added_to_another_or_taken_from_it()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync("bob@example.org");
        using var authenticator = new SoftAuthenticator();
        using var ann = await WithPasskeyAsync(house, authenticator);
        using var bob = await Browser.LoggedInAsync(house, "bob@example.org", "localhost");

        var added = await AddAsync(bob, authenticator, "Mine");
        var id = System.Buffers.Text.Base64Url.EncodeToString(authenticator.Id);
        await bob.GetAsync("/account/passkeys");
        var removed = await bob.PostAsync("/account/passkeys", new Dictionary<string, string> { ["_handler"] = $"remove-{id}", ["__RequestVerificationToken"] = bob.Token });

        Assert.Equal((422, 400), (added.Status, removed.Status));
        using var browser = new Browser(house, "localhost");
        Assert.Equal(200, (await EnterAsync(browser, authenticator)).Status);
    }

    [Fact]
    public async Task It_gets_another_name_and_is_removed_and_then_lets_nobody_in()
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator();
        await house.AddAsync();
        using var owner = await Browser.LoggedInAsync(house, host: "localhost");
        await AddAsync(owner, authenticator, "  ");
        var id = System.Buffers.Text.Base64Url.EncodeToString(authenticator.Id);
        var unnamed = await ListAsync(owner);

        await owner.SubmitAsync($"rename-{id}", ("new_name", "Key ring"));
        var renamed = await ListAsync(owner);
        var removed = await owner.SubmitAsync($"remove-{id}");
        var left = await ListAsync(owner);

        Assert.Equal(["Passkey"], unnamed);
        Assert.Equal(["Key ring"], renamed);
        Assert.Empty(left);
        Assert.Equal((303, "/account/passkeys?note=passkey-removed"), (removed.Status, removed.Location));
        using var browser = new Browser(house, "localhost");
        Assert.Equal(403, (await EnterAsync(browser, authenticator)).Status);
        Assert.Contains(house.Cambist.Service<AuditTrail>().Read(0, 100), one => one.Kind == "passkey.removed");
    }

    [Fact]
    public async Task It_is_in_the_export_and_gone_with_the_account()
    {
        await using var house = await AccountHouse.StartAsync();
        using var authenticator = new SoftAuthenticator();
        using var browser = await WithPasskeyAsync(house, authenticator);
        await EnterAsync(browser, authenticator);
        await browser.GetAsync("/account");

        var export = await browser.SubmitAsync("/account/export");
        await browser.GetAsync("/account/erase");
        await browser.SubmitAsync("erase", ("sure", "yes"));

        Assert.Equal("Phone", JsonDocument.Parse(export.Text).RootElement.GetProperty("passkeys")[0].GetProperty("name").GetString());
        Assert.Equal(403, (await EnterAsync(browser, authenticator)).Status);
    }

    [Fact]
    public async Task To_add_one_needs_a_recent_log_in()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house, host: "localhost");
        await browser.GetAsync("/account/passkeys");
        house.Clock.Advance(TimeSpan.FromMinutes(16));

        var late = await browser.AskAsync("/account/passkeys/add/begin", "{}");

        Assert.Equal(403, late.Status);
        Assert.NotNull(late.Location); // Where the script goes.
    }

    [Fact]
    public async Task At_a_bare_address_none_are_offered()
    {
        await using var house = await AccountHouse.StartAsync();
        await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);

        var page = await browser.GetAsync("/account/passkeys");
        var asked = await browser.AskAsync("/account/passkeys/login/begin", "{}", await TokenAsync(browser));

        Assert.Contains("reached by its name over https", page.Text, StringComparison.Ordinal);
        Assert.Equal((409, "passkeys_off"), (asked.Status, Code(asked)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"credential\":null,\"state\":\"x\"}")]
    [InlineData("{\"credential\":\"x\",\"state\":\"x\"}")]
    [InlineData("{\"credential\":{},\"state\":null}")]
    [InlineData("{\"credential\":{},\"state\":7}")]
    [InlineData("{\"credential\":{},\"state\":\"CfDJ8\"}")]
    [InlineData("{\"credential\":{\"id\":7},\"state\":\"STATE\"}")]
    [InlineData("{\"credential\":{\"id\":\"!\"},\"state\":\"STATE\"}")]
    [InlineData("{\"credential\":{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"clientExtensionResults\":{},\"response\":{\"clientDataJSON\":\"AAAA\",\"authenticatorData\":\"AAAA\",\"signature\":\"AAAA\",\"userHandle\":\"AAAA\"}},\"state\":\"STATE\"}")]
    public async Task What_is_no_answer_is_refused(string body)
    {
        await using var house = await AccountHouse.StartAsync();
        using var browser = new Browser(house, "localhost");
        await browser.GetAsync("/account/login");
        var state = (await BeginAsync(browser, "login")).State;

        var shown = await browser.AskAsync("/account/passkeys/login", body.Replace("STATE", state, StringComparison.Ordinal));

        Assert.InRange(shown.Status, 400, 422);
    }

    private static void Lie(SoftAuthenticator authenticator, string lie)
    {
        switch (lie)
        {
            case "origin": authenticator.Origin = "https://evil.example"; break;
            case "frame": authenticator.IsInForeignFrame = true; break;
            case "domain": authenticator.Domain = "evil.example"; break;
            case "unverified": authenticator.IsVerified = false; break;
            case "absent": authenticator.IsPresent = false; break;
        }
    }

    // A browser of a person who has a passkey and is not logged in.
    private static async Task<Browser> WithPasskeyAsync(AccountHouse house, SoftAuthenticator authenticator)
    {
        await house.AddAsync();
        using var owner = await Browser.LoggedInAsync(house, host: "localhost");
        Assert.Equal(200, (await AddAsync(owner, authenticator, "Phone")).Status);
        return new Browser(house, "localhost");
    }

    private static async Task<Shown> AddAsync(Browser browser, SoftAuthenticator authenticator, string name)
    {
        await browser.GetAsync("/account/passkeys");
        var question = await BeginAsync(browser, "add");
        authenticator.Origin = authenticator.Origin.Length == 0 ? browser.Origin : authenticator.Origin;
        var body = JsonNode.Parse(Answer(authenticator.Create(question.Options), question.State))!;
        body["name"] = name;
        return await browser.AskAsync("/account/passkeys/add", body.ToJsonString());
    }

    private static async Task<Shown> EnterAsync(Browser browser, SoftAuthenticator authenticator, string? back = null)
    {
        await browser.GetAsync("/account/login");
        var question = await BeginAsync(browser, "login");
        var body = JsonNode.Parse(Answer(authenticator.Get(question.Options), question.State))!;
        body["return"] = back;
        return await browser.AskAsync("/account/passkeys/login", body.ToJsonString());
    }

    private static async Task<(JsonElement Options, string State)> BeginAsync(Browser browser, string what)
    {
        var begun = await browser.AskAsync($"/account/passkeys/{what}/begin", "{}");
        Assert.Equal(200, begun.Status);
        var question = JsonDocument.Parse(begun.Text).RootElement;
        return (question.GetProperty("options"), question.GetProperty("state").GetString()!);
    }

    private static async Task<List<string>> ListAsync(Browser browser)
    {
        await browser.GetAsync("/account/passkeys");
        return [.. browser.Page.QuerySelectorAll(".rows b").Select(name => name.TextContent)];
    }

    private static async Task<string> TokenAsync(Browser browser)
    {
        await browser.GetAsync("/account");
        return browser.Token;
    }

    private static string Answer(JsonObject credential, string state) => new JsonObject { ["credential"] = credential, ["state"] = state }.ToJsonString();

    private static string? Where(Shown shown) => JsonDocument.Parse(shown.Text).RootElement.GetProperty("location").GetString();

    private static string? Code(Shown shown) => JsonDocument.Parse(shown.Text).RootElement.GetProperty("code").GetString();
}
