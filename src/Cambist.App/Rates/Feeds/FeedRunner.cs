using Cambist.App.Rates.Sources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Feeds;

/// <summary>
/// Listens to every feed at the same time, for the major pairs. One feed's fault is not another's. They begin after the sources' first round: the first to speak alone would set the level
/// of a pair of which nothing is known.
/// </summary>
internal sealed class FeedRunner(
    IEnumerable<IRateFeed> feeds, RatesOptions options, RateIntake intake, FeedGaps gaps, FeedHealth health, FirstRound firstRound, Random random, TimeProvider clock, ILogger<FeedRunner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await firstRound.Over.WaitAsync(stoppingToken);
        await Task.WhenAll(feeds.Select(feed =>
            new FeedLoop(feed, options.MajorPairs, intake, gaps, health, new ReconnectSchedule(random), clock, log).RunAsync(stoppingToken)));
    }
}
