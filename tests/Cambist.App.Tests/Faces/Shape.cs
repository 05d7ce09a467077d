using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Checks a JSON object against the names and kinds that are promised: each there once, none besides, each of its kind.</summary>
internal static partial class Shape
{
    public static void AssertOf(JsonElement found, params ReadOnlySpan<(string Name, Action<JsonElement> Kind)> promised)
    {
        var names = new List<string>();
        foreach (var (name, kind) in promised)
        {
            names.Add(name);
            Assert.True(found.TryGetProperty(name, out var value), $"'{name}' is missing in {found}");
            try
            {
                kind(value);
            }
            catch (Exception fault)
            {
                throw new InvalidDataException($"'{name}' was {value}: {fault.Message}", fault);
            }
        }

        Assert.Equal(names, found.EnumerateObject().Select(member => member.Name));
    }

    public static void Text(JsonElement value) => Assert.NotEmpty(value.GetString()!);

    public static void Number(JsonElement value) => Assert.True(double.IsFinite(value.GetDouble()));

    public static void Flag(JsonElement value) => Assert.IsType<bool>(value.GetBoolean());

    /// <summary>An exact figure: a string without exponent.</summary>
    public static void Decimal(JsonElement value) => Assert.Matches(PlainDecimal(), value.GetString());

    public static void Rate(JsonElement value)
    {
        Decimal(value);
        Assert.True(decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) > 0);
    }

    /// <summary>ISO 8601 in UTC with a Z.</summary>
    public static void Time(JsonElement value) => Assert.Matches(Zulu(), value.GetString());

    public static void Day(JsonElement value) => Assert.True(DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out _));

    public static void Money(JsonElement value) => AssertOf(value, ("amount", Decimal), ("currency", Currency));

    public static void Currency(JsonElement value) => Assert.Matches(ThreeLetters(), value.GetString());

    public static void Address(JsonElement value) => Assert.Equal("https", new Uri(value.GetString()!).Scheme);

    public static void Null(JsonElement value) => Assert.Equal(JsonValueKind.Null, value.ValueKind);

    public static Action<JsonElement> OneOf(params string[] words) => value => Assert.Contains(value.GetString()!, words);

    public static Action<JsonElement> OrNull(Action<JsonElement> kind) => value =>
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            kind(value);
        }
    };

    /// <summary>A list that may be empty.</summary>
    public static Action<JsonElement> PerhapsListOf(Action<JsonElement> kind) => value => Assert.All(value.EnumerateArray(), kind);

    public static Action<JsonElement> ListOf(Action<JsonElement> kind) => value =>
    {
        Assert.NotEqual(0, value.GetArrayLength());
        Assert.All(value.EnumerateArray(), kind);
    };

    [GeneratedRegex(@"^-?\d+(\.\d+)?$")]
    private static partial Regex PlainDecimal();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")]
    private static partial Regex Zulu();

    [GeneratedRegex("^[A-Z]{3}$")]
    private static partial Regex ThreeLetters();
}
