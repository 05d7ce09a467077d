using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Quotes;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Calendars;

public sealed class MarkupWindowTests
{
    // Revolut's weekend, the example of the record's summary.
    private static readonly MarkupWindow Weekend = new("weekend", FxWeek.NewYork, DayOfWeek.Friday, new(17, 0), DayOfWeek.Sunday, new(18, 0), 1m);

    [Theory]
    [InlineData("2021-03-12T21:59:59.9999999Z", false)] // Friday, winter time.
    [InlineData("2021-03-12T22:00Z", true)]
    [InlineData("2021-03-14T21:59:59.9999999Z", true)] // Sunday, summer time since the morning.
    [InlineData("2021-03-14T22:00Z", false)]
    [InlineData("2021-11-05T21:00Z", true)]
    [InlineData("2021-11-07T22:59Z", true)]
    [InlineData("2021-11-07T23:00Z", false)]
    [InlineData("2021-11-10T12:00Z", false)]
    public void A_window_follows_the_clock_of_its_zone(string instant, bool covered) => Assert.Equal(covered, Weekend.Covers(At(instant)));

    [Theory]
    [InlineData("2026-01-07T23:59:58Z", true)]
    [InlineData("2026-01-07T23:59:59Z", false)]
    [InlineData("2026-01-07T08:00:29Z", false)]
    [InlineData("2026-01-07T08:00:30Z", true)]
    public void A_window_keeps_its_seconds(string instant, bool covered)
    {
        var window = new MarkupWindow("Wednesday", TimeZoneInfo.Utc, DayOfWeek.Wednesday, new(8, 0, 30), DayOfWeek.Wednesday, new(23, 59, 59), 1m);

        Assert.Equal(covered, window.Covers(At(instant)));
    }

    [Fact]
    public void A_window_and_its_complement_cover_each_instant_once() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 1439], Gen.Int[0, 6], Gen.Int[0, 1439], Gen.Int[0, 20_000_000])
            .Where((fromDay, from, toDay, to, _) => (fromDay, from) != (toDay, to))
            .Sample((fromDay, from, toDay, to, minutes) =>
            {
                var (start, end) = (TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to));
                var window = new MarkupWindow("window", FxWeek.NewYork, (DayOfWeek)fromDay, start, (DayOfWeek)toDay, end, 1m);
                var rest = new MarkupWindow("rest", FxWeek.NewYork, (DayOfWeek)toDay, end, (DayOfWeek)fromDay, start, 1m);
                var instant = At("2000-01-01T00:00Z").AddMinutes(minutes);
                return window.Covers(instant) != rest.Covers(instant);
            });

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
