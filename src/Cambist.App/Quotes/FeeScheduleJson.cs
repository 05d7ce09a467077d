using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes;

/// <summary>How the values of a fee schedule look in JSON. The members are those of <see cref="FeeSchedule"/>, in snake_case.</summary>
internal static class FeeScheduleJson
{
    // Strict refuses unknown and doubled members, a missing constructor argument, and null where the model has none.
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters =
        {
            new JsonNumber(),
            new JsonText<Currency>("an active ISO 4217 code such as \"EUR\"", Currency.Parse),
            new JsonText<TimeZoneInfo>("an IANA time zone such as \"America/New_York\"", Zone),
            new JsonText<TimeSpan>("an ISO 8601 duration such as \"P2D\"", XmlConvert.ToTimeSpan),
            new JsonText<TimeOnly>("a time of day such as \"17:00\"", text => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture)),
            new JsonText<DateTimeOffset>("a date such as \"2026-09-27\"", text => new DateTimeOffset(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture), default, TimeSpan.Zero)),
            new JsonText<Uri>("an https link", Link),
            OneOf<ProviderKind>(),
            OneOf<FeeMode>(),
            OneOf<PayMethod>(),
            OneOf<DayOfWeek>(),
            OneOf(Provenance.Estimate, Provenance.Published),
        },
    };

    private static TimeZoneInfo Zone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : throw new FormatException();

    private static Uri Link(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps ? link : throw new FormatException();

    internal static JsonText<T> OneOf<T>() where T : struct, Enum => OneOf(Enum.GetValues<T>());

    private static JsonText<T> OneOf<T>(params T[] values) where T : struct, Enum
    {
        var byName = values.ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        return new JsonText<T>(
            "one of " + string.Join(", ", byName.Keys),
            name => byName.TryGetValue(name, out var value) ? value : throw new FormatException());
    }
}

/// <summary>A value that is written as a JSON string.</summary>
internal sealed class JsonText<T>(string expected, Func<string, T> parse) : JsonConverter<T>
{
    public override bool HandleNull => true;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? parse(reader.GetString()!) : throw new FormatException();
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw new JsonException($"{expected} was expected, found {reader.Found()}.", fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException("These files are only read.");
}

/// <summary>A decimal that is written as a JSON number, digit by digit as in the file.</summary>
internal sealed class JsonNumber : JsonConverter<decimal>
{
    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value)
            ? value
            : throw new JsonException($"a decimal number such as 0.45 was expected, found {reader.Found()}.");

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => throw new NotSupportedException("These files are only read.");
}

internal static class JsonTokens
{
    /// <summary>The token at the reader as it stands in the file, for messages.</summary>
    public static string Found(ref this Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => $"\"{reader.GetString()}\"",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };
}
