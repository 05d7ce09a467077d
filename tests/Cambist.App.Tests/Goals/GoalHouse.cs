using Cambist.App.Assistant;
using Cambist.App.Rates;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Storage;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Goals;

/// <summary>A running service whose rates are told by the test, which also says when it looks at goals, and people with goals. Wednesday 18 March 2026, 12:00 UTC.</summary>
internal sealed class GoalHouse : IAsyncDisposable
{
    private GoalHouse(AccountHouse house) => House = house;

    public AccountHouse House { get; }

    public GoalEvaluation Evaluation => House.Cambist.Service<GoalEvaluation>();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<GoalHouse> StartAsync(TestDatabase? postgres = null, IReadOnlyDictionary<string, string?>? settings = null, decimal usdEur = 0.9m, string? history = null)
    {
        var house = new GoalHouse(await AccountHouse.StartAsync(settings, postgres?.Place, history: history));
        await house.Evaluation.StopAsync(Stop);
        house.Tell("USD/EUR", usdEur);
        return house;
    }

    /// <summary>A rate that nobody finds old, unless it is said when.</summary>
    public void Tell(string pair, decimal mid, TimeSpan? freshFor = null) => House.Cambist.Service<RateBook>().Publish(new RateObservation(
        new TwoSidedRate(CurrencyPair.Parse(pair), mid, mid), SpreadKnown: false, "the test", House.Clock.GetUtcNow(), House.Clock.GetUtcNow(), freshFor ?? TimeSpan.FromDays(4_000)));

    public async Task<CambistClient> EnterAsync(string email = AccountHouse.Email) => new(House.Http, new CambistTokens(await House.EnterAsync(email)));

    /// <summary>Lets time pass, and goals be looked at once: nobody looks at them but here and where a test does, so that none finds them taken by chance.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        House.Clock.Advance(time);
        Assert.NotNull(await LookedAsync(() => Evaluation.StartAsync(Stop)));
        await Evaluation.StopAsync(Stop);
    }

    /// <summary>What the service's next look at goals did.</summary>
    /// <param name="act">Brings it about.</param>
    public async Task<GoalRoundResult?> LookedAsync(Func<Task> act)
    {
        var looked = new TaskCompletionSource<GoalRoundResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Evaluation.Done += looked.SetOnce;
        await act();
        var result = await looked.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Evaluation.Done -= looked.SetOnce;
        return result;
    }

    public static GoalRequest OneTime(decimal amount, string deadline) => new() { Amount = amount, FromCurrency = "USD", ToCurrency = "EUR", Deadline = deadline };

    public static GoalRequest Threshold(decimal target) => new() { Type = "threshold", Amount = 5_000m, FromCurrency = "USD", ToCurrency = "EUR", Deadline = "2026-06-30", TargetRate = target };

    public static async Task<Problem> ProblemAsync(Func<Task> act) => (await Assert.ThrowsAsync<CambistProblemException>(act)).Problem;

    public ValueTask DisposeAsync() => House.DisposeAsync();
}

internal static class Once
{
    public static void SetOnce<T>(this TaskCompletionSource<T> source, T value) => source.TrySetResult(value);
}
