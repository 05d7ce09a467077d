using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Cambist.App.Tests.Faces;

[Collection(ReplayedMarketTests.Name)]
public sealed class RatesTests(ReplayedMarket market)
{
    private const string ThreeWeeks = "from=2026-02-25&to=2026-03-18T12:00:00Z";

    private HttpClient Http => market.Http;

    [Fact]
    public async Task The_latest_rates_hold_every_field_of_the_contract()
    {
        var latest = (await Http.Get("/api/v1/rates/latest")).Json();

        Shape.AssertOf(latest, ("rates", Shape.ListOf(WireShapes.Latest)), ("as_of", Shape.Time));
        Assert.Equal(["EUR/USD", "GBP/USD", "USD/JPY"], latest.GetProperty("rates").EnumerateArray().Select(rate => rate.GetProperty("pair").GetString()));
    }

    [Fact]
    public async Task Latest_rates_come_as_asked_inverse_and_crosses_too()
    {
        var latest = (await Http.Get("/api/v1/rates/latest?pairs=USD/EUR,EUR/USD,%20EUR/JPY,gbpeur")).Json().GetProperty("rates");

        Assert.Equal(["USD/EUR", "EUR/USD", "EUR/JPY", "GBP/EUR"], latest.EnumerateArray().Select(rate => rate.GetProperty("pair").GetString()));
        Assert.Equal(1, Rate(latest[0]) * Rate(latest[1]), 1e-4);
        Assert.All(latest.EnumerateArray(), rate => Assert.Equal("2026-03-18T12:00:00Z", rate.GetProperty("effective_at").GetString()));
        Assert.All(latest.EnumerateArray(), rate => Assert.Equal(JsonValueKind.Null, rate.GetProperty("bid").ValueKind));
    }

    [Theory]
    [InlineData("EUR/USD", "1h", 7)]
    [InlineData("USD/EUR", "1h", 100)]
    [InlineData("EUR/JPY", "1h", 50)]
    [InlineData("GBP/USD", "1d", 4)]
    public async Task Pages_hold_the_same_bars_as_the_CSV_and_the_NDJSON(string pair, string interval, int limit)
    {
        var address = $"/api/v1/rates/history?pair={pair}&{ThreeWeeks}&interval={interval}";

        var paged = await Pages(address, limit);
        var csv = await Http.Get(address, "text/csv");
        var lines = await Http.Get(address, "application/x-ndjson");

        Assert.Equal("text/csv", csv.ContentType);
        Assert.Equal("application/x-ndjson", lines.ContentType);
        Assert.True(paged.Count > limit, "There is more than one page.");
        Assert.All(paged, WireShapes.Bar);
        Assert.Equal(paged.Select(bar => bar.ToString()), lines.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(["time,open,high,low,close,source", .. paged.Select(Line)], csv.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var times = paged.Select(bar => bar.GetProperty("time").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Distinct().Order(), times);
    }

    [Fact]
    public async Task Nothing_after_now_is_shown_whatever_is_asked()
    {
        var bars = (await Http.Get("/api/v1/rates/history?pair=EUR/USD&from=2026-03-18&to=2026-03-25")).Json().GetProperty("items");

        Assert.Equal("2026-03-18T11:00:00Z", bars[bars.GetArrayLength() - 1].GetProperty("time").GetString());
        Assert.Equal(12, bars.GetArrayLength());
    }

    [Fact]
    public async Task A_bar_turned_round_has_its_extremes_turned_round()
    {
        const string Hour = "from=2026-03-17T10:00:00Z&to=2026-03-17T11:00:00Z";
        var bar = (await Http.Get($"/api/v1/rates/history?pair=EUR/USD&{Hour}")).Json().GetProperty("items")[0];
        var turned = (await Http.Get($"/api/v1/rates/history?pair=USD/EUR&{Hour}")).Json().GetProperty("items")[0];

        Assert.Equal(1, Rate(bar, "high") * Rate(turned, "low"), 1e-5);
        Assert.Equal(1, Rate(bar, "close") * Rate(turned, "close"), 1e-5);
        Assert.InRange(Rate(turned, "close"), Rate(turned, "low"), Rate(turned, "high"));
    }

    [Fact]
    public async Task The_extremes_of_a_cross_are_not_known_and_its_close_is_the_product()
    {
        const string Hour = "from=2026-03-17T10:00:00Z&to=2026-03-17T11:00:00Z";
        var cross = (await Http.Get($"/api/v1/rates/history?pair=EUR/JPY&{Hour}")).Json().GetProperty("items")[0];
        var eur = (await Http.Get($"/api/v1/rates/history?pair=EUR/USD&{Hour}")).Json().GetProperty("items")[0];
        var jpy = (await Http.Get($"/api/v1/rates/history?pair=USD/JPY&{Hour}")).Json().GetProperty("items")[0];

        Assert.Equal(JsonValueKind.Null, cross.GetProperty("high").ValueKind);
        Assert.Equal(Rate(eur, "close") * Rate(jpy, "close"), Rate(cross, "close"), 1e-3);
    }

    [Fact]
    public async Task A_week_has_five_days_that_open_at_17_hours_in_New_York()
    {
        var days = (await Http.Get("/api/v1/rates/history?pair=EUR/USD&from=2026-03-01T22:00:00Z&to=2026-03-06T22:00:00Z&interval=1d")).Json().GetProperty("items");

        Assert.Equal(
            ["2026-03-01T22:00:00Z", "2026-03-02T22:00:00Z", "2026-03-03T22:00:00Z", "2026-03-04T22:00:00Z", "2026-03-05T22:00:00Z"],
            days.EnumerateArray().Select(day => day.GetProperty("time").GetString()));
    }

    [Theory]
    [InlineData("EUR", "USD")]
    [InlineData("USD", "EUR")]
    [InlineData("GBP", "JPY")]
    public async Task A_forecast_has_24_horizons_with_rising_quantiles_that_widen(string from, string to)
    {
        var forecast = (await Http.Get($"/api/v1/forecasts/{from}/{to}")).Json();

        Shape.AssertOf(
            forecast,
            ("pair", Shape.Text),
            ("as_of", Shape.Time),
            ("spot", Shape.Rate),
            ("model", WireShapes.Model),
            ("horizons", Shape.ListOf(horizon => Shape.AssertOf(
                horizon, ("horizon_hours", Shape.Number), ("mean", Shape.Number), ("std", Shape.Number), ("quantiles", AssertRising)))),
            ("simulated", Shape.Flag));
        var horizons = forecast.GetProperty("horizons").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 24), horizons.Select(horizon => horizon.GetProperty("horizon_hours").GetInt32()));
        var widths = horizons.Select(horizon => horizon.GetProperty("std").GetDouble()).ToList();
        Assert.Equal(widths.Order(), widths);
        Assert.Equal($"{from}/{to}", forecast.GetProperty("pair").GetString());
    }

    private static void AssertRising(JsonElement quantiles)
    {
        Assert.Equal(["q025", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q975"], quantiles.EnumerateObject().Select(level => level.Name));
        var rates = quantiles.EnumerateObject().Select(level => level.Value.GetDouble()).ToList();
        Assert.Equal(rates.Distinct().Order(), rates);
    }

    private static double Rate(JsonElement of, string name = "rate") => double.Parse(of.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static string Line(JsonElement bar) => string.Join(',', bar.EnumerateObject().Select(field => field.Value.GetString()));

    private async Task<List<JsonElement>> Pages(string address, int limit)
    {
        var bars = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = (await Http.Get($"{address}&limit={limit}{(cursor is null ? "" : $"&cursor={cursor}")}")).Json();
            Shape.AssertOf(
                page, ("pair", Shape.Text), ("interval", Shape.Text), ("items", Shape.ListOf(_ => { })), ("next_cursor", Shape.OrNull(Shape.Text)), ("simulated", Shape.Flag));
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, limit);
            bars.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        return bars;
    }
}
