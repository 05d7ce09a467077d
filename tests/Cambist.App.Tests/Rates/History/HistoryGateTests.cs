using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

/// <summary>What a source tells of the past is not believed blindly: later rates are compared with it.</summary>
public sealed class HistoryGateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");

    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();
    private readonly RateBook _book = new(new FakeTimeProvider(Now));
    private readonly TickStore _ticks;
    private readonly HistoryGate _gate;

    public HistoryGateTests()
    {
        _ticks = new TickStore(_store);
        _gate = new HistoryGate(_book, new RateHistory(new BarStore(_store)), _ticks, new FakeTimeProvider(Now));
    }

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("15050", "off_by_100")]
    [InlineData("1.505", "off_by_100")]
    [InlineData("0.00664", "inverted")]
    [InlineData("99", "jump")]
    public void A_page_of_another_unit_is_turned_away_whole_and_on_record(string told, string code)
    {
        Publish(150.2m);

        var page = _gate.Open(UsdJpy, "liar").Sound(Page([.. Enumerable.Repeat(decimal.Parse(told), 5)]));

        Assert.Empty(page.Hours);
        Assert.All(_ticks.Refusals(Now.AddDays(-1), 10), refusal => Assert.Equal(("liar", code), (refusal.Source, refusal.Code)));
        Assert.Equal(5, _ticks.Refusals(Now.AddDays(-1), 10).Count);
    }

    [Theory]
    [InlineData("15050")]
    [InlineData("0.00664")]
    public void Where_nothing_is_known_the_usual_order_of_magnitude_decides(string told)
    {
        Assert.Empty(_gate.Open(UsdJpy, "liar").Sound(Page(decimal.Parse(told))).Hours);
        Assert.Single(_gate.Open(UsdJpy, "honest").Sound(Page(150m)).Hours);
    }

    [Fact]
    public void One_bad_hour_spoils_no_other()
    {
        Publish(150.2m);

        var page = _gate.Open(UsdJpy, "kraken").Sound(Page(150m, 150.1m, 15010m, 150.2m, 90m, 150.3m));

        Assert.Equal([150m, 150.1m, 150.2m, 150.3m], page.Hours.Select(bar => bar.Close));
    }

    [Fact]
    public void A_move_as_large_as_the_francs_passes()
    {
        Publish(124m);

        Assert.Equal(4, _gate.Open(UsdJpy, "kraken").Sound(Page(150m, 149.8m, 125m, 124.5m)).Hours.Count);
    }

    [Fact]
    public void Years_of_daily_values_pass_from_the_newest_to_the_oldest()
    {
        Publish(150m);
        var days = Enumerable.Range(0, 2000)
            .Select(back => new DailyRate(DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-2001 + back), Now.AddDays(-2001 + back), 75m + back * 0.0375m)).ToList();

        Assert.Equal(2000, _gate.Open(UsdJpy, "ecb").Sound(new HistoryPage([], days, null)).Days.Count);
    }

    private void Publish(decimal mid) =>
        _book.Publish(new RateObservation(TwoSidedRate.AtMid(UsdJpy, mid), SpreadKnown: false, "book", Now, Now, TimeSpan.FromMinutes(5)));

    private static HistoryPage Page(params decimal[] closes)
    {
        var first = new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero).AddHours(-closes.Length);
        return new HistoryPage([.. closes.Select((close, hour) => new HourlyBar(first.AddHours(hour), close, close, close, close, null, null, "page"))], [], null);
    }
}
