using System.Globalization;
using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>The store of somebody who hosts for themselves: two accounts with a goal each, and rates of now from a file.</summary>
public sealed class HomeStore : IAsyncLifetime
{
    public const string Ann = "ann@example.org";
    public const string Bob = "bob@example.org";
    private const string Password = "four unrelated words here";

    private readonly TemporaryFolder _folder = new();

    public string Data => _folder.Path;

    public Dictionary<string, string> Settings => new() { ["Rates__Sources__file__BaseUrl"] = _folder.File("rates.csv"), ["Forecasting__Models__ShippedFolder"] = "/no/model/was/shipped" };

    /// <summary>Ids of a goal of each.</summary>
    public string AnnsGoal { get; private set; } = "";

    public string BobsGoal { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var now = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(_folder.File("rates.csv"), $"time,pair,mid\n{now},EUR/USD,1.25\n");
        await AddAccountAsync(Data, Ann);
        AnnsGoal = (await MakeAsync("--email", Ann, "--name", "tuition", "--usual", "wise")).GetProperty("id").GetString()!;
        await AddAccountAsync(Data, Bob);
        BobsGoal = (await MakeAsync("--email", Bob)).GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A new goal of 12,000 USD.</summary>
    public async Task<JsonElement> MakeAsync(params string[] more)
    {
        var made = await RunAsync(["add", "12000", "USD", "EUR", "--by", DateTimeOffset.UtcNow.AddDays(200).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "--json", .. more]);
        return made.ExitCode == 0 ? made.Json() : throw new InvalidOperationException(made.Out + made.Error);
    }

    public Task<CommandResult> RunAsync(params string[] arguments) => CommandLine.RunAsync(Settings, ["goals", .. arguments, "--data", Data]);

    public static async Task AddAccountAsync(string data, string email)
    {
        using var process = CommandLine.Converse("users", "add", email, "--password-stdin", "--data", data);
        await process.StandardInput.WriteAsync(Password);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
