using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.Domain.Tests.Rates;

public sealed class HourlyBarTests
{
    private static readonly HourlyBar Sound = new(
        new DateTimeOffset(2021, 3, 15, 9, 0, 0, TimeSpan.Zero), 1.1930m, 1.1942m, 1.1921m, 1.1938m, 5123m, 0.00012m, "test");

    [Fact]
    public void A_sound_bar_has_no_fault()
    {
        Assert.Null(Sound.Fault());
        Assert.Null((Sound with { Volume = null, Spread = null }).Fault());
        Assert.Null((Sound with { Open = 1m, High = 1m, Low = 1m, Close = 1m, Spread = 0m }).Fault());
    }

    [Fact]
    public void A_bar_is_known_at_its_close_an_hour_after_its_open() =>
        Assert.Equal(new DateTimeOffset(2021, 3, 15, 10, 0, 0, TimeSpan.Zero), Sound.CloseTime);

    public static TheoryData<string, HourlyBar> Faulty => new()
    {
        { "full hour", Sound with { OpenTime = Sound.OpenTime.AddMinutes(1) } },
        { "full hour", Sound with { OpenTime = Sound.OpenTime.ToOffset(TimeSpan.FromHours(1)) } },
        { "above zero", Sound with { Low = 0m } },
        { "above zero", Sound with { Close = -1m } },
        { "high is at least low", Sound with { High = 1.10m } },
        { "between low and high", Sound with { Open = 1.20m } },
        { "between low and high", Sound with { Close = 1.19m } },
        { "reversed", Sound with { Spread = -0.0001m } },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_named(string words, HourlyBar bar) => Assert.Contains(words, bar.Fault(), StringComparison.Ordinal);
}
