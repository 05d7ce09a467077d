using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Models;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Training;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Tests.Forecasting.Training;

/// <summary>Trainings on random walks up to Friday 20 March 2026, 22:00 UTC, by a stand-in of the trainer.</summary>
internal sealed class TrainingHouse : IDisposable
{
    public static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    public static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    public static readonly DateTimeOffset LastClose = new(2026, 3, 20, 21, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelHouse _house;

    public TrainingHouse(string script = "model")
    {
        Trainer = StandInTrainer.Write(_folder.File("bin"), script);
        _house = new ModelHouse(more: services => services
            .AddSingleton<BarStore>()
            .AddSingleton(provider => new RateHistory(provider.GetRequiredService<BarStore>()))
            .AddSingleton(new TrainerOptions(Trainer.Path))
            .AddSingleton(new MarketFacts(MarketMode.Live))
            .AddModelFamilies()
            .AddTraining());
    }

    public StandInTrainer Trainer { get; }

    public ModelHouse Models => _house;

    public RateHistory History => _house.Service<RateHistory>();

    /// <summary>The folder of all trainings.</summary>
    public string Works => Path.Combine(Path.GetDirectoryName(_house.Options.Folder)!, "training");

    /// <summary>What the trainings have left there.</summary>
    public IEnumerable<string> Left => Directory.Exists(Works) ? Directory.EnumerateFileSystemEntries(Works) : [];

    public Task<TrainingResult> TrainAsync(TrainingRequest request, CancellationToken cancellationToken, IProgress<TrainingProgress>? progress = null) =>
        _house.Service<ModelTraining>().RunAsync(request, ModelActor.Operator, progress ?? new Steps(_ => { }), cancellationToken);

    /// <summary>Records a random walk of so many weeks.</summary>
    public void Record(CurrencyPair pair, int weeks, int seed = 1, DateTimeOffset? until = null)
    {
        var random = new Random(seed);
        var (close, bars) = (1.1, new List<HourlyBar>());
        for (var hour = LastClose.AddDays(-7 * weeks); hour < (until ?? LastClose); hour = hour.AddHours(1))
        {
            if (FxWeek.IsOpen(hour))
            {
                var open = close;
                close *= Math.Exp(0.0016 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
                bars.Add(new HourlyBar(hour, Price(open), Price(Math.Max(open, close) * 1.0002), Price(Math.Min(open, close) * 0.9998), Price(close), null, null, "seeded"));
            }
        }

        _house.Service<BarStore>().Upsert(pair, bars);
    }

    public void Dispose()
    {
        _house.Dispose();
        _folder.Dispose();
    }

    private static decimal Price(double price) => Math.Round((decimal)price, 5);

    /// <summary>Told of each step at once, in the training's own thread.</summary>
    internal sealed class Steps(Action<string> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value.Step);
    }
}
