using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Sources;

/// <summary>Asks every source in its turn and hands on what it says. All are asked together at first, so that they find the level of a pair among themselves; from then on none waits for another.</summary>
public sealed class Collector : BackgroundService
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(5);

    private readonly SourceRunner[] _runners;
    private readonly RateIntake _intake;

    /// <summary>The collector of the sources that are on.</summary>
    public Collector(
        IEnumerable<IRateSource> sources, SourceRoster roster, PanelPairs panels, RatesOptions options, RateBook book, RateIntake intake,
        QuotaStore quotas, SourceHealth health, TimeProvider clock, ILogger<Collector> log)
    {
        _intake = intake;
        var known = roster.Sources.ToDictionary(source => source.Profile.Id);
        _runners =
        [
            .. sources.Select(source => known[source.Profile.Id]).Zip(sources, (about, source) =>
                new SourceRunner(source, about, new AskPlan(about, panels, options, book), quotas, health, clock, log)),
        ];
    }

    /// <summary>Asks the sources whose turn it is once, at the same time, and takes what they have said by the end of the patience.</summary>
    public async Task AskOnceAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var sheets = await Task.WhenAll(_runners.Select(async runner =>
            runner.Due() is { Count: > 0 } pairs ? await AskOnceAsync(runner, pairs, patience, cancellationToken) : null));
        if (sheets.OfType<RateSheet>().ToList() is { Count: > 0 } told)
        {
            _intake.Take(told);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Storage and sockets may block for a moment, and the service is to start without them.
        await Task.Yield();
        await AskOnceAsync(FirstPatience, stoppingToken);
        await Task.WhenAll(_runners.Select(runner => runner.RunAsync(sheet => _intake.Take(sheet), stoppingToken)));
    }

    // Retries included, a source has no more than the patience of the round.
    private static async Task<RateSheet?> AskOnceAsync(
        SourceRunner runner, IReadOnlyList<Domain.Currencies.CurrencyPair> pairs, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        return await runner.AskAsync(pairs, patience, limit.Token);
    }
}
