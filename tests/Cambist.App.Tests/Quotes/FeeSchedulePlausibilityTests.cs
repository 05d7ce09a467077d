using System.Globalization;
using Cambist.App.Quotes;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes;

/// <summary>Holds the shipped schedules against 182 quotes of September 2026, which they do not rest on.</summary>
public sealed class FeeSchedulePlausibilityTests
{
    // Percentage points of the amount: about as much as one provider's price moves within a season.
    private const decimal TolerancePoints = 0.5m;

    private static readonly Dictionary<string, string> IdsByName = new()
    {
        ["Chase (US)"] = "chase",
        ["Wells Fargo"] = "wells-fargo",
        ["Wise"] = "wise",
        ["Remitly"] = "remitly",
        ["Western Union"] = "western-union",
        ["Instarem"] = "instarem",
        ["OFX"] = "ofx",
    };

    [Fact]
    public void Each_quoted_cost_lies_near_that_of_an_offer_of_the_provider()
    {
        var file = Path.Combine(SharedData(), "remittance", "provider_quotes_2026-09-27.csv");
        Assert.SkipUnless(File.Exists(file), $"Needs the quotes of {Path.GetFileName(file)} in the shared data beside the repository.");

        var compared = 0;
        foreach (var quote in Rows(file).Where(row => IdsByName.ContainsKey(row["provider"])))
        {
            var amount = Number(quote["send_amount"]);
            var costs = Offers(IdsByName[quote["provider"]], quote["source"], quote["target"], amount).Select(offer => CostPercent(offer, amount)).ToList();
            if (costs.Count == 0)
                continue;

            compared++;
            var quoted = Number(quote["total_cost_pct"]);
            Assert.True(
                costs.Exists(cost => Math.Abs(cost - quoted) <= TolerancePoints),
                $"{quote["provider"]} {amount} {quote["source"]} to {quote["target"]}: quoted {quoted} %, offers {string.Join(", ", costs)} %.");
        }

        Assert.True(compared >= 30, $"{compared} quotes compared.");
    }

    private static decimal CostPercent(FeeOffer offer, decimal amount)
    {
        var tier = offer.FeeTiers.First(tier => tier.UpTo is null || amount <= tier.UpTo);
        var fee = tier.Fixed + Math.Clamp(amount * tier.Percent / 100m, tier.Minimum, tier.Maximum ?? decimal.MaxValue);
        return 100m - (amount - fee) / amount * (100m - offer.MarkupPercent!.Value);
    }

    private static IEnumerable<FeeOffer> Offers(string id, string source, string target, decimal amount) =>
        from offer in FeeSchedules.All.Single(schedule => schedule.Id == id).Offers
        where offer.MarkupPercent is not null && offer.FeeTiers.Count > 0
        where offer.Countries.Contains("US") && offer.From.Contains(Currency.Parse(source)) && offer.To.Contains(Currency.Parse(target))
        where amount >= (offer.Limits.Minimum ?? 0m) && amount <= (offer.Limits.Maximum ?? decimal.MaxValue)
        select offer;

    private static IEnumerable<Dictionary<string, string>> Rows(string file)
    {
        var lines = File.ReadAllLines(file);
        var names = lines[0].Split(',');
        return lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string SharedData()
    {
        if (Environment.GetEnvironmentVariable("CAMBIST_SHARED_DATA") is { Length: > 0 } named)
            return named;

        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Cambist.slnx")))
            root = root.Parent;

        return Path.Combine(root?.Parent?.FullName ?? "", "shared", "data");
    }
}
