using Cambist.App.Goals.Pages;
using Cambist.App.Privacy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Goals;

/// <summary>What goals are made of.</summary>
public static class GoalsSetup
{
    /// <summary>Registers what is stored of goals, to be exported and erased with their account.</summary>
    public static IServiceCollection AddGoalRecords(this IServiceCollection services)
    {
        services.TryAddSingleton(new GoalActor(Name: null));
        return services.AddSingleton<GoalRows>().AddSingleton<GoalStore>().AddSingleton<IPersonalRecords, GoalRecords>();
    }

    internal static IServiceCollection AddGoals(this IServiceCollection services) => services.AddGoalRecords()
        .AddSingleton<GoalClaims>().AddSingleton<GoalReader>().AddSingleton<GoalMessages>().AddSingleton<GoalBook>().AddSingleton<GoalBoard>()
        .AddSingleton(provider => new GoalDesk(provider.GetRequiredService<GoalBook>(), provider.GetRequiredService<GoalStore>(), provider.GetRequiredService<GoalBoard>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<GoalPageDesk>().AddSingleton<TellGoals>(provider => provider.GetRequiredService<GoalPageDesk>().TellAsync).AddSingleton<TellGoal>(provider => provider.GetRequiredService<GoalPageDesk>().Tell)
        .AddSingleton<SendGoalForm>(provider => provider.GetRequiredService<GoalPageDesk>().SendAsync);
}
