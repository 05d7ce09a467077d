using System.Globalization;
using Cambist.App.Forecasting.Registry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Training;

/// <summary>What training is made of, by hand and each night.</summary>
public static class TrainingSetup
{
    /// <summary>Registers training over a store.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.TryAddSingleton(new TrainerOptions());
        services.TryAddSingleton(TrainingOptions.Default);
        services.TryAddSingleton<RunTraining>(provider => (progress, stop) => TrainAsync(provider.GetRequiredService<ModelTraining>(), progress, stop));
        return services
            .AddSingleton<ModelTraining>()
            .AddSingleton<DailyJobStore>()
            .AddSingleton(provider => new DailyTraining(
                provider.GetRequiredService<DailyJobStore>(),
                provider.GetRequiredService<TrainingOptions>(),
                provider.GetRequiredService<TrainerOptions>(),
                provider.GetRequiredService<Rates.MarketFacts>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<DailyTraining>>(),
                provider.GetRequiredService<RunTraining>()))
            .AddHostedService(provider => provider.GetRequiredService<DailyTraining>());
    }

    /// <summary>Lets models be trained when <c>Forecasting:Training</c> says, by the program that <c>Trainer</c> names.</summary>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddTrainingSettings(this IServiceCollection services, IConfiguration configuration)
    {
        var trainer = TrainerOptions.Read(configuration);
        return services.AddSingleton(trainer).AddSingleton(TrainingOptions.Read(configuration, trainer));
    }

    // All recorded pairs, and the last half year to prove what was learned from the rest.
    private static async Task<TrainingOutcome> TrainAsync(ModelTraining training, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var result = await training.RunAsync(new TrainingRequest([]), ModelActor.Gate, progress, cancellationToken);
        if (!result.IsNew)
        {
            return new TrainingOutcome(result.Model.Id, "nothing new, it was trained on the same hours before");
        }

        var pooled = result.Gates.FirstOrDefault(gate => gate.Pair == ModelGate.AllPairs);
        return new TrainingOutcome(result.Model.Id, pooled is null ? "not proven yet" : string.Create(CultureInfo.InvariantCulture, $"{(pooled.Passed ? "passed" : "did not pass")} its gate: {pooled}"));
    }
}
