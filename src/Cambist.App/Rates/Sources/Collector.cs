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
    private readonly ILogger _log;

    /// <summary>The collector of the sources that are on.</summary>
    public Collector(
        IEnumerable<IRateSource> sources, SourceRoster roster, PanelPairs panels, RatesOptions options, RateBook book, RateIntake intake,
        QuotaStore quotas, SourceHealth health, FirstRound firstRound, TimeProvider clock, ILogger<Collector> log)
    {
        (_intake, _firstRound, _log) = (intake, firstRound, log);
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
    public Task AskOnceAsync(TimeSpan patience, CancellationToken cancellationToken) => AskTogetherAsync(patience, _ => Task.CompletedTask, cancellationToken);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Storage and sockets may block for a moment, and the service is to start without them.
        await Task.Yield();
        await AskTogetherAsync(FirstPatience, runner => runner.RunAsync(_intake, stoppingToken), stoppingToken);
    }

    // Each goes on by itself as soon as its own answer is taken: one that hangs at the start holds up nobody but itself.
    private async Task AskTogetherAsync(TimeSpan patience, Func<SourceRunner, Task> afterwards, CancellationToken cancellationToken)
    {
        var asked = _runners.Select(runner => (Runner: runner, Answer: runner.AskOnceAsync(patience, cancellationToken))).ToList();
        await Task.WhenAny(Task.WhenAll(asked.Select(one => one.Answer)), Task.Delay(Moment, cancellationToken));
        var early = asked.Where(one => one.Answer.IsCompletedSuccessfully).ToList();
        Take([.. early.Select(one => (one.Runner, one.Answer.Result))]);
        _firstRound.End();
        await Task.WhenAll(
        [
            .. early.Select(one => afterwards(one.Runner)),
            .. asked.Except(early).Select(async one =>
            {
                Take([(one.Runner, await one.Answer)]);
                await afterwards(one.Runner);
            }),
        ]);
    }

    private void Take(IReadOnlyList<(SourceRunner Runner, RateSheet? Sheet)> told)
    {
        if (told.Select(one => one.Sheet).OfType<RateSheet>().ToList() is not { Count: > 0 } sheets)
        {
            return;
        }

        try
        {
            var outcomes = _intake.Take(sheets);
            foreach (var (runner, sheet) in told)
            {
                if (sheet is not null)
                {
                    runner.Judge(sheet, outcomes);
                }
            }
        }
        catch (Exception fault)
        {
            // A store that is out of reach at the start must not end the service: the sources are asked again in their turn.
            _log.LogError(fault, "The first answers could not be taken");
        }
    }
}
