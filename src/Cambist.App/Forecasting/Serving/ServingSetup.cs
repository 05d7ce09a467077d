using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates.History;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Forecasting.Serving;

/// <summary>What forecasts are made of.</summary>
public static class ServingSetup
{
    /// <summary>Registers forecasts over a store, with whatever model serves.</summary>
    public static IServiceCollection AddForecasts(this IServiceCollection services)
    {
        services.TryAddSingleton<ForecastingOptions>();
        services.TryAddSingleton<RecordOptions>();
        services.TryAddSingleton<FallbackOptions>();
        return services
            .AddSingleton<LearnedModels>()
            .AddSingleton<LivePairs>()
            .AddSingleton<ModelShapes>()
            .AddSingleton<ModelOutlooks>()
            .AddSingleton(provider => new ForecastService(
                provider.GetRequiredService<RateHistory>(),
                provider.GetRequiredService<LivePairs>(),
                provider.GetRequiredService<ModelOutlooks>(),
                provider.GetRequiredService<ServingModels>(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton<ForecastDesk>()
            .AddSingleton<ForecastRecordStore>()
            .AddSingleton<ForecastRecorder>()
            .AddSingleton<LiveGuard>()
            .AddSingleton<LivePromotion>()
            .AddSingleton<RecordWire>()
            .AddSingleton(provider => new HourlyStep("the record of forecasts", provider.GetRequiredService<ForecastRecorder>().Turn))
            .AddSingleton(provider => new HourlyStep("the service of models by their live record", provider.GetRequiredService<LiveGuard>().Turn))
            .AddSingleton(provider => new HourlyStep("the promotion of challengers", provider.GetRequiredService<LivePromotion>().Turn))
            .AddSingleton<ForecastRefresh>()
            .AddHostedService(provider => provider.GetRequiredService<ForecastRefresh>());
    }

    /// <summary>Lets forecasts be as <c>Forecasting</c> says.</summary>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddForecastSettings(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(ForecastingOptions.Read(configuration))
        .AddSingleton(RecordOptions.Read(configuration))
        .AddSingleton(FallbackOptions.Read(configuration));
}
