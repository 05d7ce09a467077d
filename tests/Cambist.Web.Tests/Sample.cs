using Cambist.App.Assistant;
using Cambist.Client;

namespace Cambist.Web.Tests;

/// <summary>A complete answer to 5,000 USD to EUR on a Wednesday; tests take away or change what they are about.</summary>
internal static class Sample
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 25, 15, 20, 0, TimeSpan.Zero);

    public static ProviderQuote Quote { get; } = new()
    {
        Provider = "wise",
        Name = "Wise",
        Kind = "fintech",
        Offer = "Transfer from balance",
        Status = "ranked",
        Note = null,
        ExchangeRate = 0.92074m,
        MidRate = 0.92074m,
        MarkupBps = 0,
        SpreadCost = Usd(0m),
        HiddenFee = Usd(0m),
        FixedFee = Usd(1.20m),
        VariableFee = Usd(20.65m),
        TotalCost = Usd(21.85m),
        TotalCostBps = 43.7,
        SendAmount = Usd(5000m),
        ReceiveAmount = new MoneyValue(4583.58m, "EUR"),
        ReceiveAtLeast = new MoneyValue(4583.58m, "EUR"),
        BetterThanMid = false,
        PayIn = "bank_transfer",
        PayOut = "bank_transfer",
        Promotion = null,
        DeliveryTime = new DeliveryTime(0, 24, "same day"),
        LatestSafeDate = Now.AddDays(27),
        Provenance = "live",
        CollectedAt = new DateTimeOffset(2026, 9, 27, 0, 0, 0, TimeSpan.Zero),
        Outdated = false,
        SourceUrl = new Uri("https://example.com/wise"),
    };

    public static AnalyzeResponse Advice { get; } = new()
    {
        Recommendation = "WAIT",
        Reason = "Waiting until Tuesday saves an expected 18.40 USD.",
        Reasons = [new AdviceReason("matrix.large_savings", "The saving is above 10.00 USD", true)],
        ChangesIf = "a saving below 10.00 USD.",
        Amount = Usd(5000m),
        AmountSide = "send",
        FromCurrency = "USD",
        ToCurrency = "EUR",
        Deadline = new DateTimeOffset(2026, 12, 26, 0, 0, 0, TimeSpan.Zero),
        RiskTolerance = "moderate",
        CurrentRate = 0.92074m,
        Rate = new RateFacts("kraken", Now.AddMinutes(-4), 240, "open", null),
        PredictedRate = 0.92081m,
        PredictionInterval = new RateInterval(0.9131m, 0.9285m),
        HorizonHours = 24,
        Confidence = 0.72,
        BestProvider = Quote,
        Providers = [Quote],
        ExpectedSavings = Usd(18.40m),
        CertainSavings = Usd(6m),
        Range = new MoneyRange(Usd(-9m), Usd(46m)),
        MoneyAtRisk = Usd(61.20m),
        Plan = null,
        LatestSafeDate = Now.AddDays(27),
        NextCheck = Now.AddHours(6),
        Model = new ModelFacts("baseline", "no proven edge", Now.AddDays(-1)),
        AsOf = Now,
        Simulated = false,
        Disclaimer = "Rates can move against you.",
    };

    public static PageAnswer Answer { get; } = new(Advice, null, [], null, "live");

    public static Problem Problem { get; } = new()
    {
        Title = "The amount is not a number",
        Status = 400,
        Detail = "An amount such as 5000 was expected, was 'many'.",
        Code = "invalid_amount",
        Field = "amount",
    };

    public static MoneyValue Usd(decimal amount) => new(amount, "USD");

    public static RateBar Bar(DateTimeOffset time, decimal rate) => new(time, rate, rate, rate, rate, "sample");

    /// <summary>A forecast in which every quantile of every horizon lies this far from the spot rate, per standard deviation.</summary>
    public static ForecastResponse Forecast(DateTimeOffset asOf, double spot, double std) => new(
        "USD/EUR",
        asOf,
        (decimal)spot,
        new ModelFacts("baseline", "no proven edge", asOf),
        [.. Enumerable.Range(1, 24).Select(hours => new ForecastHorizon(hours, spot, std, Quantiles(spot, std * Math.Sqrt(hours))))],
        false);

    private static ForecastQuantiles Quantiles(double mean, double std) => new(
        mean - 1.96 * std, mean - 1.645 * std, mean - 1.28 * std, mean - 0.674 * std, mean,
        mean + 0.674 * std, mean + 1.28 * std, mean + 1.645 * std, mean + 1.96 * std);
}
