using Cambist.App.Storage;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Assistant;

/// <summary>Looks every minute whether goals are due: every four hours, when one of their windows opens or ends, and when their rate has moved.</summary>
internal sealed partial class GoalEvaluation(GoalRound round, RateMoves moves, TimeProvider clock, ILogger<GoalEvaluation> log) : PeriodicService(Interval, clock, atStart: true)
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Told with what each turn did; null: it broke off.</summary>
    internal event Action<GoalRoundResult?>? Done;

    // Where the service stops meanwhile, somebody else takes over what it holds.
    protected override Task TurnAsync(CancellationToken stoppingToken) => Task.Run(() => Take(stoppingToken), stoppingToken);

    private void Take(CancellationToken cancellationToken)
    {
        GoalRoundResult? done = null;
        Try(moves.Hasten);
        Try(() => done = round.Run(cancellationToken));
        Done?.Invoke(done);
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A message of the database may repeat a row; its kind says enough.
            LogBrokenOff(log, Database.IsFault(fault) ? null : fault, fault.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The look at goals broke off ({Kind}); it goes on in a minute")]
    private static partial void LogBrokenOff(ILogger log, Exception? fault, string kind);
}
