using System.Security.Cryptography;
using System.Text;
using Cambist.App.Assistant.Log;
using Cambist.App.Storage;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Faces;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Assistant.Log;

/// <summary>Advice of now is in the decision log, whichever face gave it, and is decided again to the same bytes.</summary>
public sealed class LoggedAdviceTests : IDisposable
{
    private readonly TemporaryFolder _history = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task What_was_said_on_any_face_is_logged_and_said_again()
    {
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        await using var house = await AccountHouse.StartAsync(history: _history.Path);
        var question = new AnalyzeRequest { Amount = 5000m, FromCurrency = "EUR", ToCurrency = "USD", Deadline = "2026-04-15", UsualProvider = "chase", TargetRate = 9m };

        var wait = await house.PostAsync("/analyze", question);
        var convert = await house.PostAsync("/analyze", question with { TargetRate = null, AmountSide = "receive", ExcludedProviders = ["wise"] });
        var past = await house.PostAsync("/analyze", question with { AsOf = AccountHouse.Start.AddHours(-30).ToString("O"), Deadline = null });
        await house.Http.Get("/?amount=750&from=EUR&to=USD");
        await house.Http.Get("/?amount=none&from=EUR&to=USD");
        await house.Cambist.Service<WriteBehind<GivenAdvice>>().StopAsync(Stop);

        Assert.Equal([200, 200, 200], new[] { wait.Status, convert.Status, past.Status });
        var log = house.Cambist.Service<DecisionLog>();
        var entries = log.Read(0, 10);
        Assert.Equal(3, entries.Count);
        Assert.Equal([Digest(wait.Text), Digest(convert.Text)], entries.Take(2).Select(entry => Convert.ToHexStringLower(entry.Entry.Answer)));
        Assert.All(new DecisionReplay(log).Run(0, 10), replayed => Assert.True(replayed.IsSame, replayed.Difference));
        Assert.Equal((3, null), (log.Verify(cancellationToken: Stop).Head.Number, log.Verify(cancellationToken: Stop).Fault));
    }

    [Fact]
    public async Task Nothing_in_the_log_names_who_asked()
    {
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        await using var house = await AccountHouse.StartAsync(history: _history.Path);
        var ann = await house.EnterAsync();

        await house.PostAsync("/analyze", new AnalyzeRequest { Amount = 5000m, FromCurrency = "EUR", ToCurrency = "USD" }, ann.AccessToken);
        await house.Cambist.Service<WriteBehind<GivenAdvice>>().StopAsync(Stop);

        var document = Encoding.UTF8.GetString(Assert.Single(house.Cambist.Service<DecisionLog>().Read(0, 10)).Document!.Read()!);
        Assert.Contains("5000", document, StringComparison.Ordinal);
        Assert.DoesNotContain(ann.UserId, document, StringComparison.Ordinal);
    }

    private static string Digest(string answer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer)));
}
