// Appends ticks for ever, and says on standard error how many were acknowledged: for tests that kill it.
//   Cambist.TickWriter sqlite FOLDER | postgres CONNECTION
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;

const int Batch = 100;
DateTimeOffset start = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);
var pair = CurrencyPair.Parse("EURUSD");

using Database store = args[0] == "sqlite" ? SqliteStore.Open(args[1]) : PostgresStore.Open(args[1]);
var ticks = new TickStore(store);
for (var count = 0; ; count += Batch)
{
    var instants = Enumerable.Range(count, Batch).Select(second => start.AddSeconds(second));
    ticks.Append(
        [.. instants.Select(instant => new Tick(pair, instant, instant, 1.08446m, 1.08453m, "kraken", 1.0845m))],
        [new RefusedRate("EURUSD", "kraken", null, start.AddSeconds(count), 0m, null, "rejected", "bid_not_positive", "a bid is above zero, was 0")]);
    await Console.Error.WriteLineAsync($"acknowledged {count + Batch}");
}
