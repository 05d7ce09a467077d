using Cambist.App.Goals.Pages;
using Cambist.App.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Goals;

/// <summary>What goals are made of.</summary>
public static class GoalsSetup
{
    /// <summary>Registers what is stored of goals, to be exported and erased with their account.</summary>
    public static IServiceCollection AddGoalRecords(this IServiceCollection services) => services.AddSingleton<GoalRows>().AddSingleton<GoalStore>().AddSingleton<IPersonalRecords, GoalRecords>();

    internal static IServiceCollection AddGoals(this IServiceCollection services) => services.AddGoalRecords()
        .AddSingleton<GoalClaims>().AddSingleton<GoalReader>().AddSingleton<GoalMessages>().AddSingleton<GoalBook>().AddSingleton<GoalBoard>()
        .AddSingleton<GoalDesk>().AddSingleton<TellGoals>(provider => provider.GetRequiredService<GoalDesk>().TellAsync).AddSingleton<TellGoal>(provider => provider.GetRequiredService<GoalDesk>().Tell)
        .AddSingleton<SendGoalForm>(provider => provider.GetRequiredService<GoalDesk>().SendAsync);
}
