using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant.Log;

/// <summary>How facts stand in the decision log: read back, each is what it was to the last digit.</summary>
internal static class LogJson
{
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            IgnoreReadOnlyProperties = true, // Those are worked out from the others.
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new DecimalAsString(), new CurrencyAsCode(), new PairAsSymbol(), new SidesOfRate(), new ZoneAsId(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class CurrencyAsCode : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Currency.ParseNoted(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }

    private sealed class PairAsSymbol : JsonConverter<CurrencyPair>
    {
        public override CurrencyPair Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => CurrencyPair.ParseNoted(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, CurrencyPair value, JsonSerializerOptions options) => writer.WriteStringValue(value.Symbol);
    }

    // Its sides are read-only properties, which the others that are worked out from them are too.
    private sealed class SidesOfRate : JsonConverter<TwoSidedRate>
    {
        public override TwoSidedRate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var sides = JsonSerializer.Deserialize<Sides>(ref reader, options) ?? throw new JsonException("A rate has a pair, a bid and an ask.");
            return new TwoSidedRate(sides.Pair, sides.Bid, sides.Ask);
        }

        public override void Write(Utf8JsonWriter writer, TwoSidedRate value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, new Sides(value.Pair, value.Bid, value.Ask), options);

        private sealed record Sides(CurrencyPair Pair, decimal Bid, decimal Ask);
    }

    private sealed class ZoneAsId : JsonConverter<TimeZoneInfo>
    {
        public override TimeZoneInfo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeZoneInfo.FindSystemTimeZoneById(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, TimeZoneInfo value, JsonSerializerOptions options) => writer.WriteStringValue(value.Id);
    }
}
