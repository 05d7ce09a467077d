using System.Globalization;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>What sources tell of the past: closed bars and published days only, in rising time. Answers are of a documented shape, each by its service's own documentation.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = Utc("2026-03-27 14:35:00"); // a Friday
    // A span may end ahead of the clock; what it tells may not.
    private static readonly DateTimeOffset Tomorrow = Now.AddDays(1);
    private static readonly DateTimeOffset MonthAgo = Now.AddDays(-30);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private StandInServer? _server;

    private StandInServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StandInServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Kraken_tells_closed_hours_of_the_week_without_a_fault()
    {
        // The running hour, a faulty one (high below low), Saturday, and one before the span.
        Server.Answers("/0/public/OHLC", "{\"error\":[],\"result\":{\"ZEURZUSD\":[" + string.Join(',',
            Row("2026-02-20 13:00:00"), Row("2026-03-21 12:00:00"), Row("2026-03-27 11:00:00", low: "1.09"), Row("2026-03-27 12:00:00"), Row("2026-03-27 13:00:00"), Row("2026-03-27 14:00:00"))
            + "],\"last\":1774616400}}");

        var page = await PageAsync(new KrakenSource(Http(), Clock()), MonthAgo, Tomorrow);

        Assert.Equal([Utc("2026-03-27 12:00:00"), Utc("2026-03-27 13:00:00")], page.Hours.Select(bar => bar.OpenTime));
        Assert.Equal((1.0839m, 1.0844m, 1.08371m, 1.08421m, 80331.2m, "kraken"), (page.Hours[0].Open, page.Hours[0].High, page.Hours[0].Low, page.Hours[0].Close, page.Hours[0].Volume, page.Hours[0].Source));
        Assert.Null(page.Before);

        static string Row(string time, string low = "1.08371") =>
            $"[{Utc(time).ToUnixTimeSeconds()},\"1.08390\",\"1.08440\",\"{low}\",\"1.08421\",\"1.08402\",\"80331.20000000\",143]";
    }

    [Fact]
    public async Task Nothing_that_had_not_closed_at_the_end_of_the_span_is_told()
    {
        Server.Answers("/0/public/OHLC", $"{{\"error\":[],\"result\":{{\"ZEURZUSD\":[[{Utc("2026-03-27 12:00:00").ToUnixTimeSeconds()},\"1\",\"1\",\"1\",\"1\",\"1\",\"1\",1]]}}}}");
        var source = new KrakenSource(Http(), Clock());

        Assert.Empty((await PageAsync(source, MonthAgo, Utc("2026-03-27 12:59:59"))).Hours);
        Assert.Single((await PageAsync(source, MonthAgo, Utc("2026-03-27 13:00:00"))).Hours);
        Assert.Empty((await PageAsync(source, Utc("2026-03-27 12:00:01"), Now)).Hours);
    }

    [Fact]
    public async Task Alpha_Vantage_tells_days_to_everyone_closed_at_five_in_New_York()
    {
        // Today's bar is partial, and a Sunday has no close.
        Server.Answers("/query", """
            { "Meta Data": { "1. Information": "Forex Daily Prices (open, high, low, close)", "5. Last Refreshed": "2026-03-27 14:30:00", "6. Time Zone": "UTC" },
              "Time Series FX (Daily)": {
                "2026-03-27": { "1. open": "1.08110", "2. high": "1.08520", "3. low": "1.08020", "4. close": "1.08450" },
                "2026-03-26": { "1. open": "1.08110", "2. high": "1.08520", "3. low": "1.08020", "4. close": "1.08110" },
                "2026-03-22": { "1. open": "1.08110", "2. high": "1.08520", "3. low": "1.08020", "4. close": "1.08115" },
                "2026-03-06": { "1. open": "1.08110", "2. high": "1.08520", "3. low": "1.08020", "4. close": "1.07990" } } }
            """);
        var source = new AlphaVantageSource(Http(), Clock(), new RateSourceOptions { ApiKey = "key" });

        var page = await PageAsync(source, MonthAgo, Tomorrow);

        Assert.Equal(HistoryUnit.Day, source.Unit);
        // New York changes its clocks on 8 March.
        Assert.Equal([(Utc("2026-03-06 22:00:00"), 1.0799m), (Utc("2026-03-26 21:00:00"), 1.0811m)], page.Days.Select(day => (day.EffectiveAt, day.Rate)));
        Assert.Equal("/query?function=FX_DAILY&from_symbol=EUR&to_symbol=USD&outputsize=compact&apikey=key", Server.Requests.Single().Address);
    }

    [Fact]
    public async Task A_key_that_is_refused_the_full_length_gets_the_last_hundred_days()
    {
        Server.Answers("/query", query => query["outputsize"] == "full"
            ? """{ "Information": "The **outputsize=full** parameter value is a premium feature for the FX_DAILY endpoint." }"""
            : """{ "Meta Data": {}, "Time Series FX (Daily)": { "2026-03-26": { "4. close": "1.08110" } } }""");

        var page = await PageAsync(new AlphaVantageSource(Http(), Clock(), new RateSourceOptions { ApiKey = "key" }), Now.AddYears(-5), Now);

        Assert.Equal(1.0811m, page.Days.Single().Rate);
    }

    [Fact]
    public async Task Alpha_Vantage_tells_hours_to_those_who_pay_in_the_zone_it_names()
    {
        Server.Answers("/query", """
            { "Meta Data": { "1. Information": "FX Intraday (60min) Time Series", "4. Last Refreshed": "2026-03-27 10:00:00", "5. Interval": "60min", "6. Output Size": "Full", "7. Time Zone": "US/Eastern" },
              "Time Series FX (60min)": {
                "2026-03-27 10:00:00": { "1. open": "1.08421", "2. high": "1.08467", "3. low": "1.08399", "4. close": "1.08450" },
                "2026-03-27 09:00:00": { "1. open": "1.08390", "2. high": "1.08440", "3. low": "1.08371", "4. close": "1.08421" } } }
            """);
        var source = new AlphaVantageSource(Http(), Clock(), new RateSourceOptions { ApiKey = "key", HistoryUnit = HistoryUnit.Hour });

        var bar = (await PageAsync(source, MonthAgo, Tomorrow)).Hours.Single();

        Assert.Equal(HistoryUnit.Hour, source.Unit);
        Assert.Equal((Utc("2026-03-27 13:00:00"), 1.08421m), (bar.OpenTime, bar.Close));
    }

    [Fact]
    public async Task Twelve_Data_tells_page_after_page_until_the_span_is_full()
    {
        var from = Utc("2025-01-06 00:00:00");
        Server.Answers("/time_series", query =>
        {
            var (first, end) = (Utc(query["start_date"].ToString().Replace('T', ' ')), Utc(query["end_date"].ToString().Replace('T', ' ')));
            var hours = Enumerable.Range(0, 5_000).Select(back => UnixHour.ToInstant(UnixHour.Floor(end) - back)).Where(hour => hour >= first);
            return "{\"meta\":{\"symbol\":\"EUR/USD\",\"interval\":\"1h\"},\"values\":[" + string.Join(',', hours.Select(hour =>
                $"{{\"datetime\":\"{hour:yyyy-MM-dd HH:mm:ss}\",\"open\":\"1.08421\",\"high\":\"1.08467\",\"low\":\"1.08399\",\"close\":\"1.08450\"}}")) + "],\"status\":\"ok\"}";
        });
        var source = new TwelveDataSource(Http(), Clock(), new RateSourceOptions { ApiKey = "key" });

        var told = new HashSet<DateTimeOffset>();
        for (DateTimeOffset? before = Tomorrow; before is not null;)
        {
            var page = await PageAsync(source, from, before.Value);
            Assert.Equal(page.Hours.OrderBy(bar => bar.OpenTime), page.Hours);
            Assert.All(page.Hours, bar => Assert.True(told.Add(bar.OpenTime)));
            before = page.Before;
        }

        var expected = Enumerable.Range(0, (int)(Now - from).TotalHours).Select(hour => from.AddHours(hour)).Where(FxWeek.IsOpen).ToHashSet();
        Assert.Equal(expected, told);
    }

    [Fact]
    public async Task A_span_without_data_is_an_empty_page()
    {
        Server.Answers("/time_series", """{"code":400,"message":"No data is available on the specified dates. Try setting different start/end dates.","status":"error"}""", 400);

        var page = await PageAsync(new TwelveDataSource(Http(), Clock(), new RateSourceOptions { ApiKey = "key" }), MonthAgo, Now);

        Assert.Equal((0, (DateTimeOffset?)null), (page.Hours.Count, page.Before));
    }

    [Fact]
    public async Task Frankfurter_tells_days_that_were_published_by_the_end_of_the_span()
    {
        // It may begin with the last day before the span.
        Server.Answers("/v1/2026-02-28..2026-03-27", """
            {"amount":1.0,"base":"EUR","start_date":"2026-02-27","end_date":"2026-03-27","rates":{"2026-02-27":{"USD":1.07},"2026-03-26":{"USD":1.0832},"2026-03-27":{"USD":1.0845}}}
            """);

        var page = await PageAsync(new FrankfurterSource(Http(), Clock()), Utc("2026-02-28 00:00:00"), Now);

        // The 27th is fixed at 13:15 UTC and out at 15:00.
        Assert.Equal([(new DateOnly(2026, 3, 26), Utc("2026-03-26 13:15:00"), 1.0832m)], page.Days.Select(day => (day.Day, day.EffectiveAt, day.Rate)));
        Assert.Equal("/v1/2026-02-28..2026-03-27?symbols=USD", Server.Requests.Single().Address);
    }

    [Theory]
    [InlineData(-20, "eurofxref-hist-90d.xml")]
    [InlineData(-400, "eurofxref-hist.xml")]
    public async Task The_Central_Bank_tells_days_from_the_file_that_reaches_far_enough(int daysBack, string file)
    {
        Server.Answers($"/stats/eurofxref/{file}", """
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>
              <Cube time='2026-03-27'><Cube currency='USD' rate='1.0845'/></Cube>
              <Cube time='2026-03-26'><Cube currency='USD' rate='1.0832'/><Cube currency='JPY' rate='162.84'/></Cube>
              <Cube time='2026-03-25'><Cube currency='JPY' rate='162.10'/></Cube>
              <Cube time='2026-03-24'><Cube currency='USD' rate='1.0811'/></Cube>
            </Cube></gesmes:Envelope>
            """, contentType: "text/xml");

        var page = await PageAsync(new EcbSource(Http(), Clock()), Now.AddDays(daysBack), Tomorrow);

        Assert.Equal([(new DateOnly(2026, 3, 24), 1.0811m), (new DateOnly(2026, 3, 26), 1.0832m)], page.Days.Select(day => (day.Day, day.Rate)));
        Assert.Equal(Utc("2026-03-24 13:15:00"), page.Days[0].EffectiveAt);
    }

    [Fact]
    public async Task Reference_rates_have_no_history_of_another_base_than_the_euro()
    {
        foreach (var source in new IHistorySource[] { new EcbSource(Http(), Clock()), new FrankfurterSource(Http(), Clock()) })
        {
            var fault = await Assert.ThrowsAsync<SourceFaultException>(() =>
                source.PageAsync(CurrencyPair.Parse("USD/JPY"), MonthAgo, Now, TestContext.Current.CancellationToken));
            Assert.Equal(SourceFault.Refused, fault.Kind);
        }
    }

    private static Task<HistoryPage> PageAsync(IHistorySource source, DateTimeOffset from, DateTimeOffset before) =>
        source.PageAsync(EurUsd, from, before, TestContext.Current.CancellationToken);

    private HttpClient Http() => new() { BaseAddress = Server.Address };

    private static FakeTimeProvider Clock() => new(Now);

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
