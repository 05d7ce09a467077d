using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates;

/// <summary>What is really known of why there is no fresh rate: the weekend, a bank holiday, or sources that cannot be reached, with their own words.</summary>
public sealed class RateCauses(SourceRoster roster, SourceHealth sources, FeedHealth feeds, MarketFacts market)
{
    private const int MostFaults = 6;
    private const int MostDays = 7;
    private static readonly Currency Euro = Currency.Parse("EUR");

    /// <summary>Whole sentences, each with a blank before it; empty where nothing is known.</summary>
    /// <param name="lastSeen">When the last rate was true; null where none is known.</param>
    /// <param name="at">The instant of the question.</param>
    /// <param name="isNow">Whether the question is about now: what a source's health is today says nothing of the past.</param>
    public string Of(DateTimeOffset? lastSeen, DateTimeOffset at, bool isNow)
    {
        var weekend = FxWeek.IsOpen(at) ? "" : $" The market is closed for the weekend until {RateProblems.At(FxWeek.NextOpen(at))}.";
        return weekend + Holidays(lastSeen ?? at, at) + (isNow ? OfNow() : " Recorded history has nothing newer at that time.");
    }

    /// <summary>The bank holidays of New York and of the euro's system (TARGET), on which fixings are left out and the market is thin, from one instant's day to another's.</summary>
    internal static string Holidays(DateTimeOffset from, DateTimeOffset to)
    {
        var end = DateOnly.FromDateTime(to.UtcDateTime);
        var first = DateOnly.FromDateTime(from.UtcDateTime);
        first = first < end.AddDays(-MostDays) ? end.AddDays(-MostDays) : first;
        var told = new List<string>();
        for (var day = first; day <= end; day = day.AddDays(1))
        {
            var names = new[] { (Place: "TARGET", Name: NameOf(Euro, day)), (Place: "New York", Name: NameOf(Currency.Usd, day)) }
                .Where(holiday => holiday.Name is not null).Select(holiday => $"{holiday.Place}: {holiday.Name}").ToList();
            if (names.Count > 0)
            {
                told.Add($" {day:yyyy-MM-dd} is a bank holiday ({string.Join(", ", names)}).");
            }
        }

        return string.Concat(told);
    }

    private string OfNow()
    {
        if (market.Mode != MarketMode.Live)
        {
            return market.Mode == MarketMode.Replay ? " The replayed history ends there or has a gap." : "";
        }

        if (roster.Sources.All(source => !source.IsOn) && feeds.States.Count == 0)
        {
            return " No source is turned on: 'cambist rates sources' says how.";
        }

        var failing = sources.States.Where(state => state.LastFault is not null).Select(state => (state.Source, Fault: Cut(state.LastFault!)))
            .Concat(feeds.States.Where(state => state is { IsConnected: false, LastFault: not null }).Select(state => (Source: $"the feed of {state.Feed}", Fault: Cut(state.LastFault!))))
            .GroupBy(one => one.Fault, one => one.Source)
            .Select(alike => $"{string.Join(", ", alike)} ({alike.Key})")
            .ToList();
        if (failing.Count > 0)
        {
            var more = failing.Count > MostFaults ? $" and {failing.Count - MostFaults} more" : "";
            return $" Sources that fail: {string.Join("; ", failing.Take(MostFaults))}{more}.";
        }

        return sources.States.Any(state => state.LastSuccessAt is not null)
            ? " The sources that were asked answer, and none of them tells a newer rate of this pair."
            : " No source has answered yet.";
    }

    // Before 2003 and after 2099 no bank holiday is on record.
    private static string? NameOf(Currency currency, DateOnly day) => day.Year is >= 2003 and <= 2099 ? BusinessCalendar.For(currency, currency).HolidayOn(day) : null;

    private static string Cut(string fault) => fault.TrimEnd('.');
}
