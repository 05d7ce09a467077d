using Cambist.App.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Audit;

/// <summary>What the audit trail is made of.</summary>
public static class AuditSetup
{
    /// <summary>Registers the trail, and the way into it for what happens thousands of times a second: nothing that changes anything, for a change and its event are one transaction.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditTrail>()
        .AddWriteBehind<AuditEntry>("events of the audit trail", provider => provider.GetRequiredService<AuditTrail>().Append);
}
