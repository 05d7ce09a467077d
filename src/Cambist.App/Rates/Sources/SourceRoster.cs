using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>A source that this program knows, asked or not.</summary>
/// <param name="Profile">What is known of it.</param>
/// <param name="Options">How it is configured.</param>
/// <param name="WhyOff">Why it is not asked, with what would turn it on; null where it is asked.</param>
public sealed record KnownSource(SourceProfile Profile, RateSourceOptions Options, string? WhyOff)
{
    /// <summary>Whether it is asked.</summary>
    public bool IsOn => WhyOff is null;

    /// <summary>How much of it may be used a day; null where nothing limits it.</summary>
    public int? QuotaPerDay => Options.QuotaPerDay ?? Profile.QuotaPerDay;

    /// <summary>The shortest time between two requests.</summary>
    public TimeSpan Gap => Options.Gap ?? Profile.Gap;

    /// <summary>Reads whether a source is to be asked: as it is configured, else where its use is documented and it has the key that it needs.</summary>
    public static KnownSource Of(SourceProfile profile, RateSourceOptions options)
    {
        var section = $"Rates:Sources:{profile.Id}";
        var hasKey = options.ApiKey is { Length: > 0 };
        var whyOff = options.Enabled switch
        {
            false => $"turned off by {section}:Enabled",
            _ when profile.NeedsKey && !hasKey => $"needs a key: set {section}:ApiKey",
            _ when profile.PublicAddress is null && options.BaseUrl is null => $"needs an address: set {section}:BaseUrl",
            null when !profile.IsOfficial && !hasKey => $"unofficial: turned on by {section}:Enabled",
            _ => null,
        };
        return new KnownSource(profile, options, whyOff);
    }
}

/// <summary>All sources that this program knows, by id.</summary>
public sealed class SourceRoster(IEnumerable<KnownSource> sources)
{
    /// <summary>The sources.</summary>
    public IReadOnlyList<KnownSource> Sources { get; } = [.. sources.OrderBy(source => source.Profile.Id, StringComparer.Ordinal)];
}
