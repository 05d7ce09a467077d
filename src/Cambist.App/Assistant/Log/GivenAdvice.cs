using System.Security.Cryptography;
using System.Text.Json;
using Cambist.App.Forecasting;
using Cambist.Client;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Assistant.Log;

/// <summary>Advice that was given, not yet in the log.</summary>
/// <param name="Context">What it was decided from.</param>
/// <param name="Forecast">What the forecast was asked and answered; null where there was none.</param>
/// <param name="Origin">Which model the forecast was of.</param>
/// <param name="Advice">The answer.</param>
/// <param name="Json">The answer as it went out.</param>
internal sealed record GivenAdvice(DecisionContext Context, ForecastTranscript? Forecast, ForecastOrigin? Origin, AnalyzeResponse Advice, byte[] Json)
{
    /// <summary>Words a decision, and keeps what it was made from.</summary>
    /// <param name="context">The facts.</param>
    /// <param name="listener">Whoever listened to their forecast; null where there is none.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="origin">Which model the forecast is of.</param>
    /// <param name="simulated">Whether the market is simulated.</param>
    public static GivenAdvice Of(DecisionContext context, ForecastListener? listener, Decision decision, ForecastOrigin? origin, bool simulated)
    {
        var (advice, json) = AdviceMaker.Word(context, decision, origin, simulated);
        return new GivenAdvice(context, listener?.Transcript(), origin, advice, json);
    }

    /// <summary>The answer's digest, which whoever kept the answer can show.</summary>
    public byte[] Digest() => SHA256.HashData(Json);

    /// <summary>The facts and the advice as one document. The cost table is left out of the advice: it follows from the facts.</summary>
    public LogDocument Document()
    {
        var facts = new DecisionFacts(
            DecisionFacts.ThisVersion,
            Context.Question,
            Context.AsOf,
            Context.Rate,
            Context.UsdPerBase,
            Convert.ToHexStringLower(PanelDocument.Of(Context.Providers).Panel.Digest),
            Forecast,
            Context.ForecastMissing,
            Origin,
            Advice.Simulated);
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written))
        {
            json.WriteStartObject();
            json.WritePropertyName("facts");
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(facts, LogJson.Options), skipInputValidation: true);
            json.WritePropertyName("advice");
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(Advice with { Providers = [] }, CambistJson.Wire.AnalyzeResponse), skipInputValidation: true);
            json.WriteEndObject();
        }

        return LogDocument.Of(written.GetBuffer().AsSpan(0, (int)written.Length));
    }
}
