using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.App.Edge;

/// <summary>Reads fields that came as text, whichever face they came through. The first fault is kept as <see cref="Problem"/>; what a faulty field returns must not be used.</summary>
public sealed partial class FieldReader
{
    // Above any transfer that a person makes, and far below where decimals overflow.
    private const decimal LargestAmount = 1_000_000_000_000m;

    // Above any rate between two currencies.
    private const decimal LargestRate = 1_000_000_000m;

    // The FX week is known from 1970 to 2100, and a time near its ends may lie in the next year of another zone.
    private const int FirstYear = 1971;
    private const int LastYear = 2099;

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    /// <summary>The first fault; null while all fields were right.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>Keeps the fault if it is the first.</summary>
    public void Refuse(Problem problem) => Problem ??= problem;

    public Currency Currency(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(Problems.Missing(field, "an ISO 4217 code such as EUR"));
        }
        else if (Domain.Currencies.Currency.TryParse(text.Trim(), out var currency))
        {
            return currency;
        }
        else
        {
            Refuse(Problems.Invalid("unknown_currency", field, "the three-letter code of an active ISO 4217 currency", text));
        }

        return Iso4217.All[0];
    }

    public CurrencyPair? Pair(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(Problems.Missing(field, "a currency pair such as EUR/USD"));
            return null;
        }

        if (!CurrencyPair.TryParse(text.Trim(), out var pair))
        {
            Refuse(Problems.Invalid("unknown_pair", field, "two different active ISO 4217 codes as in EUR/USD", text));
        }

        return pair;
    }

    /// <summary>A decimal number with a point; 0 where the field is refused.</summary>
    /// <param name="field">The field's name.</param>
    /// <param name="text">Its text.</param>
    /// <param name="code">The problem's code where it is no number.</param>
    public decimal Number(string field, string? text, string code = "invalid_amount")
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Refuse(Problems.Missing(field, "a decimal number above zero"));
        }
        else if (PlainNumber().IsMatch(text.Trim())
            && decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        else
        {
            Refuse(Problems.Invalid(code, field, "a decimal number with a point, such as 5000 or 5,000.00", text));
        }

        return 0m;
    }

    /// <summary>As <see cref="Number"/>; null where the field is absent.</summary>
    public decimal? NumberIfTold(string field, string? text, string code = "invalid_amount") => text is null ? null : Number(field, text, code);

    /// <summary>Refuses a rate that no two currencies have; one that is absent is right.</summary>
    public void CheckRate(string field, decimal? rate)
    {
        if (rate is <= 0m or > LargestRate)
        {
            Refuse(Problems.Invalid($"invalid_{field}", field, $"above zero and at most {LargestRate:0}", Plain(rate.Value)));
        }
    }

    /// <summary>Refuses an amount that nobody can pay: zero or less, too large, or in parts of the currency's minor unit.</summary>
    public void CheckAmount(string field, Money amount)
    {
        if (amount.Amount <= 0m)
        {
            Refuse(Problems.Invalid("invalid_amount", field, "above zero", Plain(amount.Amount)));
        }
        else if (amount.Amount > LargestAmount)
        {
            Refuse(Problems.Invalid("invalid_amount", field, $"at most {LargestAmount:0}", Plain(amount.Amount)));
        }
        else if (!amount.FitsMinorUnit())
        {
            Refuse(Problems.Invalid("amount_too_precise", field, $"in whole minor units of {amount.Currency}, which has {amount.Currency.MinorUnits} decimals", Plain(amount.Amount)));
        }
    }

    /// <summary>An instant: a date (its start, UTC) or a date and time with an offset or <c>Z</c>; null where the field is absent.</summary>
    public DateTimeOffset? Instant(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (TryDate(text, out var day))
        {
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        }

        var instant = ReadInstant(text, TimeZoneInfo.Utc);
        if (instant is null)
        {
            Refuse(Problems.Invalid("invalid_time", field, $"a date or an ISO 8601 instant such as 2026-03-15T12:00:00Z, from {FirstYear} to {LastYear}", text));
        }

        return instant;
    }

    /// <summary>A begin: a date means the start of that day in the zone, a time without an offset is local to the zone; null where the field is absent.</summary>
    public DateTimeOffset? Begin(string field, string? text, TimeZoneInfo zone) => !string.IsNullOrWhiteSpace(text) && TryDate(text, out var day) ? Local(day.ToDateTime(TimeOnly.MinValue), zone) : Deadline(field, text, zone);

    /// <summary>A deadline: a date means the end of that day in the zone, a time without an offset is local to the zone; null where the field is absent.</summary>
    public DateTimeOffset? Deadline(string field, string? text, TimeZoneInfo zone)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var deadline = TryDate(text, out var day)
            ? Local(day.AddDays(1).ToDateTime(TimeOnly.MinValue), zone)
            : ReadInstant(text, zone);
        if (deadline is null)
        {
            Refuse(Problems.Invalid("invalid_deadline", field, $"a date such as 2026-03-15 or an ISO 8601 instant, from {FirstYear} to {LastYear}", text));
        }

        return deadline;
    }

    /// <summary>The end of a span, itself inside: a date means the last tick of that day in UTC; null where the field is absent.</summary>
    public DateTimeOffset? LastInstant(string field, string? text) =>
        Deadline(field, text, TimeZoneInfo.Utc) is { } end ? end.AddTicks(TryDate(text!, out _) ? -1 : 0) : null;

    public TimeZoneInfo Zone(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(text.Trim(), out var zone))
        {
            return zone;
        }

        Refuse(Problems.Invalid("unknown_time_zone", field, "an IANA time zone such as Europe/Berlin", text));
        return TimeZoneInfo.Utc;
    }

    /// <summary>One of a few words; the first is the default where the field is absent.</summary>
    public T Word<T>(string field, string? text, params ReadOnlySpan<(string Word, T Value)> words)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return words[0].Value;
        }

        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var names = new List<string>();
        foreach (var (word, _) in words)
        {
            names.Add(word);
        }

        Refuse(Problems.Invalid($"unknown_{field}", field, $"one of {string.Join(", ", names)}", text));
        return words[0].Value;
    }

    private static string Plain(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool TryDate(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= FirstYear and <= LastYear;

    private static DateTimeOffset? ReadInstant(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text.Trim(), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time)
            || time.Year is < FirstYear or > LastYear)
        {
            return null;
        }

        return time.Kind == DateTimeKind.Utc ? new DateTimeOffset(time) : Local(time, zone);
    }

    private static DateTimeOffset Local(DateTime time, TimeZoneInfo zone) => WallClock.InstantOf(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time), zone);

    [GeneratedRegex(@"^-?(\d{1,28}|\d{1,3}(,\d{3}){1,8})(\.\d{1,28})?$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainNumber();
}
