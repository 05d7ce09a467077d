namespace Cambist.App.Quotes.Sources;

/// <summary>A source of quotes that this program knows, asked or not.</summary>
/// <param name="Profile">What is known of it.</param>
/// <param name="Options">How it is configured.</param>
/// <param name="WhyOff">Why it is not asked, with what would turn it on; null where it is asked.</param>
public sealed record KnownQuoteSource(QuoteSourceProfile Profile, QuoteSourceOptions Options, string? WhyOff)
{
    /// <summary>Whether it is asked.</summary>
    public bool IsOn => WhyOff is null;

    /// <summary>Reads whether a source is to be asked: as it is configured, else where its use is documented.</summary>
    public static KnownQuoteSource Of(QuoteSourceProfile profile, QuoteSourceOptions options) => new(profile, options, options.Enabled switch
    {
        false => $"turned off by Quotes:Sources:{profile.Id}:Enabled",
        null when !profile.IsOfficial => $"unofficial: turned on by Quotes:Sources:{profile.Id}:Enabled",
        _ => null,
    });
}
