using System.Collections.Concurrent;
using Cambist.App.Quotes.Sources;
using Cambist.Domain.Quotes;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Quotes;

/// <summary>The providers to choose from for a question, with what their services quote for it.</summary>
/// <param name="Panel">The providers; where nothing is quoted, with what they publish.</param>
/// <param name="Pending">The sources whose first answer is still under way, by id.</param>
public sealed record QuotedPanel(ProviderPanel Panel, IReadOnlyList<string> Pending);

/// <summary>
/// Keeps what the sources of quotes answer, per question: asked for again when it is old or the rate has moved, at most once at a time, and never waited for longer than allowed. Safe to use
/// from any thread.
/// </summary>
public sealed class QuoteDesk : IAsyncDisposable
{
    private const int MostSheets = 2_000;

    private readonly QuoteLane[] _lanes;
    private readonly QuotesOptions _options;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<QuoteAsk, QuoteSheet> _sheets = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _nextAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version;

    /// <summary>A desk over these sources.</summary>
    public QuoteDesk(IEnumerable<IQuoteSource> sources, QuoteSourceHealth health, QuotesOptions options, TimeProvider clock, ILogger<QuoteDesk> log)
    {
        (_options, _clock) = (options, clock);
        _lanes = [.. sources.OrderBy(source => source.Profile.Id, StringComparer.Ordinal).Select(source => new QuoteLane(source, health, clock, log))];
    }

    /// <summary>Grows with every answer.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>How long an answer is waited for where nobody says otherwise.</summary>
    public TimeSpan Patience => _options.Patience;

    /// <summary>The providers for a question. First answers are waited for, all together no longer than allowed; what is there already is renewed behind the scenes.</summary>
    public async ValueTask<QuotedPanel> AskAsync(PriceQuestion question, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_lanes.Length == 0)
        {
            return new QuotedPanel(FeeSchedules.Panel, []);
        }

        var sheet = SheetOf(question);
        var firsts = Refresh(sheet, question);
        if (firsts is not null && patience > TimeSpan.Zero)
        {
            await Task.WhenAll(firsts.Select(first => first.Answer)).WaitAsync(patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }

        // Before the panel is made, so that who is not named as pending is in it.
        IReadOnlyList<string> pending = firsts is null ? [] : [.. firsts.Where(first => !first.Answer.IsCompleted).Select(first => first.Source)];
        return new QuotedPanel(sheet.Panel(FeeSchedules.Panel, question.Mid, _clock.GetUtcNow(), _options), pending);
    }

    /// <summary>Completes at the next answer of any source to any question, or its failure.</summary>
    public Task NextAnswer => Volatile.Read(ref _nextAnswer).Task;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    // Null: nothing is awaited, the usual case.
    private List<(string Source, Task Answer)>? Refresh(QuoteSheet sheet, PriceQuestion question)
    {
        List<(string, Task)>? firsts = null;
        for (var i = 0; i < _lanes.Length; i++)
        {
            var (lane, place) = (_lanes[i], i);
            if (sheet.Refresh(place, question.Mid, _clock.GetUtcNow(), _options, () => lane.IsOpenTo(sheet.Ask) ? Start(sheet, place, question) : null) is { } first)
            {
                (firsts ??= []).Add((lane.Profile.Id, first));
            }
        }

        return firsts;
    }

    private Task Start(QuoteSheet sheet, int place, PriceQuestion question)
    {
        // Not awaited here: whoever asked waits as long as they like. Whatever happens in it is the lane's to contain.
        var running = Task.Run(() => AskAsync(sheet, place, question), _end.Token);
        _running[running] = true;
        _ = running.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return running;
    }

    private async Task AskAsync(QuoteSheet sheet, int place, PriceQuestion question)
    {
        IReadOnlyList<CollectedQuote>? quotes = null;
        try
        {
            quotes = await _lanes[place].AskAsync(sheet.Ask, question, _end.Token);
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }

        sheet.Note(place, quotes, question.Mid, _clock.GetUtcNow());
        Interlocked.Increment(ref _version);
        Interlocked.Exchange(ref _nextAnswer, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private QuoteSheet SheetOf(PriceQuestion question)
    {
        var ask = new QuoteAsk(question.Pair, question.Side, question.Amount, question.Countries is [var only] ? only : null);
        if (!_sheets.TryGetValue(ask, out var sheet))
        {
            if (_sheets.Count >= MostSheets)
            {
                Forget();
            }

            sheet = _sheets.GetOrAdd(ask, asked => new QuoteSheet(asked, _lanes.Length));
        }

        sheet.AskedAt = _clock.GetUtcNow();
        return sheet;
    }

    // A quarter at once, so that it is seldom done.
    private void Forget()
    {
        foreach (var oldest in _sheets.Values.OrderBy(sheet => sheet.AskedAt).Take(MostSheets / 4))
        {
            _sheets.TryRemove(oldest.Ask, out _);
        }
    }
}
