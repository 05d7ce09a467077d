using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>How the wire looks: snake_case names, and every <see cref="decimal"/> (money, rates) as a string so that no reader rounds it. Readers accept numbers too.</summary>
public static class CambistJson
{
    /// <summary>Serializers of the wire contract.</summary>
    public static CambistJsonContext Wire { get; } = new(new JsonSerializerOptions(CambistJsonContext.Default.Options)
    {
        // JSON is not put into pages here, so letters beyond ASCII may stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Serializer options for every type of the wire contract.</summary>
    public static JsonSerializerOptions Options => Wire.Options;
}

/// <summary>Serializers made at build time for the types of the wire contract.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    Converters = [typeof(DecimalAsString), typeof(InstantAsZulu)])]
[JsonSerializable(typeof(AnalyzeRequest))]
[JsonSerializable(typeof(AnalyzeResponse))]
[JsonSerializable(typeof(IReadOnlyList<ProviderQuote>))]
[JsonSerializable(typeof(LatestRates))]
[JsonSerializable(typeof(LatestRate))]
[JsonSerializable(typeof(RateSources))]
[JsonSerializable(typeof(RateRefusals))]
[JsonSerializable(typeof(RateHistoryPage))]
[JsonSerializable(typeof(RateBar))]
[JsonSerializable(typeof(ForecastResponse))]
[JsonSerializable(typeof(TargetProbability))]
[JsonSerializable(typeof(ForecastRecord))]
[JsonSerializable(typeof(TrackRecord))]
[JsonSerializable(typeof(AdviceRecord))]
[JsonSerializable(typeof(ReplayedAdvice))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelSummary))]
[JsonSerializable(typeof(ModelHistoryEntry))]
[JsonSerializable(typeof(PromoteModelRequest))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(LogoutRequest))]
[JsonSerializable(typeof(ConfirmEmailRequest))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(MeChange))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SecondFactorKey))]
[JsonSerializable(typeof(CodeRequest))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(GoalRequest))]
[JsonSerializable(typeof(GoalChange))]
[JsonSerializable(typeof(ConversionRequest))]
[JsonSerializable(typeof(ConversionGoal))]
[JsonSerializable(typeof(GoalPage))]
[JsonSerializable(typeof(Dashboard))]
[JsonSerializable(typeof(GoalProgressMessage))]
[JsonSerializable(typeof(RecommendationChangeMessage))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(StreamAuthentication))]
[JsonSerializable(typeof(StreamError))]
[JsonSerializable(typeof(StreamMessage))]
[JsonSerializable(typeof(StreamWish))]
public sealed partial class CambistJsonContext : JsonSerializerContext;

/// <summary>Writes a decimal as a string without an exponent; reads strings and numbers.</summary>
public sealed class DecimalAsString : JsonConverter<decimal>
{
    private const int LongestDecimal = 32;

    /// <inheritdoc />
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.GetDecimal();
        }

        var text = reader.GetString();
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException($"A decimal number such as \"12.34\" was expected, was \"{text}\".");
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options)
    {
        Span<byte> digits = stackalloc byte[LongestDecimal];
        Utf8Formatter.TryFormat(value, digits, out var length);
        writer.WriteStringValue(digits[..length]);
    }
}

/// <summary>Writes an instant as ISO 8601 in UTC with a <c>Z</c>; reads any offset.</summary>
public sealed class InstantAsZulu : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc />
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
