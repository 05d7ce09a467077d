using System.Globalization;
using Cambist.App.Rates;
using Cambist.App.Rates.Sources;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary>Looks at each source that is on once, and says of the others what would turn them on.</summary>
internal static class SourceChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public static async Task<IReadOnlyList<DoctorCheck>> LookAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var asked = services.GetServices<IRateSource>().ToDictionary(source => source.Profile.Id);
        var panels = services.GetRequiredService<PanelPairs>();
        return await Task.WhenAll(services.GetRequiredService<SourceRoster>().Sources.Select(known => asked.TryGetValue(known.Profile.Id, out var source)
            ? LookAsync(known, source, panels, cancellationToken)
            : Task.FromResult(DoctorCheck.Off($"source:{known.Profile.Id}", known.WhyOff!))));
    }

    private static async Task<DoctorCheck> LookAsync(KnownSource known, IRateSource source, PanelPairs panels, CancellationToken cancellationToken)
    {
        var name = $"source:{known.Profile.Id}";
        // Where looking costs, one pair is enough to see whether it answers.
        var wanted = known.QuotaPerDay is null && known.Profile.PairsPerRequest == int.MaxValue ? panels.All : [panels.Majors[0]];
        var look = await SourceLook.AtAsync(source, wanted, Patience, cancellationToken);
        if (look.Kind is not { } kind)
        {
            return DoctorCheck.Ok(name, string.Create(CultureInfo.InvariantCulture, $"answers: {look.Rates} rates, the newest of {look.Newest?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        }

        var section = $"Rates:Sources:{known.Profile.Id}";
        return kind is SourceFault.Throttled or SourceFault.QuotaSpent
            ? DoctorCheck.Warning(name, look.Fault!, $"It is asked again by itself; {section}:QuotaPerDay is what your plan allows.")
            : DoctorCheck.Failed(name, look.Fault!, kind switch
            {
                SourceFault.KeyRefused => $"Check the key: {SettingChecks.InEnvironment(section + ":ApiKey")} in the environment.",
                SourceFault.NotInPlan => $"The plan of the key does not include this: change the plan, or set {section}:Enabled to false.",
                SourceFault.Unreadable => $"Something else may answer at {section}:BaseUrl (a portal, a proxy); else set {section}:Enabled to false until it is mended.",
                SourceFault.Refused => $"Check {section}:BaseUrl; else set {section}:Enabled to false.",
                _ => $"Check the network, a proxy, and {section}:BaseUrl; or set {section}:Enabled to false.",
            });
    }
}
