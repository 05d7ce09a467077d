using Cambist.App.Goals;
using Cambist.App.Goals.Pages;
using Cambist.App.Quotes;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Assistant;

/// <summary>What goals need of forecasts and providers.</summary>
internal static class GoalAdviceSetup
{
    public static IServiceCollection AddGoalAdvice(this IServiceCollection services) => services
        .AddSingleton<GoalAdvisor>().AddSingleton<GoalRound>().AddSingleton<RateMoves>()
        .AddSingleton<GoalEvaluation>().AddHostedService(provider => provider.GetRequiredService<GoalEvaluation>())
        .AddSingleton<LookAtGoals>(provider => (account, cancellationToken) => provider.GetRequiredService<GoalRound>().RunOf(account, cancellationToken))
        .AddSingleton<KnowsProvider>(_ => FeeSchedules.Knows)
        .AddSingleton<NameProviders>(_ => () => [.. FeeSchedules.All.Select(schedule => new NamedProvider(schedule.Id, schedule.Name))])
        .AddSingleton<GatherGoalFacts>(provider => details => provider.GetRequiredService<GoalAdvisor>().Market().FactsOf(details))
        .AddSingleton<AdviseGoal>(provider => goal => provider.GetRequiredService<GoalAdvisor>().Advise(goal));
}
