using System.Text.RegularExpressions;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>How to read a provider's own calculator page: one JSON file. <c>docs/extend/add-a-page-recipe.md</c> says what each member means.</summary>
internal sealed record PageRecipe
{
    /// <summary>Stable id; the file's name, and the section <c>Quotes:Recipes:&lt;id&gt;</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the provider, as in its fee schedule where it has one.</summary>
    public required string Provider { get; init; }

    /// <summary>The name that people know.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of business it is.</summary>
    public required ProviderKind Kind { get; init; }

    /// <summary>What the page quotes, in words.</summary>
    public required string Title { get; init; }

    /// <summary>Whether the page takes the fee out of the amount or puts it on top.</summary>
    public required FeeMode FeeMode { get; init; }

    /// <summary>How the money is paid in.</summary>
    public required PayMethod PayIn { get; init; }

    /// <summary>How it is paid out.</summary>
    public required PayMethod PayOut { get; init; }

    /// <summary>Where the sender must be (ISO 3166 alpha-2); empty means anywhere.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>Send currencies.</summary>
    public required IReadOnlyList<Currency> From { get; init; }

    /// <summary>Receive currencies.</summary>
    public required IReadOnlyList<Currency> To { get; init; }

    /// <summary>Which amounts the page takes.</summary>
    public required IReadOnlyList<AmountSide> Sides { get; init; }

    /// <summary>What reads the page.</summary>
    public required RecipeEngine Engine { get; init; }

    /// <summary>The page's public address, with placeholders.</summary>
    public required string Address { get; init; }

    /// <summary>The shortest time between two visits.</summary>
    public required TimeSpan Gap { get; init; }

    /// <summary>What to do, in order.</summary>
    public required IReadOnlyList<RecipeStep> Steps { get; init; }

    /// <summary>How the page writes numbers; null: as its <c>lang</c> says.</summary>
    public required NumberFormat? Numbers { get; init; }

    /// <summary>How the page writes the time of its figures; null where it tells none, or an ISO 8601 instant.</summary>
    public required TimeFormat? Times { get; init; }

    /// <summary>What the page's words about delivery mean; the first that matches counts.</summary>
    public required IReadOnlyList<DeliveryWords> Deliveries { get; init; }

    /// <summary>What must hold of the result.</summary>
    public required RecipeChecks Checks { get; init; }

    /// <summary>What a person should know of the figures; null where there is nothing.</summary>
    public required string? Note { get; init; }
}

/// <summary>What reads a page.</summary>
internal enum RecipeEngine
{
    /// <summary>A real browser, without a window.</summary>
    Browser,

    /// <summary>A request over HTTP; nothing of the page runs.</summary>
    Http,
}

/// <summary>One step as the file has it: exactly one of the first seven, with what belongs to it.</summary>
internal sealed record RecipeStep
{
    public string? Go { get; init; }

    public string? Dismiss { get; init; }

    public string? Fill { get; init; }

    public string? Select { get; init; }

    public string? Click { get; init; }

    public string? Wait { get; init; }

    public ReadName? Read { get; init; }

    /// <summary>Of <c>fill</c>: what is typed.</summary>
    public string? With { get; init; }

    /// <summary>Of <c>select</c>: the option's value or label.</summary>
    public string? Option { get; init; }

    /// <summary>Of <c>read</c>: where.</summary>
    public string? Selector { get; init; }

    /// <summary>Of <c>read</c>: the attribute instead of the text.</summary>
    public string? Attribute { get; init; }

    /// <summary>Of <c>read</c>: the text must match; the first group is the part that is meant.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Of <c>wait</c>: the text that is waited for.</summary>
    public Regex? Text { get; init; }

    /// <summary>Of <c>read</c> <c>fee</c>: the words that say that there is none.</summary>
    public Regex? None { get; init; }

    /// <summary>The step is for this side of the question only.</summary>
    public AmountSide? Side { get; init; }
}

/// <summary>What a step reads.</summary>
internal enum ReadName
{
    /// <summary>Receive currency per unit of send currency.</summary>
    Rate,

    /// <summary>All fees, in the send currency.</summary>
    Fee,

    /// <summary>The total that is paid, fees included.</summary>
    Paid,

    /// <summary>What arrives.</summary>
    Received,

    /// <summary>How long it takes, in the page's words.</summary>
    Delivery,

    /// <summary>When the figures were true.</summary>
    AsOf,
}

/// <summary>How a page writes numbers.</summary>
/// <param name="Decimal">The decimal sign.</param>
/// <param name="Group">What separates thousands: a blank stands for every kind of blank, an apostrophe for both kinds; null where nothing does.</param>
internal sealed record NumberFormat(string Decimal, string? Group);

/// <summary>How a page writes times.</summary>
/// <param name="Format">A format of .NET, in English words: <c>dd.MM.yyyy HH:mm</c>.</param>
/// <param name="Zone">The time zone of what it says.</param>
internal sealed record TimeFormat(string Format, TimeZoneInfo Zone);

/// <summary>What words about delivery mean.</summary>
/// <param name="Text">The words.</param>
/// <param name="Time">How long it takes.</param>
internal sealed record DeliveryWords(Regex Text, DeliveryTime Time);

/// <summary>What must hold of a page's result, or there is no quote.</summary>
internal sealed record RecipeChecks
{
    /// <summary>The part of the page in which the texts must stand; null: the whole page.</summary>
    public required string? Within { get; init; }

    /// <summary>Texts that must stand there: the currencies asked, in the page's words.</summary>
    public required IReadOnlyList<string> MustContain { get; init; }

    /// <summary>Texts that must stand nowhere on the page: its words of failure.</summary>
    public required IReadOnlyList<string> MustNotContain { get; init; }

    /// <summary>How far (paid − fee) × rate may lie from what arrives, in minor units of the receive currency, beside the rounding of the rate itself.</summary>
    public required int ToleranceMinorUnits { get; init; }

    /// <summary>How old the figures may be by the page's own word; null where any age will do.</summary>
    public required TimeSpan? MaxAge { get; init; }
}
