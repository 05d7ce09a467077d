using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Sources;

/// <summary>What one look at a source brought: rates, or a fault.</summary>
/// <param name="Rates">How many rates it told that can be read.</param>
/// <param name="Newest">When the newest of them was true; null where there is none.</param>
/// <param name="Kind">The kind of the fault; null where it answered.</param>
/// <param name="Fault">What went wrong, safe to show; null where it answered.</param>
public sealed record SourceLook(int Rates, DateTimeOffset? Newest, SourceFault? Kind, string? Fault)
{
    /// <summary>Asks a source one time, outside its turn but within its quota. Nothing is recorded of what it says.</summary>
    public static async Task<SourceLook> AtAsync(IRateSource source, IReadOnlyList<CurrencyPair> wanted, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var sheet = await source.LatestAsync(wanted, limit.Token);
            return sheet.Rates.Count > 0
                ? new SourceLook(sheet.Rates.Count, sheet.Rates.Max(rate => rate.EffectiveAt), null, null)
                : new SourceLook(0, null, SourceFault.Unreadable, "Its answer has no rate that can be read.");
        }
        catch (Exception fault) when (SourceRunner.Translated(fault, patience, cancellationToken) is { } translated)
        {
            return new SourceLook(0, null, translated.Kind, translated.Message);
        }
    }
}
