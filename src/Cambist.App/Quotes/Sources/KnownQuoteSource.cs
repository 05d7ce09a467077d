namespace Cambist.App.Quotes.Sources;

/// <summary>A source of quotes that this program knows, asked or not.</summary>
/// <param name="Profile">What is known of it.</param>
/// <param name="Options">How it is configured.</param>
/// <param name="Section">Where its settings are: <c>Quotes:Sources:&lt;id&gt;</c>, or <c>Quotes:Recipes:&lt;id&gt;</c> of a page recipe.</param>
/// <param name="WhyOff">Why it is not asked, with what would turn it on; null where it is asked.</param>
public sealed record KnownQuoteSource(QuoteSourceProfile Profile, QuoteSourceOptions Options, string Section, string? WhyOff)
{
    /// <summary>Whether it is asked.</summary>
    public bool IsOn => WhyOff is null;

    /// <summary>Reads whether a source is to be asked: as it is configured, else where its use is documented.</summary>
    public static KnownQuoteSource Of(QuoteSourceProfile profile, QuoteSourceOptions options, string section) => new(profile, options, section, options.Enabled switch
    {
        false => $"turned off by {section}:Enabled",
        null when !profile.IsOfficial => $"unofficial: turned on by {section}:Enabled",
        _ => null,
    });
}
