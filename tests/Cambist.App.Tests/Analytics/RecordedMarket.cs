using Cambist.App.Analytics;
using Cambist.App.Quotes;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Quotes;
using Cambist.TestKit;

namespace Cambist.App.Tests.Analytics;

/// <summary>A store with seeded hours up to Wednesday 18 March 2026, 12:00 UTC, and replays over them. Gone afterwards.</summary>
internal sealed class RecordedMarket : IDisposable
{
    public static readonly DateTimeOffset End = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public RecordedMarket()
    {
        SeededHistory.Write(_folder.Path, End);
        _store = SqliteStore.Open(_folder.File("data"));
        Bars = new BarStore(_store);
        new HistoryImport(Bars, TimeProvider.System).Run(_folder.Path);
    }

    public BarStore Bars { get; }

    /// <summary>Goals of EUR/USD, both sides, 6,000 USD within 14 days, asked every day at noon.</summary>
    public static AdviceReplayPlan Plan(string from, string to) => new(
        [CurrencyPair.Parse("EURUSD")], Noon(from), Noon(to), TimeSpan.FromDays(1), [6000m], AmountCurrency: null, [GoalSide.SellBase, GoalSide.BuyBase], [14], [RiskTolerance.Moderate]);

    public static DateTimeOffset Noon(string day) => new(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), new TimeOnly(12, 0), TimeSpan.Zero);

    /// <summary>What a replay writes, and how many goals came to what end.</summary>
    public (string Csv, ReplayTally Tally) Run(AdviceReplayPlan plan, ProviderPanel? providers = null, Func<CurrencyPair, IForecastFamily>? familyOf = null)
    {
        using var csv = new StringWriter();
        var tally = new AdviceEvaluation(new RateHistory(Bars), Bars, providers ?? FeeSchedules.Panel).Run(plan, familyOf ?? (_ => SeasonalEwmaFamily.Baseline), csv, scores: null, progress: null, CancellationToken.None);
        return (csv.ToString(), tally);
    }

    /// <summary>The rows of a replay, each by the names of its columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string csv)
    {
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
