using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Audit;

/// <summary>What the audit trail is made of.</summary>
public static class AuditSetup
{
    /// <summary>Registers the trail and the queue before it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditTrail>().AddSingleton<AuditQueue>().AddHostedService(provider => provider.GetRequiredService<AuditQueue>());
}
