using Cambist.App.Accounts;
using Cambist.App.Assistant;

namespace Cambist.Web.Asking;

/// <summary>The question of an address: what its query says, or the default one where it asks nothing.</summary>
internal static class Question
{
    /// <summary>What a newcomer sees answered. No deadline: the assistant takes 30 days.</summary>
    public static AskForm Default { get; } = new() { Amount = "5000", From = "USD", To = "EUR" };

    /// <summary>The form as asked; an emptied field is an absent one.</summary>
    /// <param name="query">What the address says.</param>
    /// <param name="profile">What the person takes for granted where the address says nothing; null: nobody is logged in. An emptied field stays empty.</param>
    public static AskForm Of(AskForm query, AccountProfile? profile = null)
    {
        // Any field at all makes it a question: a person who empties the amount is told so, and not answered for 5,000 USD.
        if (query == new AskForm())
        {
            return Default with { Risk = profile?.RiskTolerance, Country = profile?.Country, UsualProvider = profile?.UsualProvider, TimeZone = profile?.TimeZone };
        }

        return new AskForm
        {
            Amount = Given(query.Amount),
            From = Given(query.From),
            To = Given(query.To),
            By = Given(query.By),
            Risk = Given(query.Risk ?? profile?.RiskTolerance),
            Side = Given(query.Side),
            Country = Given(query.Country ?? profile?.Country),
            UsualProvider = Given(query.UsualProvider ?? profile?.UsualProvider),
            TimeZone = Given(query.TimeZone ?? profile?.TimeZone),
            AsOf = Given(query.AsOf),
        };
    }

    /// <summary>The clock that the page's times are told by: the person's own where it is known, else UTC.</summary>
    public static TimeZoneInfo Zone(AskForm form) =>
        form.TimeZone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
