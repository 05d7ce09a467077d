using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>What an operator does with keys.</summary>
public sealed class KeysTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Keys_are_made_listed_and_rotated_in_the_folder_of_data_and_no_secret_is_printed()
    {
        var none = await CommandLine.RunAsync("keys", "list", "--json", "--data", _data.Path);
        var first = await CommandLine.RunAsync("keys", "rotate", "--json", "--data", _data.Path);
        var data = await CommandLine.RunAsync("keys", "rotate", "--data", _data.Path);
        var signing = await CommandLine.RunAsync("keys", "rotate", "--kind", "signing", "--json", "--data", _data.Path);
        var list = await CommandLine.RunAsync("keys", "list", "--json", "--data", _data.Path);
        var plain = await CommandLine.RunAsync("keys", "list", "--data", _data.Path);

        CommandResult[] all = [none, first, data, signing, list, plain];
        Assert.All(all, run => Assert.True(run.ExitCode == 0, run.Out + run.Error));
        Assert.Equal(0, none.Json().GetProperty("keys").GetArrayLength());
        Assert.Equal(["encrypts", "finds", "signs"], States(first));
        Assert.Equal(["decrypts", "finds", "signs", "encrypts", "waits"], States(list));
        Assert.Equal(signing.Json().GetProperty("made").GetString(), list.Json().GetProperty("keys")[4].GetProperty("id").GetString());
        var ring = JsonDocument.Parse(await File.ReadAllTextAsync(_data.File("keys.json"), TestContext.Current.CancellationToken));
        var secrets = ring.RootElement.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("secret").GetString()!).ToList();
        Assert.Equal(5, secrets.Count);
        Assert.All(all, run => Assert.DoesNotContain(secrets, secret => (run.Out + run.Error).Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Keys_in_Vault_are_made_and_rotated_there()
    {
        await using var vault = await StandInVault.StartAsync();
        var settings = vault.Settings.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);

        var first = await CommandLine.RunAsync(settings, "keys", "rotate", "--json", "--data", _data.Path);
        var second = await CommandLine.RunAsync(settings, "keys", "rotate", "--json", "--data", _data.Path);
        vault.IsDeleted = true;
        var deleted = await CommandLine.RunAsync(settings, "keys", "rotate", "--json", "--data", _data.Path);

        Assert.Equal((0, 0, 1), (first.ExitCode, second.ExitCode, deleted.ExitCode));
        Assert.Equal(["decrypts", "finds", "signs", "encrypts"], States(second));
        Assert.Equal((2, "keys_vault_version_deleted"), (vault.Version, deleted.Json().GetProperty("code").GetString()));
        Assert.Empty(Directory.GetFiles(_data.Path));
        Assert.DoesNotContain(StandInVault.Token, first.Out + first.Error + deleted.Out + deleted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ring_that_cannot_be_used_is_told_by_the_commands_the_doctor_and_the_service()
    {
        var settings = new Dictionary<string, string> { ["Encryption__Keys"] = """{"planted-s3cret":1}""" };

        var list = await CommandLine.RunAsync(settings, "keys", "list", "--json", "--data", _data.Path);
        var doctor = await CommandLine.RunAsync(settings, "doctor", "--json", "--data", _data.Path);
        var serve = await CommandLine.RunAsync(settings, "serve", "--demo", "--urls", "http://127.0.0.1:0", "--json", "--data", _data.Path);

        Assert.Equal((1, "keys_garbled"), (list.ExitCode, list.Json().GetProperty("code").GetString()));
        Assert.Equal((1, "keys_garbled"), (serve.ExitCode, serve.Json().GetProperty("code").GetString()));
        var found = doctor.Json().GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "keys");
        Assert.Equal("failed", found.GetProperty("status").GetString());
        Assert.All(new[] { list, doctor, serve }, run => Assert.DoesNotContain("planted", run.Out + run.Error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--kind", "lookup")]
    [InlineData("--revoke")]
    [InlineData("--algorithm", "none", "--kind", "signing")]
    public async Task What_cannot_rotate_is_bad_usage_and_nothing_is_made(params string[] arguments)
    {
        var run = await CommandLine.RunAsync([.. new[] { "keys", "rotate" }, .. arguments, "--data", _data.Path]);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(Directory.GetFiles(_data.Path));
    }

    private static IEnumerable<string?> States(CommandResult run) => run.Json().GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("state").GetString());
}
