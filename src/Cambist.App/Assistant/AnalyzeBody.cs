using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using Cambist.App.Edge;
using Cambist.Client;

namespace Cambist.App.Assistant;

/// <summary>
/// Reads the body of an analysis into the same form that the page and the command line fill, each value as the text that was sent: an amount of 0.1 is
/// read as written, and one of the wrong kind is refused by the field's name.
/// </summary>
internal static class AnalyzeBody
{
    private const int DeepestBody = 4;

    private static readonly FrozenSet<string> Known =
    [
        "amount", "from_currency", "to_currency", "deadline", "risk_tolerance", "amount_side", "country", "usual_provider", "excluded_providers", "plans", "pay_in", "pay_out", "target_rate", "floor_rate", "time_zone", "as_of",
    ];

    public static async ValueTask<(AskForm? Form, Problem? Problem)> ReadAsync(Stream body, int largest, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(largest + 1);
        try
        {
            var length = await body.ReadAtLeastAsync(buffer, largest + 1, throwOnEndOfStream: false, cancellationToken);
            if (length > largest)
            {
                return (null, Problems.BadShape($"A body of at most {largest} bytes was expected."));
            }

            using var document = JsonDocument.Parse(buffer.AsMemory(0, length), new JsonDocumentOptions { MaxDepth = DeepestBody });
            return FormOf(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The second is how a string tells that its bytes or escapes are no Unicode.
            return (null, Problems.BadShape($"A JSON object was expected, and the body is not JSON: {fault.Message}"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (AskForm? Form, Problem? Problem) FormOf(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return (null, Problems.BadShape($"A JSON object was expected, found {Kind(root)}."));
        }

        var form = new AskForm();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            var name = member.Name;
            if (!Known.Contains(name))
            {
                continue; // Newer clients must not break here.
            }

            if (!seen.Add(name))
            {
                return (null, Problems.BadShape($"'{name}' was expected once, and is there again.", name));
            }

            if (name is "excluded_providers" or "plans")
            {
                if (member.Value.ValueKind == JsonValueKind.Null)
                {
                    continue;
                }

                if (member.Value.ValueKind != JsonValueKind.Array || member.Value.EnumerateArray().Any(id => id.ValueKind != JsonValueKind.String))
                {
                    return (null, Problems.BadShape($"'{name}' is a list of strings, was {Kind(member.Value)}.", name));
                }

                IReadOnlyList<string> ids = [.. member.Value.EnumerateArray().Select(id => id.GetString()!)];
                form = name == "plans" ? form with { Plans = ids } : form with { ExcludedProviders = ids };
                continue;
            }

            if (!(member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null || (IsNumber(name) && member.Value.ValueKind == JsonValueKind.Number)))
            {
                return (null, Problems.BadShape($"'{name}' is a {(IsNumber(name) ? "number or a string" : "string")}, was {Kind(member.Value)}.", name));
            }

            form = With(form, name, TextOf(member.Value));
        }

        return (form, null);
    }

    private static AskForm With(AskForm form, string name, string? text) => name switch
    {
        "amount" => form with { Amount = text },
        "from_currency" => form with { From = text },
        "to_currency" => form with { To = text },
        "deadline" => form with { By = text },
        "risk_tolerance" => form with { Risk = text },
        "amount_side" => form with { Side = text },
        "country" => form with { Country = text },
        "usual_provider" => form with { UsualProvider = text },
        "pay_in" => form with { PayIn = text },
        "pay_out" => form with { PayOut = text },
        "target_rate" => form with { TargetRate = text },
        "floor_rate" => form with { FloorRate = text },
        "time_zone" => form with { TimeZone = text },
        "as_of" => form with { AsOf = text },
        _ => form,
    };

    private static bool IsNumber(string name) => name is "amount" or "target_rate" or "floor_rate";

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => value.GetRawText(),
    };

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Number => "a number",
        JsonValueKind.String => "a string",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
