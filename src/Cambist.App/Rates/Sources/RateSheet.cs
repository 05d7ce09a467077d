using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>A figure in an answer that is no number.</summary>
/// <param name="Pair">The pair that it was told for.</param>
/// <param name="Told">What stood there, cut to a sensible length.</param>
public sealed record UnreadableRate(CurrencyPair Pair, string Told);

/// <summary>
/// What a source told in one answer, pair by pair as it told them: nothing is inverted, crossed or mended here. Currencies that nobody asked for, and codes
/// that are no active currency (metals, crypto, funds), are passed over; a figure that is no number is kept as unreadable and spoils no other.
/// </summary>
/// <param name="source">Who told it.</param>
/// <param name="wanted">The pairs that are asked for: a rate is taken where both its currencies are among theirs.</param>
/// <param name="observedAt">When the answer was received.</param>
public sealed class RateSheet(SourceProfile source, IEnumerable<CurrencyPair> wanted, DateTimeOffset observedAt)
{
    // No currency is worth a billion units of another.
    private const decimal Highest = 1e9m;
    private const decimal Lowest = 1e-9m;
    private const int LongestQuote = 40;

    private readonly FrozenSet<Currency> _wanted = wanted.SelectMany(pair => new[] { pair.Base, pair.Quote }).ToFrozenSet();
    private readonly List<ReportedRate> _rates = [];
    private readonly List<UnreadableRate> _unreadable = [];

    /// <summary>The rates, in the order told.</summary>
    public IReadOnlyList<ReportedRate> Rates => _rates;

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<UnreadableRate> Unreadable => _unreadable;

    /// <summary>Who told it.</summary>
    public SourceProfile Source => source;

    /// <summary>When the answer was received.</summary>
    public DateTimeOffset ObservedAt => observedAt;

    /// <summary>Takes a mid price.</summary>
    /// <param name="baseCode">ISO 4217 code of the base currency, in any case.</param>
    /// <param name="quoteCode">ISO 4217 code of the quote currency, in any case.</param>
    /// <param name="mid">Quote currency per unit of base currency: a JSON number, or a string that holds one.</param>
    /// <param name="effectiveAt">When it was true; null where the source does not say: then when it was received.</param>
    public void Mid(string? baseCode, string? quoteCode, JsonElement mid, DateTimeOffset? effectiveAt) => Mid(baseCode, quoteCode, TextOf(mid), effectiveAt);

    /// <inheritdoc cref="Mid(string?, string?, JsonElement, DateTimeOffset?)"/>
    public void Mid(string? baseCode, string? quoteCode, string? mid, DateTimeOffset? effectiveAt)
    {
        if (WantedPair(baseCode, quoteCode) is not { } pair)
        {
            return;
        }

        if (Read(mid) is { } price)
        {
            _rates.Add(new ReportedRate(source, pair, price, price, SpreadKnown: false, effectiveAt ?? observedAt, observedAt));
        }
        else
        {
            _unreadable.Add(new UnreadableRate(pair, Cut(mid)));
        }
    }

    /// <summary>Takes a bid and an ask.</summary>
    public void TwoSided(string? baseCode, string? quoteCode, JsonElement bid, JsonElement ask, DateTimeOffset? effectiveAt) =>
        TwoSided(baseCode, quoteCode, TextOf(bid), TextOf(ask), effectiveAt);

    /// <inheritdoc cref="TwoSided(string?, string?, JsonElement, JsonElement, DateTimeOffset?)"/>
    public void TwoSided(string? baseCode, string? quoteCode, string? bid, string? ask, DateTimeOffset? effectiveAt)
    {
        if (WantedPair(baseCode, quoteCode) is not { } pair)
        {
            return;
        }

        if ((Read(bid), Read(ask)) is ({ } bidPrice, { } askPrice))
        {
            _rates.Add(new ReportedRate(source, pair, bidPrice, askPrice, SpreadKnown: true, effectiveAt ?? observedAt, observedAt));
        }
        else
        {
            _unreadable.Add(new UnreadableRate(pair, Cut($"bid {bid}, ask {ask}")));
        }
    }

    private CurrencyPair? WantedPair(string? baseCode, string? quoteCode) =>
        Currency.TryParse(baseCode, out var from) && Currency.TryParse(quoteCode, out var to) && from != to && _wanted.Contains(from) && _wanted.Contains(to)
            ? new CurrencyPair(from, to)
            : null;

    // Some services write tiny values with an exponent, and some more digits than a measurement has: fifteen are kept, which is what stores hold exactly.
    private static decimal? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value == 0m || Math.Abs(value) is >= Lowest and <= Highest)
            ? ExactReal.ToDecimal((double)value)
            : null;

    private static string TextOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Undefined => "nothing",
        _ => element.GetRawText(),
    };

    private static string Cut(string? told) => told is null ? "nothing" : told.Length <= LongestQuote ? told : told[..LongestQuote] + "…";
}
