using System.Text.Json;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>What whoever runs the service does with accounts, beside the running service.</summary>
public sealed class UsersTests : IAsyncLifetime
{
    private const string Email = "marta@example.org";
    private const string Password = "four unrelated words here";
    private static readonly Dictionary<string, string?> Settings = new() { ["RateLimits:Auth"] = "0", ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" };

    private RunningCambist _cambist = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Data => Path.GetDirectoryName(((SqliteStore)_cambist.Store).DatabasePath)!;

    private AccountClient Stranger => new CambistClient(_cambist.Http).Account;

    public async ValueTask InitializeAsync() => _cambist = await RunningCambist.StartAsync(MarketMode.Replay, settings: Settings);

    public ValueTask DisposeAsync() => _cambist.DisposeAsync();

    [Fact]
    public async Task The_first_admin_is_made_with_a_password_from_standard_input_and_may_do_what_admins_do()
    {
        var added = await RunAsync(Password, "users", "add", Email, "--admin", "--password-stdin", "--json");
        var tokens = new CambistTokens();
        var client = new CambistClient(_cambist.Http, tokens);
        await client.Account.LoginAsync(new LoginRequest(Email, Password), Stop);

        Assert.True(added.ExitCode == 0, added.Out + added.Error);
        Assert.Equal(tokens.Current!.UserId, added.Json().GetProperty("id").GetString());
        Assert.Equal("admin", (await client.Account.MeAsync(Stop)).Role);
        Assert.Equal("baseline", (await client.ModelsAsync(Stop)).Serving);
        Assert.Equal([("admin.added", "operator")], (await AuditAsync()).Where(one => one.Kind == "admin.added"));
    }

    [Fact]
    public async Task Addresses_are_masked_unless_asked_for()
    {
        await AddAsync();

        var masked = await CommandLine.RunAsync("users", "list", "--json", "--data", Data);
        var plain = await CommandLine.RunAsync("users", "list", "--data", Data);
        var shown = await CommandLine.RunAsync("users", "list", "--show-emails", "--json", "--data", Data);

        Assert.Equal("m***@e***.org", masked.Json().GetProperty("users")[0].GetProperty("email").GetString());
        Assert.DoesNotContain("marta", masked.Out + plain.Out, StringComparison.Ordinal);
        Assert.Contains("m***@e***.org", plain.Out, StringComparison.Ordinal);
        Assert.Equal(Email, shown.Json().GetProperty("users")[0].GetProperty("email").GetString());
    }

    [Fact]
    public async Task Another_password_or_role_ends_sessions_and_counts_from_then_on()
    {
        await AddAsync();
        var tokens = new CambistTokens(await Stranger.LoginAsync(new LoginRequest(Email, Password), Stop));

        var password = await RunAsync("other words entirely now\r\nnot this line", "users", "password", Email, "--password-stdin");
        var refused = await CodeAsync(() => Stranger.RefreshAsync(tokens.Current!.RefreshToken, Stop));
        var wrong = await CodeAsync(() => Stranger.LoginAsync(new LoginRequest(Email, Password), Stop));
        var again = await Stranger.LoginAsync(new LoginRequest(Email, "other words entirely now"), Stop);
        var role = await CommandLine.RunAsync("users", "role", Email, "admin", "--json", "--data", Data);
        var ended = await CodeAsync(() => Stranger.RefreshAsync(again.RefreshToken, Stop));
        var admin = await Stranger.LoginAsync(new LoginRequest(Email, "other words entirely now"), Stop);

        Assert.Equal((0, 0), (password.ExitCode, role.ExitCode));
        Assert.Equal(("refresh_token_refused", "wrong_credentials", "refresh_token_refused"), (refused, wrong, ended));
        Assert.Equal("admin", (await new CambistClient(_cambist.Http, new CambistTokens(admin)).Account.MeAsync(Stop)).Role);
        Assert.Equal([("password.set", "operator"), ("role.admin", "operator")], (await AuditAsync()).Where(one => one.Kind is "password.set" or "role.admin"));
    }

    [Fact]
    public async Task Who_is_locked_out_is_let_in_and_who_is_signed_out_is_out()
    {
        await AddAsync();
        var tokens = await Stranger.LoginAsync(new LoginRequest(Email, Password), Stop);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await CodeAsync(() => Stranger.LoginAsync(new LoginRequest(Email, "not the password"), Stop));
        }

        var locked = await CodeAsync(() => Stranger.LoginAsync(new LoginRequest(Email, Password), Stop));
        var told = (await CommandLine.RunAsync("users", "list", "--json", "--data", Data)).Json().GetProperty("users")[0].GetProperty("locked_until");
        var unlock = await CommandLine.RunAsync("users", "unlock", tokens.UserId, "--data", Data);
        await Stranger.LoginAsync(new LoginRequest(Email, Password), Stop);
        var signOut = await CommandLine.RunAsync("users", "sign-out", Email, "--data", Data);

        Assert.Equal(("wrong_credentials", JsonValueKind.String), (locked, told.ValueKind));
        Assert.Equal((0, 0), (unlock.ExitCode, signOut.ExitCode));
        Assert.Equal("refresh_token_refused", await CodeAsync(() => Stranger.RefreshAsync(tokens.RefreshToken, Stop)));
        Assert.Equal([("account.unlocked", "operator"), ("account.signed_out", "operator")], (await AuditAsync()).Where(one => one.Actor == "operator" && one.Kind != "account.added"));
    }

    [Fact]
    public async Task An_export_is_a_file_of_its_owner_alone_and_holds_no_secret()
    {
        await AddAsync();
        await Stranger.LoginAsync(new LoginRequest(Email, Password), Stop);
        var file = Path.Combine(Data, "marta.json");

        var export = await CommandLine.RunAsync("users", "export", Email, "--out", file, "--data", Data);
        var over = await CommandLine.RunAsync("users", "export", Email, "--out", file, "--data", Data);
        var printed = await CommandLine.RunAsync("users", "export", Email, "--data", Data);

        Assert.Equal((0, 1, 0), (export.ExitCode, over.ExitCode, printed.ExitCode));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file));
        var told = JsonDocument.Parse(await File.ReadAllTextAsync(file, Stop)).RootElement;
        Assert.Equal((Email, 1), (told.GetProperty("account").GetProperty("email").GetString(), told.GetProperty("sessions").GetArrayLength()));
        Assert.Equal(Email, printed.Json().GetProperty("account").GetProperty("email").GetString());
        Assert.DoesNotContain("hash", printed.Out, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, (await AuditAsync()).Count(one => one == ("account.exported", "operator")));
    }

    [Fact]
    public async Task Who_is_erased_is_nowhere_any_more_and_the_audit_trail_is_whole()
    {
        await AddAsync();
        var tokens = await Stranger.LoginAsync(new LoginRequest(Email, Password), Stop);

        var asked = await CommandLine.RunAsync("users", "erase", Email, "--json", "--data", Data);
        var still = await CommandLine.RunAsync("users", "list", "--json", "--data", Data);
        var erased = await CommandLine.RunAsync("users", "erase", Email, "--yes", "--json", "--data", Data);
        var gone = await CommandLine.RunAsync("users", "export", tokens.UserId, "--json", "--data", Data);
        var verified = await CommandLine.RunAsync("audit", "verify", "--json", "--data", Data);

        Assert.Equal((2, 1, 0, 1), (asked.ExitCode, still.Json().GetProperty("users").GetArrayLength(), erased.ExitCode, gone.ExitCode));
        Assert.Equal((tokens.UserId, "account_not_found"), (erased.Json().GetProperty("erased").GetString(), gone.Json().GetProperty("code").GetString()));
        Assert.True(verified.Json().GetProperty("whole").GetBoolean());
        Assert.Contains(("account.erased", "operator"), await AuditAsync());
        Assert.Equal("refresh_token_refused", await CodeAsync(() => Stranger.RefreshAsync(tokens.RefreshToken, Stop)));
        Assert.Equal("wrong_credentials", await CodeAsync(() => Stranger.LoginAsync(new LoginRequest(Email, Password), Stop)));
        await AddAsync();
    }

    [Fact]
    public async Task A_second_factor_that_was_lost_is_turned_off()
    {
        await AddAsync();

        var off = await CommandLine.RunAsync("users", "second-factor", "off", Email, "--json", "--data", Data);

        Assert.Equal((0, false), (off.ExitCode, off.Json().GetProperty("second_factor").GetBoolean()));
        Assert.Contains(("second_factor.off", "operator"), await AuditAsync());
    }

    [Theory]
    [InlineData("no-address", Password, 2, "invalid_email")]
    [InlineData("m@example.org", "short", 2, "weak_password")]
    [InlineData("m@example.org", "", 2, "weak_password")]
    [InlineData("MARTA@example.org", Password, 1, "email_taken")]
    public async Task What_cannot_be_an_account_is_refused(string email, string password, int exitCode, string code)
    {
        await AddAsync();

        var refused = await RunAsync(password, "users", "add", email, "--password-stdin", "--json");

        Assert.Equal((exitCode, code), (refused.ExitCode, refused.Json().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Without_a_terminal_no_password_is_asked_for_and_none_is_taken_from_the_command_line()
    {
        var silent = await CommandLine.RunAsync("users", "add", Email, "--json", "--data", Data);
        var argument = await CommandLine.RunAsync("users", "add", Email, Password, "--data", Data);
        var option = await CommandLine.RunAsync("users", "add", Email, "--password", Password, "--data", Data);

        Assert.Equal((2, "bad_usage"), (silent.ExitCode, silent.Json().GetProperty("code").GetString()));
        Assert.Equal((2, 2), (argument.ExitCode, option.ExitCode));
    }

    private async Task AddAsync() => Assert.Equal(0, (await RunAsync(Password, "users", "add", Email, "--password-stdin")).ExitCode);

    private async Task<CommandResult> RunAsync(string input, params string[] arguments)
    {
        using var process = CommandLine.Converse([.. arguments, "--data", Data]);
        await process.StandardInput.WriteAsync(input.AsMemory(), Stop);
        process.StandardInput.Close();
        var (told, errors) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        return new CommandResult(process.ExitCode, await told, await errors);
    }

    private async Task<IReadOnlyList<(string Kind, string Actor)>> AuditAsync()
    {
        var show = await CommandLine.RunAsync("audit", "show", "--last", "100", "--json", "--data", Data);
        return [.. show.Json().EnumerateArray().Reverse().Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("actor").GetString()!))];
    }

    private static async Task<string> CodeAsync(Func<Task> ask) => (await Assert.ThrowsAsync<CambistProblemException>(ask)).Problem.Code;
}
