using Cambist.App.Forecasting.Serving;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Analytics.Outcomes;

/// <summary>What the outcomes of advice are made of.</summary>
internal static class OutcomesSetup
{
    /// <summary>Registers the record of live advice, and the work on it after each hour.</summary>
    public static IServiceCollection AddAdviceOutcomes(this IServiceCollection services) => services
        .AddSingleton<OutcomeStore>()
        .AddSingleton<OutcomeRecorder>()
        .AddSingleton<LiveAdviceRecord>()
        .AddSingleton(provider => new HourlyStep("the outcomes of advice", provider.GetRequiredService<OutcomeRecorder>().Turn));
}
