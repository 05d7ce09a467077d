using System.Globalization;
using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>The query of recorded history, read and checked; nothing in it reaches past now.</summary>
public sealed record HistoryQuery(CurrencyPair? Pair, DateTimeOffset From, DateTimeOffset To, string Interval, DateTimeOffset? Cursor, int Limit, Problem? Problem)
{
    private const int DefaultLimit = 1000;
    private const int LargestLimit = 10_000;
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(366 * 30);

    /// <summary>Where the page begins.</summary>
    public DateTimeOffset Start => Cursor > From ? Cursor.Value : From;

    public static HistoryQuery Read(string? pair, string? from, string? to, string? interval, string? cursor, string? limit, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var wanted = fields.Pair("pair", pair);
        var end = fields.Instant("to", to) ?? now;
        end = end > now ? now : end;
        var start = fields.Instant("from", from) ?? end - DefaultSpan;
        var unit = fields.Word("interval", interval, ("1h", "1h"), ("1d", "1d"));
        var page = fields.Instant("cursor", cursor);
        var count = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= LargestLimit))
        {
            fields.Refuse(Problems.Invalid("invalid_limit", "limit", $"a whole number from 1 to {LargestLimit}", limit));
        }

        if (start > end || end - start > LongestSpan)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "from", "before 'to' and at most thirty years earlier", from));
        }

        return new HistoryQuery(wanted, start, end, unit, page, count, fields.Problem);
    }
}
