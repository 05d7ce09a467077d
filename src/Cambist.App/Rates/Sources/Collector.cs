using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Sources;

/// <summary>Asks every source in its turn and hands on what it says. All are asked together at first, so that they find the level of a pair among themselves; from then on none waits for another.</summary>
public sealed class Collector : BackgroundService
{
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1.5);

    private readonly FirstRound _firstRound;
    private readonly SourceRunner[] _runners;
    private readonly RateIntake _intake;

    /// <summary>The collector of the sources that are on.</summary>
    public Collector(
        IEnumerable<IRateSource> sources, SourceRoster roster, PanelPairs panels, RatesOptions options, RateBook book, RateIntake intake,
        QuotaStore quotas, SourceHealth health, FirstRound firstRound, TimeProvider clock, ILogger<Collector> log)
    {
        (_intake, _firstRound) = (intake, firstRound);
        var known = roster.Sources.ToDictionary(source => source.Profile.Id);
        _runners =
        [
            .. sources.Select(source => known[source.Profile.Id]).Zip(sources, (about, source) =>
                new SourceRunner(source, about, new AskPlan(about, panels, options, book), quotas, health, clock, log)),
        ];
    }

    /// <summary>
    /// Asks the sources whose turn it is once, at the same time. What is there within a moment is taken together; who takes longer, up to the patience, comes in alone.
    /// </summary>
    public async Task AskOnceAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var asked = _runners.Select(runner => (Runner: runner, Answer: runner.AskOnceAsync(patience, cancellationToken))).ToList();
        await Task.WhenAny(Task.WhenAll(asked.Select(one => one.Answer)), Task.Delay(Moment, cancellationToken));
        var early = asked.Where(one => one.Answer.IsCompletedSuccessfully).ToList();
        Take([.. early.Select(one => (one.Runner, one.Answer.Result))]);
        _firstRound.End();
        await Task.WhenAll(asked.Except(early).Select(async one => Take([(one.Runner, await one.Answer)])));
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Storage and sockets may block for a moment, and the service is to start without them.
        await Task.Yield();
        await AskOnceAsync(FirstPatience, stoppingToken);
        await Task.WhenAll(_runners.Select(runner => runner.RunAsync(_intake, stoppingToken)));
    }

    private void Take(IReadOnlyList<(SourceRunner Runner, RateSheet? Sheet)> told)
    {
        if (told.Select(one => one.Sheet).OfType<RateSheet>().ToList() is not { Count: > 0 } sheets)
        {
            return;
        }

        var outcomes = _intake.Take(sheets);
        foreach (var (runner, _) in told.Where(one => one.Sheet is not null))
        {
            runner.Judge(outcomes);
        }
    }
}
