using Cambist.App.Storage;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Streaming;

/// <summary>
/// Looks now and then how long the sessions of pages go on that streams were opened with. An open stream is no use of its session: one that nobody uses ends by its time, and its streams with it.
/// </summary>
internal sealed partial class PageStreams(StreamHub hub, StreamAccounts accounts, TimeProvider clock, ILogger<PageStreams> log) : PeriodicService(Turn, clock)
{
    // As often as the use of a session is written down.
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);

    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        try
        {
            Look();
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            // Until they can be read again sessions end when they were last known to.
            LogUnread(log, fault.Message);
        }

        return Task.CompletedTask;
    }

    private void Look()
    {
        foreach (var streams in hub.Logins.GroupBy(login => login.PageSession))
        {
            if (streams.Key is { } session)
            {
                var end = accounts.EndOf(session) ?? DateTimeOffset.MinValue;
                foreach (var login in streams)
                {
                    login.GoesOnUntil(session, end);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How long the sessions of open streams go on cannot be read: {Fault}")]
    private static partial void LogUnread(ILogger log, string fault);
}
