using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// A service that tells what providers charge for an amount. It only translates: it never asks again, checks, caches or logs. Patience, limits and health belong to
/// the desk, plausibility to the checks.
/// </summary>
public interface IQuoteSource
{
    /// <summary>What is known of it.</summary>
    QuoteSourceProfile Profile { get; }

    /// <summary>Whether it is worth asking: false where it does not quote such a pair at all.</summary>
    bool Serves(QuoteAsk ask);

    /// <summary>What it quotes; empty where it answers and has nothing for the question.</summary>
    /// <exception cref="SourceFaultException">It did not answer, or not with quotes.</exception>
    Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken);
}

/// <summary>What is asked of a source of quotes.</summary>
/// <param name="Pair">Base: what is sent; quote: what arrives.</param>
/// <param name="Side">Which side <paramref name="Amount"/> fixes.</param>
/// <param name="Amount">In the base currency for <see cref="AmountSide.Send"/>, in the quote currency for <see cref="AmountSide.Receive"/>.</param>
/// <param name="Country">Where the sender is (ISO 3166 alpha-2); null where it is not known.</param>
public sealed record QuoteAsk(CurrencyPair Pair, AmountSide Side, Money Amount, string? Country);

/// <summary>What is known of a source of quotes, whoever runs it.</summary>
public sealed record QuoteSourceProfile
{
    /// <summary>Stable id: <c>wise</c>; its settings are <c>Quotes:Sources:&lt;id&gt;</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name that people know.</summary>
    public required string Name { get; init; }

    /// <summary>The service's own address; a relative address is appended to it.</summary>
    public required Uri PublicAddress { get; init; }

    /// <summary>Whether the service documents this use. Where it does not, the source is off unless it is turned on, and its quotes say so.</summary>
    public required bool IsOfficial { get; init; }

    /// <summary>The shortest time between two requests.</summary>
    public required TimeSpan Gap { get; init; }

    /// <summary>The providers that it can quote, by id; empty where that depends on the route.</summary>
    public required IReadOnlyList<string> Providers { get; init; }
}

/// <summary>Configuration of a source of quotes: <c>Quotes:Sources:&lt;id&gt;</c>.</summary>
public sealed class QuoteSourceOptions
{
    /// <summary>Whether it is asked. Not set: where its use is documented.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Where it is: scheme and host, and the path before what the source adds. Not set: the service's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The operator's key, where the service takes one. It appears in no log, message or answer.</summary>
    public string? ApiKey { get; set; }
}
