using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Tests.Faces;

/// <summary>How a source lies.</summary>
public enum Lie
{
    None, TimesHundred, ByHundred, Inverted, ThreePercent, Text, Crossed, HourAhead, HourBehind, Yesterday, Frozen, OutOfOrder, Empty, Html, Truncated, ErrorInOk, Negative, Huge,
}

/// <summary>
/// One market with one true rate of each pair at each instant, and ten services that tell it in the shapes that their own documentation shows. Each may lie.
/// Figures are invented: about seven tenths of a percent a day, and a wiggle of two basis points.
/// </summary>
internal sealed class OneMarket : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Live = ["kraken", "coinbase", "fixer", "openexchangerates", "twelvedata", "alphavantage", "xe"];
    public static readonly IReadOnlyList<string> References = ["frankfurter", "ecb", "exchange-api"];

    private static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string Code, double PerDollar)[] Currencies =
        [("USD", 1), ("EUR", 0.9221), ("GBP", 0.7713), ("JPY", 150.15), ("CHF", 0.8801), ("AUD", 1.5312), ("CAD", 1.3822), ("NZD", 1.7141), ("SEK", 10.161)];

    private static readonly (string Key, string Pair)[] KrakenPairs =
    [
        ("ZEURZUSD", "EURUSD"), ("ZGBPZUSD", "GBPUSD"), ("ZUSDZCAD", "USDCAD"), ("ZUSDZJPY", "USDJPY"), ("USDCHF", "USDCHF"), ("AUDUSD", "AUDUSD"),
        ("AUDJPY", "AUDJPY"), ("EURAUD", "EURAUD"), ("EURCAD", "EURCAD"), ("EURCHF", "EURCHF"), ("EURGBP", "EURGBP"), ("EURJPY", "EURJPY"),
    ];

    private readonly TimeProvider _clock;
    private readonly Dictionary<string, (Lie Lie, DateTimeOffset Since)> _lies = [];
    private int _answers;

    private OneMarket(StandInServer server, TimeProvider clock)
    {
        (Server, _clock) = (server, clock);
        server.Answers("/0/public/Ticker", _ => Tell("kraken", """{"error":["EService:Unavailable"]}""", Kraken));
        server.Answers("/v2/exchange-rates", _ => Tell("coinbase", """{"errors":[{"id":"rate_limit_exceeded","message":"Slow down"}]}""", Coinbase));
        server.Answers("/api/latest", _ => Tell("fixer", """{"success":false,"error":{"code":106,"type":"no_rates_available"}}""", Fixer));
        server.Answers("/api/latest.json", _ => Tell("openexchangerates", """{"error":true,"status":500,"message":"internal","description":"Oops"}""", OpenExchangeRates));
        server.Answers("/exchange_rate", query => Tell("twelvedata", """{"code":500,"message":"Oops","status":"error"}""", view => TwelveData(view, query)));
        server.Answers("/query", query => Tell("alphavantage", """{"Note":"Thank you for using Alpha Vantage!"}""", view => AlphaVantage(view, query)));
        server.Answers("/v1/convert_from.json/", query => Tell("xe", """{"code":1,"message":"internal error"}""", view => Xe(view, query)));
        server.Answers("/v1/latest", _ => Tell("frankfurter", """{"message":"not found"}""", Frankfurter));
        server.Answers("/stats/eurofxref/eurofxref-daily.xml", _ => Tell("ecb", "<error/>", Ecb), contentType: "text/xml");
        server.Answers("/npm/@fawazahmed0/currency-api@latest/v1/currencies/usd.json", _ => Tell("exchange-api", """{"error":"not found"}""", ExchangeApi));
    }

    public StandInServer Server { get; }

    /// <summary>An instant at which the euro jumps, and by what factor.</summary>
    public (DateTimeOffset At, double Factor)? Shock { get; set; }

    public static async Task<OneMarket> StartAsync(TimeProvider clock) => new(await StandInServer.StartAsync(), clock);

    public void Lies(string source, Lie lie) => _lies[source] = (lie, _clock.GetUtcNow());

    /// <summary>The true rate of a pair.</summary>
    public double Truth(CurrencyPair pair, DateTimeOffset at) => Worth(pair.Base.Code, at) / Worth(pair.Quote.Code, at);

    /// <summary>Everything on, with keys, and with quotas that allow a request a minute.</summary>
    public static Dictionary<string, string?> Settings(Uri address)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var id in Live.Concat(References))
        {
            settings[$"Rates:Sources:{id}:Enabled"] = "true";
            settings[$"Rates:Sources:{id}:BaseUrl"] = address.AbsoluteUri;
            settings[$"Rates:Sources:{id}:Gap"] = "00:00:00";
            settings[$"Rates:Sources:{id}:ApiKey"] = id is "xe" ? "account:secret" : id is "kraken" or "coinbase" || References.Contains(id) ? null : "secret";
            settings[$"Rates:Sources:{id}:QuotaPerDay"] = id is "kraken" or "coinbase" || References.Contains(id) ? null : "1000000";
        }

        return settings;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private double Worth(string code, DateTimeOffset at)
    {
        var index = Array.FindIndex(Currencies, currency => currency.Code == code);
        var time = at - Start;
        var jump = Shock is { } shock && at >= shock.At && code == "EUR" ? shock.Factor : 1;
        return index <= 0 ? 1 : jump / Currencies[index].PerDollar * Math.Exp(0.007 * (index % 2 == 0 ? -1 : 1) * time.TotalDays + 0.0002 * Math.Sin(time.TotalSeconds / 37 + index));
    }

    private string Tell(string source, string error, Func<View, string> answer)
    {
        var (lie, since) = _lies.GetValueOrDefault(source);
        var now = _clock.GetUtcNow();
        var view = new View(this, lie, since, now, Interlocked.Increment(ref _answers));
        return lie switch
        {
            Lie.ErrorInOk => error,
            Lie.Html => "<!doctype html><title>Just a moment...</title>",
            Lie.Empty => source == "ecb" ? "<Envelope/>" : source is "kraken" ? """{"error":[],"result":{}}""" : """{"success":true,"base":"USD","date":"2026-03-18","timestamp":1,"rates":{},"data":{"currency":"USD","rates":{}},"usd":{},"to":[],"from":"USD","amount":1}""",
            Lie.Truncated => answer(view) is var whole ? whole[..(whole.Length * 2 / 3)] : "",
            _ => answer(view),
        };
    }

    private static string Kraken(View view) => Shape("{'error':[],'result':{*}}", Joined(KrakenPairs, book =>
    {
        var (bid, ask) = view.Sides(book.Pair[..3], book.Pair[3..]);
        return Shape("'*':{'a':['*','1','1.000'],'b':['*','1','1.000'],'c':['*','1']}", book.Key, ask, bid, bid);
    }));

    private static string Coinbase(View view) => Shape("{'data':{'currency':'USD','rates':{*}}}", Table(view, "USD", quoted: true));

    private static string Fixer(View view) =>
        Shape("{'success':true,'timestamp':*,'base':'EUR','date':'*','rates':{*}}", $"{view.At.ToUnixTimeSeconds()}", view.Day, Table(view, "EUR"));

    private static string OpenExchangeRates(View view) =>
        Shape("{'timestamp':*,'base':'USD','rates':{*}}", $"{view.At.ToUnixTimeSeconds()}", Table(view, "USD"));

    private static string Frankfurter(View view) => Shape("{'amount':1.0,'base':'EUR','date':'*','rates':{*}}", view.Fixing, Table(view.AtTheFixing(), "EUR"));

    private static string Ecb(View view) => Shape(
        "<Envelope><Cube><Cube time='*'>*</Cube></Cube></Envelope>",
        view.Fixing,
        string.Concat(Currencies.Where(one => one.Code != "EUR").Select(one => Shape("<Cube currency='*' rate='*'/>", one.Code, view.AtTheFixing().Mid("EUR", one.Code)))));

    private static string ExchangeApi(View view) => Shape("{'date':'*','usd':{*}}", view.Day, Table(view.AtMidnight(), "USD").ToLowerInvariant());

    private static string TwelveData(View view, IQueryCollection query)
    {
        var told = query["symbol"].ToString().Split(',').Where(symbol => Knows(symbol[..3]) && Knows(symbol[4..]))
            .Select(symbol => (symbol, Rate: Shape("{'symbol':'*','rate':*,'timestamp':*}", symbol, view.Figure(symbol[..3], symbol[4..]), $"{view.At.ToUnixTimeSeconds()}")))
            .ToList();
        return told.Count == 1 ? told[0].Rate : Shape("{*}", Joined(told, one => Shape("'*':*", one.symbol, one.Rate)));
    }

    private static string AlphaVantage(View view, IQueryCollection query)
    {
        var (from, to) = (query["from_currency"].ToString(), query["to_currency"].ToString());
        if (!Knows(from) || !Knows(to))
        {
            return Shape("{'Error Message':'Invalid API call.'}");
        }

        var (bid, ask) = view.Sides(from, to);
        return Shape(
            "{'Realtime Currency Exchange Rate':{'1. From_Currency Code':'*','3. To_Currency Code':'*','5. Exchange Rate':'*','6. Last Refreshed':'*','7. Time Zone':'UTC','8. Bid Price':'*','9. Ask Price':'*'}}",
            from, to, bid, $"{view.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}", bid, ask);
    }

    private static string Xe(View view, IQueryCollection query) => Shape(
        "{'terms':'-','from':'*','amount':1.0,'timestamp':'*','to':[*]}",
        query["from"]!,
        $"{view.At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}",
        Joined(query["to"].ToString().Split(',').Where(Knows), code => Shape("{'quotecurrency':'*','mid':*}", code, view.Figure(query["from"]!, code))));

    private static string Joined<T>(IEnumerable<T> items, Func<T, string> shown) => string.Join(',', items.Select(shown));

    // An answer with single quotes for double ones, and a star for each value.
    private static string Shape(string template, params string[] values) =>
        string.Concat(template.Replace('\'', '"').Split('*').Select((part, index) => part + (index < values.Length ? values[index] : "")));

    private static string Table(View view, string from, bool quoted = false) => string.Join(',', Currencies.Where(one => one.Code != from)
        .Select(one => quoted ? $"\"{one.Code}\":\"{view.Mid(from, one.Code)}\"" : $"\"{one.Code}\":{view.Figure(from, one.Code)}"));

    private static bool Knows(string code) => Currencies.Any(one => one.Code == code);

    /// <summary>The market as one source tells it now.</summary>
    private sealed record View(OneMarket Market, Lie Lie, DateTimeOffset Since, DateTimeOffset Now, int Number)
    {
        /// <summary>The time that it names.</summary>
        public DateTimeOffset At => Lie switch
        {
            Lie.HourAhead => Now.AddHours(1),
            Lie.HourBehind => Now.AddHours(-3.5),
            Lie.OutOfOrder => Now.AddSeconds(Number % 3 == 0 ? -70 : 0),
            _ => Now,
        };

        public string Day => (Lie == Lie.HourAhead ? Now.AddDays(1) : Lie == Lie.HourBehind ? Now.AddDays(-9) : Now).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public string Fixing => (Lie == Lie.HourAhead ? Now.AddDays(1) : Now.AddDays(-1)).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public View AtTheFixing() => this with { Now = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(-1).AddHours(13.25), TimeSpan.Zero) };

        public View AtMidnight() => this with { Now = new DateTimeOffset(Now.UtcDateTime.Date, TimeSpan.Zero) };

        public (string Bid, string Ask) Sides(string from, string to)
        {
            var mid = Rate(from, to);
            return Lie switch
            {
                Lie.Text => ("NaN", "n/a"),
                Lie.Crossed => (Shown(mid * 1.001), Shown(mid * 0.999)),
                _ => (Shown(mid * 0.99996), Shown(mid * 1.00004)),
            };
        }

        public string Mid(string from, string to) => Lie == Lie.Text ? "NaN" : Shown(Rate(from, to));

        public string Figure(string from, string to) => Lie == Lie.Text ? "\"NaN\"" : Shown(Rate(from, to));

        private static string Shown(double rate) => rate.ToString("0.##########", CultureInfo.InvariantCulture);

        private double Rate(string from, string to)
        {
            var at = Lie == Lie.Yesterday ? Now.AddDays(-1) : Lie == Lie.Frozen && Since < Now ? Since : Now;
            var rate = Market.Worth(from, at) / Market.Worth(to, at);
            return Lie switch
            {
                Lie.TimesHundred => rate * 100,
                Lie.ByHundred => rate / 100,
                Lie.Inverted => 1 / rate,
                Lie.ThreePercent => rate * 1.03,
                Lie.Negative => -rate,
                Lie.Huge => from == "USD" ? 999_999_999 : 0.000000001,
                _ => rate,
            };
        }
    }
}
