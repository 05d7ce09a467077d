using Cambist.App.Quotes;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes;

public sealed class FeeScheduleReaderTests
{
    private const string Example = """
        {
          "id": "example-bank",
          "name": "Example Bank",
          "kind": "bank",
          "offers": [
            {
              "id": "online",
              "title": "Online wire",
              "countries": ["US"],
              "plan": null,
              "from": ["USD"],
              "to": ["EUR"],
              "pay_in": "bank_transfer",
              "pay_out": "cash",
              "fee_mode": "on_top",
              "fee_tiers": [
                { "up_to": 4999.99, "fixed": 5, "percent": 0.458, "minimum": 1, "maximum": 20 },
                { "up_to": null, "fixed": 0, "percent": 0 }
              ],
              "allowance": { "amount": 1000, "days": 30, "percent_above": 0.5 },
              "markup_percent": 2.9,
              "markup_named": true,
              "markup_windows": [
                { "name": "Weekend", "zone": "America/New_York", "from_day": "friday", "from_time": "17:00", "to_day": "sunday", "to_time": "18:00", "extra_percent": 1 }
              ],
              "correspondents": { "least": 5, "most": null },
              "limits": { "minimum": 10, "maximum": 50000 },
              "delivery": { "fastest": "PT12H", "slowest": "P2D", "business_days": true, "cut_off": { "time": "16:00", "zone": "Europe/Berlin" } },
              "provenance": "estimate",
              "source_url": "https://example.com/fees",
              "collected_at": "2026-09-27",
              "note": null
            }
          ]
        }
        """;

    [Fact]
    public void Every_member_is_read_with_its_meaning()
    {
        var schedule = FeeScheduleReader.Read(Example, "example.json");

        Assert.Equal(("example-bank", "Example Bank", ProviderKind.Bank), (schedule.Id, schedule.Name, schedule.Kind));
        var offer = Assert.Single(schedule.Offers);
        Assert.Equal(["US"], offer.Countries);
        Assert.Equal([Currency.Parse("USD")], offer.From);
        Assert.Equal([Currency.Parse("EUR")], offer.To);
        Assert.Equal(FeeMode.OnTop, offer.FeeMode);
        Assert.Equal([new FeeTier(4999.99m, 5m, 0.458m, 1m, 20m), new FeeTier(null, 0m, 0m)], offer.FeeTiers);
        Assert.Equal(new FeeAllowance(1000m, 30, 0.5m), offer.Allowance);
        Assert.Equal(2.9m, offer.MarkupPercent);
        var newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Assert.Equal(
            [new MarkupWindow("Weekend", newYork, DayOfWeek.Friday, new TimeOnly(17, 0), DayOfWeek.Sunday, new TimeOnly(18, 0), 1m)],
            offer.MarkupWindows);
        Assert.Equal(new AmountLimits(10m, 50000m), offer.Limits);
        var cutOff = new CutOff(new TimeOnly(16, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(new DeliveryTime(TimeSpan.FromHours(12), TimeSpan.FromDays(2), true, cutOff), offer.Delivery);
        Assert.Equal(Provenance.Estimate, offer.Provenance);
        Assert.Equal(new Uri("https://example.com/fees"), offer.SourceUrl);
        Assert.Equal(new DateTimeOffset(2026, 9, 27, 0, 0, 0, TimeSpan.Zero), offer.CollectedAt);
        Assert.Null(offer.Note);
    }

    [Fact]
    public void An_unknown_fee_and_an_unknown_markup_stay_unknown()
    {
        var offer = Read(("2.9,", "null,"), (Tiers, "[]")).Offers.Single();

        Assert.Null(offer.MarkupPercent);
        Assert.Empty(offer.FeeTiers);
    }

    [Fact]
    public void A_fee_keeps_every_digit_of_the_file() =>
        Assert.Equal(0.1234567890123456789012345678m, Read(("0.458", "0.1234567890123456789012345678")).Offers[0].FeeTiers[0].Percent);

    [Theory]
    [InlineData("\"id\": \"example-bank\"", "\"id\": \"Example Bank\"", "$.id", "lower-case words joined by hyphens", "\"Example Bank\"")]
    [InlineData("\"bank\"", "\"casino\"", "$.kind", "one of bank, fintech, exchange, money_transfer", "\"casino\"")]
    [InlineData("\"title\"", "\"colour\": \"red\", \"title\"", "$.offers[0].colour", "colour", "could not be mapped")]
    [InlineData("\"note\": null", "\"note\": null, \"note\": \"again\"", "$.offers[0].note", "note", "Duplicate")]
    [InlineData("\"markup_percent\": 2.9,", "", "$.offers[0]", "markup_percent", "missing required")]
    [InlineData("\"name\": \"Example Bank\"", "\"name\": null", "$.name", "name", "null")]
    [InlineData("[\"US\"]", "[\"us\"]", "$.offers[0].countries[0]", "two capital letters of ISO 3166", "\"us\"")]
    [InlineData("[\"US\"]", "[\"US\", \"US\"]", "$.offers[0].countries", "each country once", "US twice")]
    [InlineData("[\"USD\"]", "[]", "$.offers[0].from", "at least one currency", "none")]
    [InlineData("[\"USD\"]", "[\"USX\"]", "$.offers[0].from[0]", "an active ISO 4217 code", "\"USX\"")]
    [InlineData("[\"EUR\"]", "[null]", "$.offers[0].to[0]", "an active ISO 4217 code", "null")]
    [InlineData("on_top", "included", "$.offers[0].fee_mode", "one of deducted, on_top", "\"included\"")]
    [InlineData("\"fixed\": 5", "\"fixed\": -5", "$.offers[0].fee_tiers[0].fixed", "a fee of 0 or more", "-5")]
    [InlineData("\"fixed\": 5", "\"fixed\": \"5\"", "$.offers[0].fee_tiers[0].fixed", "a decimal number", "\"5\"")]
    [InlineData("0.458", "-0.1", "$.offers[0].fee_tiers[0].percent", "a fee of 0 or more", "-0.1")]
    [InlineData("\"maximum\": 20", "\"maximum\": 0.5", "$.offers[0].fee_tiers[0].maximum", "at least the minimum of 1", "0.5")]
    [InlineData("4999.99", "null", "$.offers[0].fee_tiers[0].up_to", "a bound in every tier but the last", "null")]
    [InlineData("\"up_to\": null", "\"up_to\": 8000", "$.offers[0].fee_tiers[1].up_to", "null in the last tier", "8000")]
    [InlineData("{ \"up_to\": null", "{ \"up_to\": 4000, \"fixed\": 1, \"percent\": 0 }, { \"up_to\": null", "$.offers[0].fee_tiers[1].up_to", "more than 4999.99", "4000")]
    [InlineData("{ \"up_to\": null, \"fixed\": 0, \"percent\": 0 }", "null", "$.offers[0].fee_tiers[1]", "an entry", "null")]
    [InlineData("\"days\": 30", "\"days\": 0", "$.offers[0].allowance.days", "one day or more", "0")]
    [InlineData("2.9", "-0.2", "$.offers[0].markup_percent", "a markup of 0 or more", "-0.2")]
    [InlineData("America/New_York", "America/Gotham", "$.offers[0].markup_windows[0].zone", "an IANA time zone", "\"America/Gotham\"")]
    [InlineData("\"friday\"", "\"Fri\"", "$.offers[0].markup_windows[0].from_day", "friday", "\"Fri\"")]
    [InlineData("\"17:00\"", "\"5 pm\"", "$.offers[0].markup_windows[0].from_time", "a time of day", "\"5 pm\"")]
    [InlineData("\"to_day\": \"sunday\", \"to_time\": \"18:00\"", "\"to_day\": \"friday\", \"to_time\": \"17:00\"", "$.offers[0].markup_windows[0]", "an end that differs from the start", "Friday 17:00")]
    [InlineData("\"maximum\": 50000", "\"maximum\": 5", "$.offers[0].limits.maximum", "at least the minimum of 10", "5")]
    [InlineData("\"P2D\"", "\"two days\"", "$.offers[0].delivery.slowest", "an ISO 8601 duration", "\"two days\"")]
    [InlineData("\"P2D\"", "\"PT1H\"", "$.offers[0].delivery.slowest", "at least the fastest of 12:00:00", "01:00:00")]
    [InlineData("\"16:00\"", "\"24:00\"", "$.offers[0].delivery.cut_off.time", "a time of day", "\"24:00\"")]
    [InlineData("\"estimate\"", "\"live\"", "$.offers[0].provenance", "one of estimate, published", "\"live\"")]
    [InlineData("https://", "http://", "$.offers[0].source_url", "an https link", "\"http://example.com/fees\"")]
    [InlineData("\"2026-09-27\"", "\"27.09.2026\"", "$.offers[0].collected_at", "a date", "\"27.09.2026\"")]
    [InlineData("\"2026-09-27\"", "\"2026-02-30\"", "$.offers[0].collected_at", "a date", "\"2026-02-30\"")]
    [InlineData("\"2026-09-27\"", "20260927", "$.offers[0].collected_at", "a date", "20260927")]
    public void A_fault_is_refused_and_named(string good, string bad, string path, string expected, string found)
    {
        var fault = Assert.Throws<FormatException>(() => Read((good, bad)));

        Assert.StartsWith($"example.json: {path}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(found, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{ \"id\": ")]
    public void A_text_that_is_no_schedule_is_refused(string json) =>
        Assert.StartsWith("example.json: ", Assert.Throws<FormatException>(() => FeeScheduleReader.Read(json, "example.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_offer_id_stands_only_once()
    {
        var offers = Example[Example.IndexOf('[', StringComparison.Ordinal)..];
        var offer = offers[1..offers.LastIndexOf(']')];

        var fault = Assert.Throws<FormatException>(() => Read((offer, offer + "," + offer)));

        Assert.Equal("example.json: $.offers: each offer's id once was expected, found \"online twice\".", fault.Message);
    }

    [Fact]
    public void A_doubled_provider_id_fails_loudly_and_names_both_files()
    {
        var fault = Assert.Throws<FormatException>(() => FeeSchedules.Load([("one.json", Example), ("two.json", Example)]));

        Assert.Equal("two.json: $.id: an id of its own was expected, found \"example-bank\", which one.json has too.", fault.Message);
    }

    private static string Tiers
    {
        get
        {
            var start = Example.IndexOf("[\n        { \"up_to\"", StringComparison.Ordinal);
            return Example[start..(Example.IndexOf("],\n      \"allowance\"", StringComparison.Ordinal) + 1)];
        }
    }

    private static FeeSchedule Read(params (string Good, string Bad)[] changes) =>
        FeeScheduleReader.Read(changes.Aggregate(Example, Change), "example.json");

    private static string Change(string json, (string Good, string Bad) change)
    {
        Assert.Contains(change.Good, json, StringComparison.Ordinal);
        var at = json.IndexOf(change.Good, StringComparison.Ordinal);
        return json[..at] + change.Bad + json[(at + change.Good.Length)..];
    }
}
