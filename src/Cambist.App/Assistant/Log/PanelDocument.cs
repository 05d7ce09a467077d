using System.Runtime.CompilerServices;
using System.Text.Json;
using Cambist.App.Quotes;
using Cambist.Domain.Quotes;

namespace Cambist.App.Assistant.Log;

/// <summary>A panel in the log. A schedule that is shipped is a document of its own, for it stays the same for months; one with quotes in it stands here.</summary>
/// <param name="Providers">The providers, in their order.</param>
internal sealed record PanelDocument(IReadOnlyList<LoggedProvider> Providers)
{
    private static readonly ConditionalWeakTable<ProviderPanel, LoggedPanel> Known = [];
    private static readonly Lazy<IReadOnlyList<(FeeSchedule Schedule, LogDocument Document)>> Shipped = new(() =>
        [.. FeeSchedules.All.Select(schedule => (schedule, LogDocument.Of(JsonSerializer.SerializeToUtf8Bytes(schedule, LogJson.Options))))]);

    /// <summary>The documents of a panel, made once for each.</summary>
    public static LoggedPanel Of(ProviderPanel panel) => Known.GetValue(panel, Make);

    /// <summary>The panel that was logged.</summary>
    /// <param name="content">The content of its document.</param>
    /// <param name="find">Finds the content of a document by the digits of its digest.</param>
    public static ProviderPanel Read(ReadOnlySpan<byte> content, Func<string, byte[]> find)
    {
        var logged = JsonSerializer.Deserialize<PanelDocument>(content, LogJson.Options)!;
        return new ProviderPanel([.. logged.Providers.Select(provider =>
            provider.Schedule ?? JsonSerializer.Deserialize<FeeSchedule>(find(provider.Shipped!), LogJson.Options)!)]);
    }

    private static LoggedPanel Make(ProviderPanel panel)
    {
        var shipped = new List<LogDocument>();
        var providers = new List<LoggedProvider>();
        foreach (var schedule in panel.Providers)
        {
            // To compare their figures would cost more than it saves: what is shipped is one object for the whole process.
            if (Shipped.Value.FirstOrDefault(known => ReferenceEquals(known.Schedule, schedule)) is { Document: { } document })
            {
                shipped.Add(document);
                providers.Add(new LoggedProvider(Convert.ToHexStringLower(document.Digest), null));
            }
            else
            {
                providers.Add(new LoggedProvider(null, schedule));
            }
        }

        return new LoggedPanel(LogDocument.Of(JsonSerializer.SerializeToUtf8Bytes(new PanelDocument(providers), LogJson.Options)), shipped);
    }
}

/// <summary>A provider of a logged panel; exactly one is set.</summary>
/// <param name="Shipped">The digest of the document with its schedule, in hexadecimal digits.</param>
/// <param name="Schedule">Its schedule.</param>
internal sealed record LoggedProvider(string? Shipped, FeeSchedule? Schedule);

/// <summary>A panel as documents.</summary>
/// <param name="Panel">The panel's own.</param>
/// <param name="Schedules">Those that it names.</param>
internal sealed record LoggedPanel(LogDocument Panel, IReadOnlyList<LogDocument> Schedules);
