using Cambist.App.Tests.Accounts;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Goals;

public sealed class RateMovesTests : IDisposable
{
    private readonly TemporaryFolder _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task A_goal_is_looked_at_when_its_rate_has_moved_by_more_than_an_hour_usually_brings_and_not_for_less()
    {
        var stop = TestContext.Current.CancellationToken;
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        await using var house = await GoalHouse.StartAsync(history: _history.Path);
        var ann = await house.EnterAsync();
        var goal = await ann.Goals.CreateAsync(GoalHouse.OneTime(500m, "2026-06-30"), cancellationToken: stop);

        await house.PassAsync(TimeSpan.FromMinutes(1)); // From here on moves are seen.
        house.Tell("USD/EUR", 0.900001m);
        await house.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Equal(AccountHouse.Start, await AdvisedAtAsync());

        house.Tell("USD/EUR", 0.93m);
        await house.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(AccountHouse.Start.AddMinutes(22), await AdvisedAtAsync());

        house.Tell("USD/EUR", 0.90m); // Again, but it was looked at a minute ago.
        await house.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(AccountHouse.Start.AddMinutes(22), await AdvisedAtAsync());

        async Task<DateTimeOffset> AdvisedAtAsync() => (await ann.Goals.GetAsync(goal.Id, stop)).Recommendation!.AsOf;
    }
}
