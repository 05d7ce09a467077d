using System.Collections.Concurrent;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Client;

namespace Cambist.App.Assistant;

/// <summary>
/// Advice as bytes for the wire. The same question in the same second and at the same rates and quotes has the same answer, so a page that many people have
/// open costs one decision a second; an answer is never older than that, and its <c>as_of</c> says when it was made.
/// </summary>
public sealed class RecentAnswers(ConversionAssistant assistant, RateDesk rates, RateBook book, QuoteDesk quotes)
{
    // An answer is about 15 KB.
    private const int MostKept = 512;

    private readonly ConcurrentDictionary<AskForm, Recent> _recent = new();
    private int _added;

    /// <summary>The advice as a JSON document, or why there is none; exactly one is set.</summary>
    public async ValueTask<(byte[]? Json, Problem? Problem)> AdviseAsync(AskForm form, CancellationToken cancellationToken)
    {
        var moment = (Second: rates.Now.ToUnixTimeSeconds(), book.Version, quotes.Version);
        var asked = _recent.TryGetValue(form, out var recent) && recent.Moment == moment;
        if (asked && recent!.Json is not null)
        {
            return (recent.Json, null);
        }

        return await assistant.AdviseAsync(form, cancellationToken) switch
        {
            AdviceAnswer.Given given => (Keep(form, moment, given.Json, keep: asked), null),
            AdviceAnswer.Refused refused => (null, refused.Problem),
            _ => throw new InvalidOperationException("Advice is given or refused."),
        };
    }

    // Most questions are asked once: an answer is worth its memory when the question comes again.
    private byte[] Keep(AskForm form, (long, long, long) moment, byte[] json, bool keep)
    {
        // Counted here, because the dictionary takes all its locks to count.
        if (Interlocked.Increment(ref _added) % MostKept == 0)
        {
            _recent.Clear();
        }

        _recent[form] = new Recent(moment, keep ? json : null);
        return json;
    }

    private sealed record Recent((long Second, long Rates, long Quotes) Moment, byte[]? Json);
}
