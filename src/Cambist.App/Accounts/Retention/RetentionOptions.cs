using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Accounts.Retention;

/// <summary>How long what is stored of people stays: section <c>Retention</c>.</summary>
/// <param name="UnconfirmedDays">An account that was never entered, and whose address was not confirmed for so long, is erased where a confirmed address is needed to enter one.</param>
/// <param name="InactiveDays">A user's account that was not used for so long is erased; null: none is.</param>
public sealed record RetentionOptions(int UnconfirmedDays, int? InactiveDays)
{
    /// <summary>The section's path.</summary>
    public const string Section = "Retention";

    /// <summary>How long before an account is erased its owner is told, where mail is sent.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    // Whoever is away for a month has not given an account up.
    private const int FewestInactive = 60;
    private const int Most = 36_500;

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static RetentionOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new RetentionOptions(
            section.Whole(nameof(UnconfirmedDays), otherwise: 7, least: 1, Most),
            string.IsNullOrEmpty(section[nameof(InactiveDays)]) ? null : section.Whole(nameof(InactiveDays), otherwise: 0, FewestInactive, Most));
    }
}
