using BenchmarkDotNet.Attributes;
using Cambist.App.Quotes;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Benchmarks;

/// <summary>A whole cost table of all providers: from what they publish, and from kept answers of services.</summary>
[MemoryDiagnoser]
public class CostTableBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 10, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("USD/EUR");

    private readonly PriceQuestion _send = new(Pair, AmountSide.Send, new Money(5000m, Pair.Base), 0.92074m, Now, ["US"]);
    private readonly PriceQuestion _receive = new(Pair, AmountSide.Receive, new Money(5000m, Pair.Quote), 0.92074m, Now, ["US"]);
    private ProviderPanel _quoted = null!;

    [GlobalSetup]
    public void Prepare() => _quoted = new ProviderPanel([.. FeeSchedules.All.Select((schedule, place) => schedule with { Offers = [Answer(schedule, 0.5m * place).AsOffer(0.92074m, Provenance.Live)] })]);

    /// <summary>From the answers of services, kept.</summary>
    [Benchmark(Baseline = true)]
    public object Quoted() => _quoted.Rank(_send);

    /// <summary>From published schedules, what is sent being fixed.</summary>
    [Benchmark]
    public object Published() => FeeSchedules.Panel.Rank(_send);

    /// <summary>From published schedules, what arrives being fixed.</summary>
    [Benchmark]
    public object PublishedReceive() => FeeSchedules.Panel.Rank(_receive);

    private CollectedQuote Answer(FeeSchedule schedule, decimal fee) => new()
    {
        Provider = schedule.Id,
        Name = schedule.Name,
        Kind = schedule.Kind,
        Title = "Transfer",
        Pair = Pair,
        Paid = _send.Amount,
        Received = new Money((_send.Amount.Amount - fee) * 0.91m, Pair.Quote).Rounded(),
        ExchangeRate = 0.91m,
        Fee = new Money(fee, Pair.Base),
        FeeMode = FeeMode.Deducted,
        Delivery = null,
        Provenance = Provenance.Live,
        CollectedAt = Now,
        SourceUrl = new Uri("https://example.com"),
    };
}
