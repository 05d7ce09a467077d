using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Cambist.App.Quotes.Recipes;

/// <summary>What is to be done on a page, all values filled in. To <c>cambist-pages</c> it is one line of JSON; the file is compiled into both programs.</summary>
internal sealed record PageJob
{
    /// <summary>Names the job in its result.</summary>
    public required string Id { get; init; }

    /// <summary>What to do, in order.</summary>
    public required IReadOnlyList<PageStep> Steps { get; init; }

    /// <summary>A selector of the part whose text is handed back for the checks; null: the whole page.</summary>
    public required string? Scope { get; init; }

    /// <summary>How long a step may wait for what it needs, in milliseconds.</summary>
    public required int StepPatience { get; init; }

    /// <summary>Where a picture of the last state of the page goes (PNG).</summary>
    public required string Screenshot { get; init; }
}

/// <summary>One step of a job.</summary>
/// <param name="Number">Its place in the recipe, from 1.</param>
/// <param name="Act">What it does.</param>
/// <param name="Target">An address for <see cref="PageAct.Go"/>, else a selector.</param>
/// <param name="Value">What is typed or chosen.</param>
/// <param name="Name">Under which name a text is handed back.</param>
/// <param name="Attribute">The attribute that is read instead of the text; <c>value</c> is what a field holds.</param>
/// <param name="Pattern">A regular expression that the text must match; its first group is the part that is meant, else the whole match.</param>
internal sealed record PageStep(int Number, PageAct Act, string Target, string? Value = null, string? Name = null, string? Attribute = null, string? Pattern = null);

/// <summary>What a step does.</summary>
internal enum PageAct
{
    /// <summary>Opens an address.</summary>
    Go,

    /// <summary>From now on clicks away what may lie over the page, wherever it appears.</summary>
    Dismiss,

    /// <summary>Types into a field.</summary>
    Fill,

    /// <summary>Chooses an option by its value or its label.</summary>
    Select,

    /// <summary>Clicks.</summary>
    Click,

    /// <summary>Waits until something is shown.</summary>
    Wait,

    /// <summary>Reads a text.</summary>
    Read,
}

/// <summary>What a job brought. A job that is done has neither break nor outage.</summary>
internal sealed record PageResult
{
    /// <summary>The job's.</summary>
    public required string Id { get; init; }

    /// <summary>What was read, by name.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();

    /// <summary>The language that the page declares (<c>lang</c> of its root); null where it declares none.</summary>
    public string? Language { get; init; }

    /// <summary>All text that the page shows at the end.</summary>
    public string PageText { get; init; } = "";

    /// <summary>The text in the scope of the checks; null where there is no such part.</summary>
    public string? ScopeText { get; init; }

    /// <summary>A picture of the last state of the page; null where none could be taken.</summary>
    public string? Screenshot { get; init; }

    /// <summary>The step at which the page was not as the recipe says; null where all were done.</summary>
    public PageBreak? Break { get; init; }

    /// <summary>Why there was no page at all, or no browser; null where there was.</summary>
    public string? Outage { get; init; }

    /// <summary>The HTTP status, where it is the reason of the break.</summary>
    public int? Status { get; init; }
}

/// <summary>A page is not as a recipe says.</summary>
/// <param name="Step">The step's place in the recipe, from 1.</param>
/// <param name="Expected">What the step needs.</param>
/// <param name="Found">What is there.</param>
internal sealed record PageBreak(int Step, string Expected, string Found);

/// <summary>How jobs and results look on the line, and the words that both engines use.</summary>
internal static class PageWire
{
    /// <summary>How long a pattern may look at one text.</summary>
    public static readonly TimeSpan PatternPatience = TimeSpan.FromSeconds(1);

    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The part of a text that a step means; null where it is not there, does not match, or is blank although it is to be read.</summary>
    public static string? Part(this PageStep step, string? text)
    {
        if (text is null || step.Pattern is null)
        {
            return string.IsNullOrWhiteSpace(text) && step.Act == PageAct.Read ? null : text?.Trim();
        }

        var match = Regex.Match(text, step.Pattern, RegexOptions.CultureInvariant, PatternPatience);
        return match.Success && (match.Groups.Count > 1 ? match.Groups[1] : match).Value.Trim() is { Length: > 0 } part ? part : null;
    }

    /// <summary>What is wrong with how many elements a selector finds; null where it is one.</summary>
    public static string? Ambiguity(int elements) => elements switch
    {
        0 => "no such element",
        1 => null,
        _ => $"{elements} elements",
    };

    /// <summary>What a step needs, for messages.</summary>
    public static string Expectation(this PageStep step) => step.Act switch
    {
        PageAct.Go => "the page",
        PageAct.Fill => $"a field at '{step.Target}'",
        PageAct.Select => $"the option '{step.Value}' at '{step.Target}'",
        PageAct.Click => $"something to click at '{step.Target}'",
        PageAct.Dismiss => $"something to click away at '{step.Target}'",
        PageAct.Wait when step.Pattern is null => $"something shown at '{step.Target}'",
        _ => (step.Attribute is null ? "a text" : $"an attribute '{step.Attribute}'") + (step.Pattern is null ? "" : $" like '{step.Pattern}'") + $" at '{step.Target}'",
    };
}
