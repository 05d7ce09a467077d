using Cambist.App.Assistant.Log;
using Cambist.App.Storage;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Faces;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Assistant.Log;

/// <summary><c>cambist audit verify</c> and <c>cambist audit replay</c> beside the service that wrote the log.</summary>
public sealed class AuditCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _history = new();
    private AccountHouse _house = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Data => Path.GetDirectoryName(((SqliteStore)_house.Cambist.Store).DatabasePath)!;

    public async ValueTask InitializeAsync()
    {
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        _house = await AccountHouse.StartAsync(history: _history.Path);
        await _house.PostAsync("/analyze", new AnalyzeRequest { Amount = 5000m, FromCurrency = "EUR", ToCurrency = "USD" });
        await _house.PostAsync("/analyze", new AnalyzeRequest { Amount = 750m, FromCurrency = "USD", ToCurrency = "EUR" });
        await _house.Cambist.Service<WriteBehind<GivenAdvice>>().StopAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _history.Dispose();
    }

    [Fact]
    public async Task A_log_is_whole_up_to_its_head_and_says_the_same_again()
    {
        var verified = await CommandLine.RunAsync("audit", "verify", "--json", "--data", Data);
        var head = verified.Json().GetProperty("decisions").GetProperty("head").GetString()!;
        var again = await CommandLine.RunAsync("audit", "verify", "--decisions-head", head, "--json", "--data", Data);
        var replayed = await CommandLine.RunAsync("audit", "replay", "--json", "--data", Data);
        var plain = await CommandLine.RunAsync("audit", "replay", "--data", Data);

        Assert.Equal((0, 0, 0), (verified.ExitCode, again.ExitCode, replayed.ExitCode));
        Assert.StartsWith("2:", head, StringComparison.Ordinal);
        Assert.Equal((2, 2, 0), (replayed.Json().GetProperty("entries").GetInt32(), replayed.Json().GetProperty("same").GetInt32(), replayed.Json().GetProperty("different").GetArrayLength()));
        Assert.Contains("2 the same byte for byte", plain.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_changed_is_not_whole_though_the_trail_is()
    {
        using (var connection = _house.Cambist.Store.Connect())
        {
            connection.Execute("DROP TRIGGER decision_entry_is_not_deleted;");
            connection.Execute("DELETE FROM decision_entry WHERE number = 2;");
        }

        var verified = await CommandLine.RunAsync("audit", "verify", "--decisions-head", $"2:{new string('0', 64)}", "--json", "--data", Data);

        Assert.Equal(1, verified.ExitCode);
        Assert.False(verified.Json().GetProperty("whole").GetBoolean());
        Assert.True(verified.Json().GetProperty("trail").GetProperty("whole").GetBoolean());
        Assert.False(verified.Json().GetProperty("decisions").GetProperty("whole").GetBoolean());
    }

    [Theory]
    [InlineData("--head", "12")]
    [InlineData("--decisions-head", "1:abc")]
    public async Task A_head_that_is_none_is_refused(string option, string told)
    {
        var refused = await CommandLine.RunAsync("audit", "verify", option, told, "--json", "--data", Data);

        Assert.Equal((2, "invalid_head", option), (refused.ExitCode, refused.Json().GetProperty("code").GetString(), refused.Json().GetProperty("field").GetString()));
    }
}
