using System.Globalization;

namespace Cambist.Domain.Quotes;

/// <summary>What is wrong with an answer about a price.</summary>
/// <param name="Code">Stable name of the check.</param>
/// <param name="Detail">What was expected and what was found.</param>
public sealed record QuoteFault(string Code, string Detail);

/// <summary>Asks of every answer whether it can be believed. One that cannot brings no price: nobody corrects it.</summary>
public static class QuoteChecks
{
    // A rate farther from mid than the dearest remittance is a slip of units or of direction.
    private const decimal FarthestFromMid = 0.10m;

    // Recorded answers hold their own arithmetic within this, beside a minor unit: rates are told with few digits.
    private const decimal RoundingOfRate = 0.00001m;

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    // A provider's own answer is of this moment; what others collected of it may be of before the weekend.
    private static readonly TimeSpan OldestOwn = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan OldestCollected = TimeSpan.FromDays(3);

    private static readonly (string Code, Func<CollectedQuote, PriceQuestion, string?> Ask)[] InOrder =
    [
        ("other_question", AnswersTheQuestion),
        ("not_positive", IsPositive),
        ("unlikely_fee", HasPlausibleFee),
        ("contradicts_itself", AddsUp),
        ("far_from_mid", IsNearMid),
        ("of_the_future", IsNotOfTheFuture),
        ("stale", IsNotStale),
    ];

    /// <summary>The first fault of an answer; null where it has none.</summary>
    /// <param name="quote">The answer.</param>
    /// <param name="question">What was asked, with the mid-market rate and the instant of the answer.</param>
    public static QuoteFault? FirstFault(CollectedQuote quote, PriceQuestion question)
    {
        foreach (var (code, ask) in InOrder)
        {
            if (ask(quote, question) is { } detail)
            {
                return new QuoteFault(code, detail);
            }
        }

        return null;
    }

    private static string? AnswersTheQuestion(CollectedQuote quote, PriceQuestion question)
    {
        if (quote.Pair != question.Pair || quote.Paid.Currency != question.Pair.Base || quote.Received.Currency != question.Pair.Quote || quote.Fee.Currency != question.Pair.Base)
        {
            return $"An answer in {question.Pair.Base} for {question.Pair.Quote} was expected, was {quote.Paid} with a fee of {quote.Fee} for {quote.Received}.";
        }

        // Where an amount must arrive the smallest unit of what is sent may bring a little more.
        var told = question.Side == AmountSide.Send ? quote.Paid : quote.Received;
        var allowed = question.Side == AmountSide.Send ? told.Currency.SmallestAmount : told.Currency.SmallestAmount + quote.Paid.Currency.SmallestAmount * quote.ExchangeRate;
        return Math.Abs(told.Amount - question.Amount.Amount) > allowed ? $"An answer for {question.Amount} was expected, was for {told}." : null;
    }

    private static string? IsPositive(CollectedQuote quote, PriceQuestion question) =>
        quote.Paid.Amount > 0m && quote.Received.Amount > 0m && quote.ExchangeRate > 0m
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Amounts and a rate above zero were expected, were {quote.Paid}, {quote.Received} and {quote.ExchangeRate}.");

    private static string? HasPlausibleFee(CollectedQuote quote, PriceQuestion question) =>
        quote.Fee.Amount >= 0m && quote.Fee.Amount < quote.Paid.Amount ? null : $"A fee from zero to below {quote.Paid} was expected, was {quote.Fee}.";

    private static string? AddsUp(CollectedQuote quote, PriceQuestion question)
    {
        var worth = (quote.Paid.Amount - quote.Fee.Amount) * quote.ExchangeRate;
        var allowed = quote.Received.Currency.SmallestAmount + quote.Paid.Currency.SmallestAmount * quote.ExchangeRate + quote.Received.Amount * RoundingOfRate;
        return Math.Abs(worth - quote.Received.Amount) > allowed
            ? string.Create(CultureInfo.InvariantCulture, $"({quote.Paid} − {quote.Fee}) × {quote.ExchangeRate} = {worth:0.####} was expected to arrive, was {quote.Received}.")
            : null;
    }

    private static string? IsNearMid(CollectedQuote quote, PriceQuestion question) =>
        Math.Abs(quote.ExchangeRate / question.Mid - 1m) > FarthestFromMid
            ? string.Create(CultureInfo.InvariantCulture, $"A rate within {FarthestFromMid:P0} of mid ({question.Mid}) was expected, was {quote.ExchangeRate}.")
            : null;

    private static string? IsNotOfTheFuture(CollectedQuote quote, PriceQuestion question) =>
        quote.CollectedAt - question.At > ClockDifference ? $"A quote of before {question.At:u} was expected, was of {quote.CollectedAt:u}." : null;

    private static string? IsNotStale(CollectedQuote quote, PriceQuestion question)
    {
        var oldest = quote.Provenance == Provenance.Live ? OldestOwn : OldestCollected;
        return question.At - quote.CollectedAt > oldest ? $"A quote younger than {oldest.TotalMinutes:0} minutes was expected, was of {quote.CollectedAt:u}." : null;
    }
}
