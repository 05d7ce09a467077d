using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Assistant.Log;

/// <summary>What the decision log is made of.</summary>
internal static class DecisionLogSetup
{
    /// <summary>Registers the log, the queue before it, and whoever makes the advice that goes into it.</summary>
    public static IServiceCollection AddDecisionLog(this IServiceCollection services) => services
        .AddSingleton<DecisionLog>()
        .AddWriteBehind<GivenAdvice>("pieces of advice", provider => provider.GetRequiredService<DecisionLog>().Append)
        .AddSingleton(provider => new AdviceMaker(provider.GetRequiredService<MarketFacts>(), provider.GetRequiredService<RateDesk>(), provider.GetRequiredService<WriteBehind<GivenAdvice>>()));
}
