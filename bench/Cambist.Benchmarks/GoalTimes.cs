using System.Diagnostics;
using System.Globalization;
using Cambist.App.Assistant;
using Cambist.App.Goals;
using Cambist.App.Storage;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Cambist.Benchmarks;

/// <summary>
/// A look at very many active goals, as the job takes it: claimed in batches, decided, encrypted and written. Goals are of six pairs with two years of seeded history, amounts all of their own, one in five
/// with a usual provider; one in ten excludes one. Two rounds at once are what two cores can do.
/// </summary>
internal static class GoalTimes
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string Pair, decimal Mid)[] Pairs = [("USD/EUR", 0.92m), ("EUR/USD", 1.087m), ("GBP/USD", 1.30m), ("USD/GBP", 0.77m), ("USD/JPY", 150m), ("JPY/USD", 0.00667m)];

    /// <summary>Measures, and says what it took.</summary>
    /// <param name="count">How many goals.</param>
    /// <param name="engines">On which engines.</param>
    public static async Task RunAsync(int count, IReadOnlyList<string> engines)
    {
        foreach (var engine in engines)
        {
            var clock = new FakeTimeProvider(Now);
            using var history = new TemporaryFolder();
            SeededHistory.Write(history.Path, Now);
            using var database = BenchmarkDatabase.Create(engine);
            var postgres = engine == "SQLite" ? null : database.ConnectionString;
            // The clock stands: the job that looks by itself every minute did so once, before there were goals.
            await using var cambist = await RunningCambist.StartAsync(
                MarketMode.Replay, clock, history.Path, database: postgres,
                settings: new Dictionary<string, string?> { ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" });
            foreach (var (pair, mid) in Pairs)
            {
                cambist.Service<RateBook>().Publish(new RateObservation(TwoSidedRate.AtMid(CurrencyPair.Parse(pair), mid), false, "bench", Now, Now, TimeSpan.FromDays(1)));
            }

            Fill(cambist, count);
            for (var turn = 0; turn < 3; turn++)
            {
                using (var connection = cambist.Store.Connect())
                {
                    connection.Execute("UPDATE goal SET evaluate_at = created_at;");
                }

                var rounds = engine == "SQLite" ? 1 : 2;
                var processor = Process.GetCurrentProcess().TotalProcessorTime;
                var start = Stopwatch.GetTimestamp();
                var results = await Task.WhenAll(Enumerable.Range(0, rounds).Select(_ => Task.Run(() => cambist.Service<GoalRound>().Run(CancellationToken.None))));
                var took = Stopwatch.GetElapsedTime(start);
                var own = Process.GetCurrentProcess().TotalProcessorTime - processor;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine}: {results.Sum(result => result.Written)} goals in {took.TotalSeconds:0.0} s ({own.TotalSeconds:0.0} s of processor time here)"));
            }
        }
    }

    private static void Fill(RunningCambist cambist, int count)
    {
        var (rows, gather) = (cambist.Service<GoalRows>(), cambist.Service<GatherGoalFacts>());
        using var connection = cambist.Store.Connect();
        using var transaction = connection.BeginTransaction();
        for (var number = 0; number < count; number++)
        {
            var goal = GoalOf(number, gather);
            connection.Execute(
                "INSERT INTO goal (id, account_id, pair, status, version, turn, details, advice, evaluate_at, created_at, updated_at) VALUES (@id, @account, @pair, 'active', 1, 0, @details, @advice, @now, @now, @now);",
                ("id", goal.Id), ("account", goal.Account), ("pair", goal.Goal.Pair.Symbol), ("details", rows.DetailsOf(goal)), ("advice", rows.AdviceOf(goal)), ("now", rows.Stored(Now)));
        }

        transaction.Commit();
    }

    private static StoredGoal GoalOf(int number, GatherGoalFacts gather)
    {
        var pair = CurrencyPair.Parse(Pairs[number % Pairs.Length].Pair);
        var usd = 200m + number % 20_000 + number % 97 / 100m;
        var amount = new Money(pair.Base.Code == "JPY" ? usd * 150m : usd, pair.Base).Rounded();
        var goal = new Goal(GoalKind.OneTime, pair, AmountSide.Send, amount, Now, Now.AddDays(5 + number % 200), (RiskTolerance)(number % 3));
        var details = new GoalDetails(
            $"goal {number}", goal, TimeZoneInfo.Utc, GoalSpan.First(goal, Now)!, new TranchePlan([], []), Money.Zero(pair.Base), Money.Zero(pair.Quote), number % 5 == 0 ? "wise" : null, number % 10 == 0 ? ["revolut"] : [],
            HomeCountries.Of(pair.Base), null);
        return GoalTurn.Planned(new StoredGoal(Guid.CreateVersion7(Now).ToString("D"), $"account-{number / 3}", GoalStatus.Active, details, GoalAdvice.None, null, Now, Now), gather(details));
    }
}
