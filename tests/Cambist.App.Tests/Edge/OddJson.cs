using System.Text;
using System.Text.Json;

namespace Cambist.App.Tests.Edge;

/// <summary>Values that programs trip over, as words and as JSON.</summary>
internal static class OddJson
{
    public static readonly string[] Words =
    [
        "5000", "0", "-1", "1e9", "1E400", "NaN", "0.1", "79228162514264337593543950336", "9223372036854775808", "EUR", "USD", "EUR/USD", "ZAR/SEK", "wise", "send", "1h", "1d",
        "2026-03-18", "2026-02-30", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2026-03-18T12:00:00+14:00", "Europe/Berlin", "../../../etc/passwd", "/etc/passwd", "C:\\", "true", "null", "undefined",
        "", " ", ".", "..", "\t", "'", "' OR '1'='1", "1; DROP TABLE model;--", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}", "%00", "%s%n", "a\r\nInjected: yes", "a\0b",
        "\u0130stanbul", "ﬁ", "e\u0301", "\u202Egnp.exe", "\uFEFF", "\U0001F4B6", "\u0665\u0660", "Ａ", "\uFFFD", "{}", "[]", "\"", "W/\"abc\"", "*", "gzip;q=x", "text/csv", "application/x-ndjson;q=0",
        new('9', 400), new('A', 3000), new('Ω', 700), string.Concat(Enumerable.Repeat("EUR/USD,", 300)),
    ];

    public static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];

    public static string Value(Random random) => random.Next(12) switch
    {
        0 => "null",
        1 => Pick(random, "true", "false"),
        2 => Pick(random, "-0.0", "1e308", "1e-400", "12345678901234567890123456789012345678901234567890", "007", "+1", "1.", "0x10"),
        3 => $"[{Value(random)},{Value(random)}]",
        4 => $"{{\"a\":{Value(random)}}}",
        5 => Pick(random, "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "\"unfinished", "nope"),
        6 => Nested(random.Next(2, 40)),
        _ => JsonSerializer.Serialize(Pick(random, Words)),
    };

    /// <summary>A body that is no object of fields.</summary>
    public static byte[] Whole(Random random) => random.Next(9) switch
    {
        0 => [],
        1 => Encoding.UTF8.GetBytes(Nested(5000)),
        2 => [0xFF, 0xFE, 0x7B, 0x00],
        3 => Encoding.UTF8.GetBytes(new string('[', 60_000)),
        4 => new byte[60_000],
        5 => Encoding.UTF8.GetBytes("\uFEFF{}"),
        6 => Encoding.UTF8.GetBytes($"{{\"{new string('k', 50_000)}\":1}}"),
        7 => new byte[100_000],
        _ => Encoding.UTF8.GetBytes(Value(random)),
    };

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
