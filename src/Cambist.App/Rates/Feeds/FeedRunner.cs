using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Feeds;

/// <summary>Listens to every feed at the same time, for the major pairs. One feed's fault is not another's.</summary>
internal sealed class FeedRunner(
    IEnumerable<IRateFeed> feeds, RatesOptions options, RateIntake intake, FeedGaps gaps, FeedHealth health, Random random, TimeProvider clock, ILogger<FeedRunner> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(feeds.Select(feed =>
        new FeedLoop(feed, options.MajorPairs, intake, gaps, health, new ReconnectSchedule(random), clock, log).RunAsync(stoppingToken)));
}
