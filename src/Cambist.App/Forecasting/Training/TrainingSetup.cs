using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Forecasting.Training;

/// <summary>What training is made of.</summary>
public static class TrainingSetup
{
    /// <summary>Registers the training of models over a store.</summary>
    public static IServiceCollection AddTraining(this IServiceCollection services)
    {
        services.TryAddSingleton(new TrainerOptions());
        return services.AddSingleton<ModelTraining>();
    }
}
