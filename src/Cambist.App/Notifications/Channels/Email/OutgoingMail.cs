using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>
/// Mails that wait to be sent, in memory: what waits when the process ends is lost. Whoever posts one waits for no server, so the time of an answer does not tell whether a mail went out.
/// </summary>
public sealed class OutgoingMail(EmailOptions options, TimeProvider time, ILogger<OutgoingMail> log)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<WaitingMail, (long At, long Order)> _waiting = new();
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _held;
    private long _order;

    /// <summary>Whether mails are sent at all. Where it is false nothing that is posted arrives: whoever would wait for a mail is to be told so.</summary>
    public bool IsOn => options.IsOn;

    /// <summary>How many mails are not sent yet, those under way included.</summary>
    internal int Held
    {
        get
        {
            lock (_gate)
            {
                return _held;
            }
        }
    }

    /// <summary>Has a mail sent as soon as the server takes it.</summary>
    /// <param name="email">The mail.</param>
    /// <param name="whenTaken">Is called aside when the server has taken it; never where the mail is lost.</param>
    /// <returns>False where it will not be: mail is off, or too many wait.</returns>
    public bool Post(Email email, Action? whenTaken = null)
    {
        if (options.From is not { } from)
        {
            log.LogDebug("Mail is off: a mail of kind {Kind} is not sent", email.Kind);
            return false;
        }

        var letter = EmailLetter.Of(email, from, time.GetUtcNow());
        lock (_gate)
        {
            if (_held < options.QueueSize)
            {
                _held++;
                Put(new WaitingMail(letter, Attempts: 0, time.GetTimestamp(), whenTaken), time.GetTimestamp());
                _bell.Writer.TryWrite(true);
                return true;
            }
        }

        log.LogError("Mail {Id} of kind {Kind} is lost: {Count} wait already", letter.Id, email.Kind, options.QueueSize);
        return false;
    }

    /// <summary>Takes the next mail whose time has come; it goes on counting until <see cref="Done"/>.</summary>
    /// <param name="mail">The mail; null where the time of none has come.</param>
    /// <param name="wait">Until the time of the next comes; null where none waits.</param>
    internal bool TryTake([NotNullWhen(true)] out WaitingMail? mail, out TimeSpan? wait)
    {
        lock (_gate)
        {
            (mail, wait) = (null, null);
            // What rang before is seen by this look.
            _bell.Reader.TryRead(out _);
            if (!_waiting.TryPeek(out var next, out var place))
            {
                return false;
            }

            var now = time.GetTimestamp();
            if (place.At > now)
            {
                wait = time.GetElapsedTime(now, place.At);
                return false;
            }

            mail = next;
            _waiting.Dequeue();
            return true;
        }
    }

    /// <summary>Puts a taken mail back.</summary>
    internal void Again(WaitingMail mail, TimeSpan after)
    {
        lock (_gate)
        {
            Put(mail, time.GetTimestamp() + (long)(after.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>Forgets a taken mail: it was sent, or is given up.</summary>
    internal void Done()
    {
        lock (_gate)
        {
            _held--;
        }
    }

    /// <summary>Waits for the next that is posted.</summary>
    /// <param name="atMost">No longer than this; null: for ever.</param>
    /// <param name="cancellationToken">Ends the waiting, too.</param>
    /// <returns>False where none was.</returns>
    internal async Task<bool> PostedAsync(TimeSpan? atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _bell.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Takes all, whenever their time is.</summary>
    internal IReadOnlyList<WaitingMail> TakeAll()
    {
        lock (_gate)
        {
            IReadOnlyList<WaitingMail> all = [.. _waiting.UnorderedItems.Select(item => item.Element)];
            _held -= all.Count;
            _waiting.Clear();
            return all;
        }
    }

    private void Put(WaitingMail mail, long at) => _waiting.Enqueue(mail, (at, _order++));
}

/// <summary>A mail that is not sent yet.</summary>
/// <param name="Letter">The mail.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="PostedAt">The clock's timestamp when it was posted.</param>
/// <param name="WhenTaken">Is called when the server has taken it; null: nobody asks.</param>
internal sealed record WaitingMail(EmailLetter Letter, int Attempts, long PostedAt, Action? WhenTaken);
