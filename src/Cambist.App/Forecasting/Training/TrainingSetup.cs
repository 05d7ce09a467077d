using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Training;

/// <summary>What the daily training is made of. It trains where a <see cref="RunTraining"/> is registered.</summary>
public static class TrainingSetup
{
    /// <summary>Registers the daily training.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.TryAddSingleton(TrainingOptions.Default);
        return services
            .AddSingleton<DailyJobStore>()
            .AddSingleton(provider => new DailyTraining(
                provider.GetRequiredService<DailyJobStore>(),
                provider.GetRequiredService<TrainingOptions>(),
                provider.GetRequiredService<Rates.MarketFacts>(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<DailyTraining>>(),
                provider.GetService<RunTraining>()))
            .AddHostedService(provider => provider.GetRequiredService<DailyTraining>());
    }

    /// <summary>Lets models be trained when <c>Forecasting:Training</c> says.</summary>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddTrainingSettings(this IServiceCollection services, IConfiguration configuration) => services.AddSingleton(TrainingOptions.Read(configuration));
}
