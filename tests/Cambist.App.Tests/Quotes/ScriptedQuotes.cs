using Cambist.App.Quotes.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Tests.Quotes;

/// <summary>A source of quotes that says what the test tells it to.</summary>
internal sealed class ScriptedQuotes(string id, Func<QuoteAsk, CancellationToken, Task<IReadOnlyList<CollectedQuote>>> answer) : IQuoteSource
{
    private int _asked;

    public ScriptedQuotes(string id, Func<QuoteAsk, CollectedQuote> answer)
        : this(id, (ask, _) => Task.FromResult<IReadOnlyList<CollectedQuote>>([answer(ask)]))
    {
    }

    public QuoteSourceProfile Profile { get; } = new() { Id = id, Name = id, PublicAddress = new Uri("https://example.com"), IsOfficial = true, Gap = TimeSpan.Zero, Providers = [] };

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public bool Serves(QuoteAsk ask) => true;

    public Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return answer(ask, cancellationToken);
    }

    /// <summary>An answer for what is sent: (paid − fee) × rate.</summary>
    public static CollectedQuote Quote(QuoteAsk ask, DateTimeOffset at, decimal rate, decimal fee = 0m, string provider = "wise", Provenance provenance = Provenance.Live) => new()
    {
        Provider = provider,
        Name = provider,
        Kind = ProviderKind.MoneyTransfer,
        Title = "Quoted transfer",
        Pair = ask.Pair,
        Paid = ask.Amount,
        Received = new Money((ask.Amount.Amount - fee) * rate, ask.Pair.Quote).Rounded(),
        ExchangeRate = rate,
        Fee = new Money(fee, ask.Pair.Base),
        FeeMode = FeeMode.Deducted,
        Delivery = null,
        Provenance = provenance,
        CollectedAt = at,
        SourceUrl = new Uri("https://example.com/quote"),
    };
}
