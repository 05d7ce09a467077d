using BenchmarkDotNet.Attributes;
using Cambist.App.Quotes;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;

namespace Cambist.Benchmarks;

/// <summary>The best plan over ninety days with the shipped fee schedules, asked on a Saturday.</summary>
[MemoryDiagnoser]
public class PlanBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private PlanQuestion _question = null!;

    /// <summary>The pair and the sender's country: with one allowance each; the first has the most offers.</summary>
    [Params("USD/EUR US", "EUR/USD DE")]
    public string Route { get; set; } = "";

    /// <summary>Small, middle, and far above what allowances take.</summary>
    [Params(900, 3_333, 123_456)]
    public int Amount { get; set; }

    [Params(AmountSide.Send, AmountSide.Receive)]
    public AmountSide Side { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var pair = CurrencyPair.Parse(Route.Split(' ')[0]);
        var amount = new Money(Amount, Side == AmountSide.Send ? pair.Base : pair.Quote);
        _question = new PlanQuestion(
            new PriceQuestion(pair, Side, amount, pair.Base.Code == "USD" ? 0.92m : 1.09m, Now, [Route.Split(' ')[1]]),
            FeeSchedules.Panel,
            Now.AddDays(90),
            BusinessCalendar.For(pair.Base, pair.Quote));
    }

    [Benchmark]
    public object? Find() => PlanSearch.Find(_question);
}
