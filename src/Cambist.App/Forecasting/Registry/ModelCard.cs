using System.Globalization;
using System.Text;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry;

/// <summary>What a model is, for people: the file <c>card.md</c>, written from its manifest and its gate.</summary>
public static class ModelCard
{
    private static readonly (string Setting, string Format)[] FitOptions = [("fit.epochs", "--epochs {0}"), ("fit.threads", "--threads {0}")];

    private static readonly (string Setting, string Format)[] NetworkSettings =
    [
        ("network.layers", "Trainer__Layers={0} "), ("network.hidden", "Trainer__Hidden={0} "), ("network.heads", "Trainer__Heads={0} "), ("network.location", "Trainer__Mean={0} "),
    ];

    /// <summary>The card, in Markdown.</summary>
    public static string Of(ModelManifest manifest, IReadOnlyList<ModelGate> gates)
    {
        var card = new StringBuilder();
        Line(card, $"# {manifest.Id}");
        Line(card, "");
        Line(card, $"{What(manifest)} It says how far a rate may move in the next 24 hours, as a correction of the baseline's volatility; the shape of returns around that is measured on its own recent errors.");
        Data(card, manifest);
        Features(card, manifest);
        Settings(card, manifest);
        Scores(card, manifest);
        Gates(card, gates);
        Limits(card);
        Reproduce(card, manifest, gates);
        return card.ToString();
    }

    private static string What(ModelManifest manifest) => manifest.Family switch
    {
        "har" => "A regression on volatility at several horizons (heterogeneous autoregression, Corsi 2009).",
        "lstm" => "A recurrent network with attention (long short-term memory).",
        "gbm" => "Gradient-boosted trees.",
        "ensemble" => $"A weighted mean of {manifest.Members?.Count ?? 0} models.",
        _ => $"A model of the family {manifest.Family}.",
    };

    private static void Data(StringBuilder card, ModelManifest manifest)
    {
        Line(card, "\n## Data\n");
        Line(card, $"- trained on {manifest.TrainedFrom:yyyy-MM-dd HH:mm} to {manifest.TrainedUntil:yyyy-MM-dd HH:mm} UTC, validation included; nothing later has touched it");
        Line(card, $"- pairs: {(manifest.Pairs.Count > 0 ? string.Join(", ", manifest.Pairs) : "none")}");
        Line(card, $"- SHA-256 of the bars: `{manifest.DataFingerprint}`");
        Line(card, $"- made at {manifest.CreatedAt:yyyy-MM-dd HH:mm} UTC by version {manifest.CodeVersion}, seed {manifest.Seed}");
    }

    private static void Features(StringBuilder card, ModelManifest manifest)
    {
        Line(card, "\n## Features\n");
        Line(card, $"It reads {manifest.Features.Count} features of an hour{(manifest.Lookback > 0 ? $" and of the {manifest.Lookback} hours before it" : "")}{(manifest.Features.Count > 0 ? $": {string.Join(", ", manifest.Features.Select(name => $"`{name}`"))}" : "")}.");
        foreach (var member in manifest.Members ?? [])
        {
            Line(card, $"- member `{member.Id}`, weight {member.Weight:0.####}");
        }
    }

    private static void Settings(StringBuilder card, ModelManifest manifest)
    {
        Line(card, "\n## Settings\n");
        Line(card, "| setting | value |\n|---|---|");
        foreach (var (name, value) in manifest.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            Line(card, $"| {Cell(name)} | {Cell(value)} |");
        }
    }

    private static void Scores(StringBuilder card, ModelManifest manifest)
    {
        Line(card, "\n## Scores\n");
        Line(card, "| measure | horizon | value |\n|---|---|---|");
        foreach (var metric in manifest.Metrics.Where(metric => !metric.Name.StartsWith("gate.", StringComparison.Ordinal)))
        {
            Line(card, $"| {Cell(metric.Name)} | {(metric.HorizonHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $"{hours} h") : "all")} | {(metric.Name.StartsWith("p_value", StringComparison.Ordinal) ? PValue(metric.Value) : metric.Value.ToString("0.######", CultureInfo.InvariantCulture))} |");
        }
    }

    private static void Gates(StringBuilder card, IReadOnlyList<ModelGate> gates)
    {
        Line(card, "\n## Gate\n");
        if (gates.Count == 0)
        {
            Line(card, "It has not been through the gate: it serves nobody.");
            return;
        }

        Line(card, "Walk-forward on data that it had not seen, against the baseline. It serves a pair only where it passed; its mean counts only at the horizons named.\n");
        Line(card, "| pair | passed | CRPS skill | p | forecasts | from | to | mean passed at |\n|---|---|---|---|---|---|---|---|");
        foreach (var gate in gates.OrderBy(gate => gate.Pair, StringComparer.Ordinal))
        {
            Line(card, $"| {(gate.Pair == ModelGate.AllPairs ? "all" : gate.Pair)} | {(gate.Passed ? "yes" : "no")} | {gate.CrpsSkill * 100:0.00} % | {(gate.PValue is { } p ? PValue(p) : "unknown")} | {gate.Count} | {gate.MeasuredFrom:yyyy-MM-dd} | {gate.MeasuredUntil:yyyy-MM-dd} | {(gate.MeanHorizons.Count > 0 ? string.Join(", ", gate.MeanHorizons.Select(hours => $"{hours} h")) : "none")} |");
        }
    }

    private static void Limits(StringBuilder card)
    {
        Line(card, "\n## Limits\n");
        Line(card, "- It forecasts how wide the outcomes spread. The mean of an exchange rate at these horizons has no proven edge but where the table of the gate names one.");
        Line(card, "- It knows nothing of news, of decisions of central banks before they move the rate, or of pegs that may break.");
        Line(card, "- Further than 24 hours ahead the same volatility is extended, and the answer says so.");
        Line(card, "- Its intervals hold on average over many forecasts, not for one.");
    }

    private static void Reproduce(StringBuilder card, ModelManifest manifest, IReadOnlyList<ModelGate> gates)
    {
        Line(card, "\n## Reproduce\n");
        Line(card, "With the same bars imported:\n");
        Line(card, "```sh");
        Line(card, $"{Given(manifest, "", NetworkSettings)}cambist train --pairs {Symbols(manifest, " ")} --until {manifest.TrainedUntil.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'} --seed {manifest.Seed}{Given(manifest, " ", FitOptions)}");
        if (gates.FirstOrDefault(gate => gate.Pair == ModelGate.AllPairs) is { } proof)
        {
            Line(card, $"cambist evaluate forecasts --pair {Symbols(manifest, ",")} --from {proof.MeasuredFrom:yyyy-MM-dd'T'HH:mm:ss'Z'} --to {proof.MeasuredUntil:yyyy-MM-dd'T'HH:mm:ss'Z'} --every 6h --model {manifest.Id} --summary");
        }

        Line(card, "```");
    }

    // What the manifest does not tell is left out, and is then as usual.
    private static string Given(ModelManifest manifest, string before, (string Setting, string Format)[] given) => string.Concat(
        given.Where(one => manifest.Settings.ContainsKey(one.Setting)).Select(one => before + string.Format(CultureInfo.InvariantCulture, one.Format, manifest.Settings[one.Setting])));

    // No p is nothing: it is only smaller than four digits show.
    private static string PValue(double p) => p < 0.0001 ? "< 0.0001" : p.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Symbols(ModelManifest manifest, string separator) => string.Join(separator, manifest.Pairs.Select(pair => pair.Replace("/", "", StringComparison.Ordinal)));

    private static void Line(StringBuilder card, FormattableString text) => card.Append(FormattableString.Invariant(text)).Append('\n');

    private static void Line(StringBuilder card, string text) => card.Append(text).Append('\n');

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
