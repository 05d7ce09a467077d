using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>
/// Sends what is posted, one mail after the other, and tries again what may pass. While the server itself is at fault it is left alone, whatever waits. When the service stops, mails whose time has come are
/// still sent for a few seconds; what then waits is lost, and the log says so.
/// </summary>
internal sealed class MailRunner(OutgoingMail mails, EmailOptions options, RetrySchedule schedule, TimeProvider time, ILogger<MailRunner> log) : BackgroundService
{
    /// <summary>How long a connection is kept with nothing to send.</summary>
    internal static readonly TimeSpan KeptOpen = TimeSpan.FromSeconds(10);

    /// <summary>How long mails are still sent when the service stops.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    // A link in a mail is of no use later.
    private static readonly TimeSpan Useful = TimeSpan.FromDays(1);

    // Nobody else has it: a container that is disposed of closes its own while this still speaks.
    private readonly EmailSender _sender = new(options, time);

    private long _pausedAt;
    private TimeSpan _pause;
    private int _faultsOfServer;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.IsOn)
        {
            return;
        }

        await using var closing = _sender;
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var stopping = stoppingToken.Register(() => end.CancelAfter(Grace));
        while (await NextAsync(stoppingToken) is { } mail)
        {
            await SendAsync(mail, end.Token);
        }

        foreach (var mail in mails.TakeAll())
        {
            Lost(mail, "the service stops.");
        }
    }

    // Null when the service stops and nothing is due.
    private async Task<WaitingMail?> NextAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var paused = _pause - time.GetElapsedTime(_pausedAt);
            if (paused > TimeSpan.Zero)
            {
                await Task.Delay(paused, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stoppingToken.IsCancellationRequested)
                {
                    return null;
                }

                continue;
            }

            if (mails.TryTake(out var mail, out var wait))
            {
                return mail;
            }

            if (stoppingToken.IsCancellationRequested)
            {
                return null;
            }

            var isIdle = _sender.IsConnected && !(wait < KeptOpen);
            if (!await mails.PostedAsync(isIdle ? KeptOpen : wait, stoppingToken) && isIdle)
            {
                await _sender.CloseAsync();
            }
        }
    }

    private async Task SendAsync(WaitingMail mail, CancellationToken end)
    {
        try
        {
            if (time.GetElapsedTime(mail.PostedAt) > Useful)
            {
                GiveUp(mail, "it waited for a day.");
                return;
            }

            await _sender.SendAsync(mail.Letter, end);
            _faultsOfServer = 0;
            mails.Done();
            log.LogInformation("Mail {Id} of kind {Kind} is sent", mail.Letter.Id, mail.Letter.Content.Kind);
            Tell(mail);
        }
        catch (EmailFaultException fault)
        {
            Consider(mail with { Attempts = mail.Attempts + 1 }, fault);
        }
        catch (Exception) when (end.IsCancellationRequested)
        {
            GiveUp(mail, "the service stops while it is sent; it may have been taken.");
        }
        catch (Exception fault)
        {
            // What nobody foresaw ends one mail and not all. Its message may hold an address.
            GiveUp(mail, fault.GetType().Name);
        }
    }

    // A fault of whoever asked does not undo that the mail is sent, and must not end the others.
    private void Tell(WaitingMail mail)
    {
        try
        {
            mail.WhenTaken?.Invoke();
        }
        catch (Exception fault)
        {
            log.LogError("Mail {Id} of kind {Kind} is sent, and that cannot be written down: {Fault}", mail.Letter.Id, mail.Letter.Content.Kind, fault.GetType().Name);
        }
    }

    private void Consider(WaitingMail mail, EmailFaultException fault)
    {
        if (fault.IsOfServer)
        {
            (_pausedAt, _pause) = (time.GetTimestamp(), schedule.Pause(++_faultsOfServer));
        }
        else
        {
            _faultsOfServer = 0;
        }

        if (!fault.MayPass || mail.Attempts >= options.Attempts)
        {
            GiveUp(mail, fault.Message);
            return;
        }

        var wait = schedule.After(mail.Attempts);
        mails.Again(mail, wait);
        log.LogWarning("Mail {Id} of kind {Kind} is tried again in {Wait:0} s: {Reason}", mail.Letter.Id, mail.Letter.Content.Kind, wait.TotalSeconds, fault.Message);
    }

    private void GiveUp(WaitingMail mail, string reason)
    {
        mails.Done();
        Lost(mail, reason);
    }

    private void Lost(WaitingMail mail, string reason) =>
        log.LogError("Mail {Id} of kind {Kind} is lost after {Attempts} attempts: {Reason}", mail.Letter.Id, mail.Letter.Content.Kind, mail.Attempts, reason);
}
