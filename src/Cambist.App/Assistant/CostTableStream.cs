using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cambist.App.Quotes;
using Cambist.Client;

namespace Cambist.App.Assistant;

/// <summary>The cost table of a question as slow services answer: first what is there, then the whole table each time that it has changed. The last event is named <c>complete</c>.</summary>
internal sealed class CostTableStream(ConversionAssistant assistant, QuoteDesk quotes)
{
    // A service that has not answered by then is not waited for.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>The events, until nothing is awaited any more, or there is no table any more.</summary>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(AskForm form, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Longest);
        var told = "";
        for (var id = 1; ;)
        {
            // Before the table is made, so that no answer falls between them.
            var answered = quotes.NextAnswer;
            if (await assistant.CompareAsync(form, TimeSpan.Zero, cancellationToken) is not CostTableAnswer.Given given)
            {
                yield break;
            }

            var isComplete = given.Pending.Count == 0 || end.IsCancellationRequested;
            var table = JsonSerializer.Serialize(given.Table, CambistJson.Wire.IReadOnlyListProviderQuote);
            if (table != told || isComplete)
            {
                yield return new SseItem<string>(table, isComplete ? "complete" : "providers") { EventId = id.ToString(CultureInfo.InvariantCulture) };
                (told, id) = (table, id + 1);
            }

            if (isComplete)
            {
                yield break;
            }

            await answered.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
