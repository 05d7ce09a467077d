using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Cambist.App.Assistant;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cambist.Benchmarks;

/// <summary>The path of <c>POST /api/v1/analyze</c> behind the web server, whole and by its stages.</summary>
[MemoryDiagnoser]
public class AnalyzeBenchmark : IDisposable
{
    private static readonly DateTimeOffset Now = new(2021, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("USD/EUR");

    private readonly AskForm _form = new() { Amount = "5000", From = "USD", To = "EUR", By = "2021-07-15", AsOf = null };
    private SqliteStore _store = null!;
    private ConversionAssistant _assistant = null!;
    private DecisionContext _context = null!;
    private Situation _situation = null!;
    private AnalyzeResponse _answer = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _store = SqliteStore.OpenThrowAway();
        var bars = new BarStore(_store);
        bars.Upsert(CurrencyPair.Parse("EUR/USD"), RandomWalk());
        var history = new RateHistory(bars);
        var book = new RateBook(new FixedClock());
        book.Publish([new RateObservation(TwoSidedRate.AtMid(CurrencyPair.Parse("EUR/USD"), 1.21073m), false, "bench", Now, Now, TimeSpan.FromHours(1))]);
        var rates = new RateDesk(book, history, new RateCauses(new SourceRoster([]), new SourceHealth(), new FeedHealth(), new MarketFacts(MarketMode.Simulated)), new FixedClock());
        var forecasts = new ForecastService(history, new FixedClock());
        _assistant = new ConversionAssistant(rates, new QuoteDesk([], new QuoteSourceHealth(), QuotesOptions.Default, new FixedClock(), NullLogger<QuoteDesk>.Instance), forecasts, new AdviceMaker(new MarketFacts(MarketMode.Simulated), rates, log: null));
        _answer = ((AdviceAnswer.Given)Advise()).Advice;
        _context = new DecisionContext(
            new ConversionQuestion(Pair, AmountSide.Send, new Money(5000m, Pair.Base), Now.AddDays(30), RiskTolerance.Moderate, ["US"], null),
            Now,
            book.Find(Pair)!,
            1m,
            FeeSchedules.Panel,
            BusinessCalendar.For(Pair.Base, Pair.Quote),
            forecasts.Predict(Pair, Now, book.Find(Pair)!.Rate.Mid).Forecast,
            null);
        _situation = Situation.Weigh(_context, _context.QuotesAt(Now))!;
    }

    /// <summary>Form in, answer out.</summary>
    [Benchmark(Baseline = true)]
    public object Advise() => _assistant.AdviseAsync(_form, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>The cost table of all providers.</summary>
    [Benchmark]
    public object Rank() => FeeSchedules.Panel.Rank(
        new PriceQuestion(Pair, AmountSide.Send, new Money(5000m, Pair.Base), _context.Mid, Now, ["US"]));

    /// <summary>The decision from gathered facts, cost table and outlook included.</summary>
    [Benchmark]
    public object? WeighAndDecide() => DecisionEngine.Decide(_context);

    /// <summary>The rules alone, on facts that were weighed.</summary>
    [Benchmark]
    public object? Decide() => DecisionEngine.Decide(_situation);

    /// <summary>The answer as JSON.</summary>
    [Benchmark]
    public int Serialize() => JsonSerializer.SerializeToUtf8Bytes(_answer, CambistJson.Wire.AnalyzeResponse).Length;

    [GlobalCleanup]
    public void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    private static IEnumerable<HourlyBar> RandomWalk()
    {
        var random = new Random(1);
        var price = 1.21m;
        for (var hour = Now.AddDays(-7 * 106); hour < Now; hour = hour.AddHours(1))
        {
            if (FxWeek.IsOpen(hour))
            {
                price = decimal.Round(price * (1m + (decimal)(random.NextDouble() - 0.5) / 500m), 5);
                yield return new HourlyBar(hour, price, price, price, price, null, null, "bench");
            }
        }
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
