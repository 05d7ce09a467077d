using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>
/// The pairs under which the reports of all sources are compared. Services tell their rates against the euro, the dollar or in pairs of their own; here each answer is
/// brought to the same pairs: the majors, and every other currency against the US dollar.
/// </summary>
public sealed class PanelPairs(RatesOptions options)
{
    // Quoted the other way round by convention: dollars per unit.
    private static readonly Currency[] BeforeTheDollar = [Currency.Parse("EUR"), Currency.Parse("GBP"), Currency.Parse("AUD"), Currency.Parse("NZD")];

    /// <summary>All pairs that are kept, the majors first.</summary>
    public IReadOnlyList<CurrencyPair> All { get; } =
    [
        .. options.MajorPairs.Concat(Iso4217.All.Where(currency => currency != Currency.Usd).Select(AgainstTheDollar)).Distinct(),
    ];

    /// <summary>The pairs that are asked for most often.</summary>
    public IReadOnlyList<CurrencyPair> Majors => options.MajorPairs;

    /// <summary>What an answer says about the pairs that are kept: as told where the pair is one of them, else turned round or crossed within this one answer. A rate that leads to none of them stays as it is.</summary>
    public IReadOnlyList<ReportedRate> Of(IReadOnlyList<ReportedRate> told)
    {
        if (told is [var only] && IsKept(only.Pair))
        {
            return told;
        }

        var direct = new Dictionary<CurrencyPair, ReportedRate>(told.Count);
        foreach (var rate in told)
        {
            direct[rate.Pair] = rate;
        }

        var currencies = told.SelectMany(rate => new[] { rate.Pair.Base, rate.Pair.Quote }).ToHashSet();
        var wanted = options.MajorPairs.Where(pair => currencies.Contains(pair.Base) && currencies.Contains(pair.Quote));
        wanted = currencies.Contains(Currency.Usd)
            ? wanted.Concat(currencies.Where(currency => currency != Currency.Usd).Select(AgainstTheDollar))
            : wanted.Concat(told.Select(rate => rate.Pair).Where(pair => !IsKept(pair) && !IsKept(pair.Inverse)));
        return [.. wanted.Distinct().Select(pair => CrossRates.Find(pair, leg => LegOf(pair, direct.GetValueOrDefault(leg)), RateBook.Hubs)).OfType<ReportedRate>()];
    }

    // Told as it is, a faulty rate is found by the checks; as a leg it would be hidden in a cross, for two negative prices make a positive one.
    private static ReportedRate? LegOf(CurrencyPair wanted, ReportedRate? told) =>
        told is null || told.Pair == wanted || told.Pair == wanted.Inverse || (told.Bid > 0m && told.Ask >= told.Bid) ? told : null;

    private bool IsKept(CurrencyPair pair) => options.MajorPairs.Contains(pair) || (pair.Has(Currency.Usd) && AgainstTheDollar(pair.Base == Currency.Usd ? pair.Quote : pair.Base) == pair);

    private static CurrencyPair AgainstTheDollar(Currency currency) =>
        BeforeTheDollar.Contains(currency) ? new CurrencyPair(currency, Currency.Usd) : new CurrencyPair(Currency.Usd, currency);
}
