using Cambist.App.Goals.Pages;
using Cambist.Client;

namespace Cambist.Web.Tests;

/// <summary>A goal of 12,000 USD in two parts, the first one due; tests take away or change what they are about.</summary>
internal static class GoalSample
{
    public static DateTimeOffset Now => Sample.Now;

    public static IReadOnlyList<NamedProvider> Providers { get; } = [new("wise", "Wise"), new("chase", "Chase")];

    public static GoalRecommendation Advice { get; } = new(
        "CONVERT_NOW", "Convert now with Wise.", "matrix.small_saving", 0.53, "wise", Sample.Usd(-0.4m), Sample.Usd(6000m), 0.92m, Now.AddDays(20), Now.AddHours(4), Now,
        new GoalCounterfactual("chase", Sample.Usd(6000m), Eur(5300m), Now.AddDays(-1)), Simulated: false);

    public static ConversionGoal Goal { get; } = new()
    {
        Id = "018f",
        Type = "one_time",
        Name = "tuition",
        Status = "active",
        FromCurrency = "USD",
        ToCurrency = "EUR",
        Amount = Sample.Usd(12_000m),
        AmountSide = "send",
        Starts = Now,
        Deadline = new DateTimeOffset(2027, 3, 1, 5, 0, 0, TimeSpan.Zero),
        TimeZone = "America/New_York",
        RiskTolerance = "moderate",
        TargetRate = null,
        TargetReachedAt = null,
        Recurrence = null,
        UsualProvider = "chase",
        ExcludedProviders = [],
        Schedule =
        [
            new GoalPart(Sample.Usd(6000m), Sample.Usd(600m), Now.AddDays(-1), Now.AddDays(20), "due"),
            new GoalPart(Sample.Usd(6000m), Sample.Usd(0m), Now.AddDays(7), null, "planned"),
        ],
        Notes = [new GoalNote("deadline.no_business_day", "The deadline is at a weekend.")],
        Progress = new GoalProgressView(Sample.Usd(600m), Sample.Usd(11_400m), 0.4999m, Sample.Usd(600m), Eur(550m), 0.9166m, 25),
        Recommendation = Advice,
        RecommendationMissing = null,
        Conversions = [],
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    public static GoalConversion Conversion { get; } = new("1", Sample.Usd(300m), Eur(275m), 0.916666m, "wise", Now.AddDays(-1), Now, "chase", Sample.Usd(4.2m), Sample.Usd(4.2m));

    public static MoneyValue Eur(decimal amount) => new(amount, "EUR");
}
