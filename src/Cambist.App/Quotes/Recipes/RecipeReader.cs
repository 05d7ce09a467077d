using System.Text.Json;
using System.Text.RegularExpressions;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Reads a page recipe from its JSON text. Strict: every member but those of a step is written out, and no other is allowed.</summary>
internal static class RecipeReader
{
    private static readonly JsonSerializerOptions Options = new(FeeScheduleJson.Options)
    {
        Converters =
        {
            FeeScheduleJson.OneOf<AmountSide>(),
            FeeScheduleJson.OneOf<RecipeEngine>(),
            FeeScheduleJson.OneOf<ReadName>(),
            new JsonText<Regex>("a regular expression", Pattern),
        },
    };

    /// <summary>The recipe in this text.</summary>
    /// <param name="json">The text of one file.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <exception cref="FormatException">The text is no valid recipe; the message names the file, the JSON path, what was expected and what was found.</exception>
    public static PageRecipe Read(string json, string file)
    {
        var recipe = StrictJson.Read<PageRecipe>(json, file, "a recipe", Options);
        var fault = RecipeRules.FirstFault(recipe);
        return fault is null ? recipe : throw new FormatException($"{file}: {fault}");
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, PageWire.PatternPatience);
        }
        catch (ArgumentException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
    }
}
