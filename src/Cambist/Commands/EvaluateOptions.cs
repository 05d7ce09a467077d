using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.Commands;

/// <summary>What every evaluation is asked with: pairs, a span, a step and a model.</summary>
internal static partial class EvaluateOptions
{
    public const string Champion = "champion";

    public static readonly ForecastFamilies Families = new(ForecastFamilies.BuiltIn);

    public static readonly Option<string[]> Pairs = new("--pair") { Description = "The pair, as in EURUSD; several by a comma or by naming the option again.", HelpName = "PAIR", Required = true };
    public static readonly Option<string> From = new("--from") { Description = "First instant (a date: its start).", HelpName = "TIME", Required = true };
    public static readonly Option<string> To = new("--to") { Description = "Last instant (a date: its end).", HelpName = "TIME", Required = true };
    public static readonly Option<string> Model = new("--model") { Description = $"champion (what serves each pair), {string.Join(", ", Families.Ids)}, or the id of a model.", HelpName = "ID", DefaultValueFactory = _ => Champion };

    public static readonly Option<string?> Out = new("--out") { Description = "The CSV file (default: standard output; with --summary none).", HelpName = "FILE.csv" };

    public static Option<string> Every(string usual) =>
        new("--every") { Description = "Step between instants, as in 6h or 30m.", HelpName = "STEP", DefaultValueFactory = _ => usual };

    /// <summary>The pairs and the span; to be used only where <see cref="FieldReader.Problem"/> is null afterwards.</summary>
    public static (IReadOnlyList<CurrencyPair> Pairs, DateTimeOffset From, DateTimeOffset To) Read(ParseResult parsed, FieldReader fields)
    {
        var pairs = Parts(parsed.GetValue(Pairs)).Select(text => fields.Pair("--pair", text)).OfType<CurrencyPair>().Distinct().ToList();
        var from = fields.Instant("--from", parsed.GetValue(From));
        var to = fields.LastInstant("--to", parsed.GetValue(To));
        if (fields.Problem is null && from >= to)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "--from", "before --to", parsed.GetValue(From)));
        }

        return (pairs, from ?? default, to ?? default);
    }

    /// <summary>Refuses rows and a JSON document on one standard output.</summary>
    public static void CheckOut(ParseResult parsed, FieldReader fields, bool summary)
    {
        if (parsed.GetValue(CommonOptions.Json) && parsed.GetValue(Out) is null && !summary)
        {
            fields.Refuse(Problems.Missing("--out", "with --json the rows need a file of their own"));
        }
    }

    /// <summary>Where the rows go; dispose it.</summary>
    public static TextWriter OpenCsv(ParseResult parsed, bool summary) => parsed.GetValue(Out) is { } file ? new StreamWriter(file) : summary ? TextWriter.Null : Console.Out;

    /// <summary>That of a pair nothing is recorded.</summary>
    public static Problem NoHistory(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to, string before = "") =>
        Problems.NotFound("history_not_found", $"No history of {pair} is recorded from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}{before}.", "--pair");

    /// <summary>What <see cref="Model"/> names: a family that needs no training, or a trained model; neither where it is what serves each pair.</summary>
    public static (IForecastFamily? Family, LoadedModel? Trained) Find(string named, ServingModels models)
    {
        var family = Families.Find(named);
        return (family, family is null && named != Champion ? models.Load(named) : null);
    }

    /// <summary>The values of an option that may be named again, each of which may be several by a comma.</summary>
    public static IEnumerable<string> Parts(string[]? texts) => (texts ?? []).SelectMany(text => text.Split(','));

    public static TimeSpan Step(FieldReader fields, string? text)
    {
        if (text is not null && StepPattern().Match(text.Trim()) is { Success: true } match)
        {
            var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var step = match.Groups[2].Value switch
            {
                "m" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(count),
            };
            if (step > TimeSpan.Zero)
            {
                return step;
            }
        }

        fields.Refuse(Problems.Invalid("invalid_step", "--every", "a step above zero such as 30m, 6h or 1d", text));
        return TimeSpan.FromHours(6);
    }

    [GeneratedRegex(@"^(\d{1,5})(m|h|d)$", RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();
}
