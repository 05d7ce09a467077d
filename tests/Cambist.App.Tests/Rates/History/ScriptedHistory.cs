using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Tests.Rates.History;

/// <summary>A source that has a bar of every hour, or a value of every day, since an instant, tells so many at a time, and fails when the test says so.</summary>
internal sealed class ScriptedHistory(TimeProvider clock, HistoryUnit unit = HistoryUnit.Hour, int pageLength = 100, string id = "scripted") : IHistorySource
{
    public SourceProfile Profile { get; } = KrakenSource.About with { Id = id };

    public HistoryUnit Unit => unit;

    public DateTimeOffset Since { get; init; } = DateTimeOffset.UnixEpoch;

    public decimal Price { get; set; } = 1.1m;

    /// <summary>What each request asked for.</summary>
    public List<(DateTimeOffset From, DateTimeOffset Before)> Asked { get; } = [];

    /// <summary>What happens at a request, by its number from 1; null: an answer.</summary>
    public Func<int, Exception?> Fails { get; set; } = _ => null;

    public Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        Asked.Add((from, before));
        return Fails(Asked.Count) is { } fault ? Task.FromException<HistoryPage>(fault) : Task.FromResult(unit == HistoryUnit.Hour ? Hours(from, before) : Days(from, before));
    }

    private HistoryPage Hours(DateTimeOffset from, DateTimeOffset before)
    {
        var first = UnixHour.Ceiling(from > Since ? from : Since);
        var end = UnixHour.Floor(before < clock.GetUtcNow() ? before : clock.GetUtcNow());
        var start = Math.Max(first, end - pageLength);
        var bars = new List<HourlyBar>();
        for (var hour = start; hour < end; hour++)
        {
            if (FxWeek.IsOpen(UnixHour.ToInstant(hour)))
            {
                bars.Add(new HourlyBar(UnixHour.ToInstant(hour), Price, Price, Price, Price, null, null, id));
            }
        }

        return new HistoryPage(bars, [], start > first ? UnixHour.ToInstant(start) : null);
    }

    private HistoryPage Days(DateTimeOffset from, DateTimeOffset before)
    {
        var days = new List<DailyRate>();
        for (var noon = before.UtcDateTime.Date.AddHours(12); noon >= from && days.Count < pageLength; noon = noon.AddDays(-1))
        {
            if (noon < before)
            {
                days.Insert(0, new DailyRate(DateOnly.FromDateTime(noon), new DateTimeOffset(noon, TimeSpan.Zero), Price));
            }
        }

        return new HistoryPage([], days, days.Count == pageLength ? days[0].EffectiveAt : null);
    }
}
