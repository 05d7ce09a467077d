using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.App.Edge;
using Cambist.App.Rates.Ticks;
using Cambist.Client;

namespace Cambist.App.Rates;

/// <summary>
/// The query of what was not accepted, read and checked. A page is told newest first; its cursor names the instant of its last item, and how many of that instant were
/// told, for the items of one answer were all observed at once.
/// </summary>
internal sealed partial record RefusalQuery(DateTimeOffset Since, DateTimeOffset? Until, int Skip, int Limit, string? Source, Problem? Problem)
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 1000;
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private static readonly TimeSpan DefaultSpan = TimeSpan.FromDays(1);

    public static RefusalQuery Read(string? since, string? limit, string? source, string? cursor, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var from = fields.Instant("since", since) ?? now - DefaultSpan;
        var count = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is > 0 and <= LargestLimit))
        {
            fields.Refuse(Problems.Invalid("invalid_limit", "limit", $"a whole number from 1 to {LargestLimit}", limit));
        }

        if (!string.IsNullOrWhiteSpace(source) && !SourceId().IsMatch(source))
        {
            fields.Refuse(Problems.Invalid("unknown_source", "source", "the id of a source, such as kraken", source));
        }

        var (until, skip) = string.IsNullOrWhiteSpace(cursor) ? (null, 0) : Cursor(cursor, fields);
        return new RefusalQuery(from, until, skip, count, string.IsNullOrWhiteSpace(source) ? null : source, fields.Problem);
    }

    /// <summary>The page; blocks.</summary>
    public RateRefusals Page(TickStore ticks)
    {
        var found = ticks.Refusals(Since, Limit + 1, Source, Until, Skip);
        var items = found.Take(Limit).ToList();
        return new RateRefusals(
            [.. items.Select(rate => new RateRefusal(rate.Pair, rate.Source, rate.Verdict, rate.Code, rate.Detail, rate.Bid, rate.Ask, rate.EffectiveAt, rate.ObservedAt))],
            found.Count > Limit ? After(items) : null,
            Since);
    }

    private string After(List<RefusedRate> items)
    {
        var at = items[^1].ObservedAt;
        var told = items.Count(item => item.ObservedAt == at) + (at == Until ? Skip : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture)}~{told}");
    }

    private static (DateTimeOffset? Until, int Skip) Cursor(string text, FieldReader fields)
    {
        if (text.Split('~') is [var at, var told]
            && DateTimeOffset.TryParseExact(at, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var skip))
        {
            return (until, skip);
        }

        fields.Refuse(Problems.Invalid("invalid_cursor", "cursor", "next_cursor of the page before", text));
        return (null, 0);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex SourceId();
}
