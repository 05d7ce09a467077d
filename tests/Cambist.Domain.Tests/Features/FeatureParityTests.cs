using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Features;

/// <summary>Training reads years of rows at once, serving the last week of what it has: both see the same numbers.</summary>
public sealed class FeatureParityTests
{
    private const int Week = 168;

    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    private static readonly HourlySeries Own = SimulatedHours.Clustered(31, VarianceTrack.WeeksOfHistory + 60).Without(i => i % 97 == 5 || i % 4001 > 3960);
    private static readonly HourlySeries Other = SimulatedHours.Clustered(32, VarianceTrack.WeeksOfHistory + 60, UsdJpy);

    [Fact]
    public void A_row_is_the_same_to_the_bit_in_a_large_block_and_in_a_small_one()
    {
        var (tracks, pulse) = Tracks(Own, Other);
        var own = tracks[0];
        var all = FeatureSet.Build(own, pulse, own.FirstReady, own.Path.Rows);

        Assert.All(new[] { 0, 1, 77, 12345 }, back =>
        {
            var to = own.Path.Rows - back;
            var small = FeatureSet.Build(own, pulse, to - Week, to);
            Assert.Equal(Bits(all.Values(to - Week - own.FirstReady, to - own.FirstReady)), Bits(small.Values(0, Week)));
        });
    }

    [Fact]
    public void A_row_is_the_same_to_the_bit_whatever_follows_it()
    {
        var asOf = Own.LastCloseTime.AddDays(-20).AddHours(5);
        var ((all, allPulse), (known, knownPulse)) = (Tracks(Own, Other), Tracks(Own.Until(asOf), Other.Until(asOf)));
        var rows = known[0].Path.Rows;

        Assert.Equal(Bits(FeatureSet.Build(all[0], allPulse, rows - Week, rows).Values(0, Week)), Bits(FeatureSet.Build(known[0], knownPulse, rows - Week, rows).Values(0, Week)));
    }

    [Fact]
    public void A_row_is_the_same_to_the_bit_where_the_last_rows_alone_were_kept()
    {
        var (tracks, pulse) = Tracks(Own, Other);
        var (own, last) = (tracks[0], tracks[0].Last(1984));
        var lastPulse = MarketPulse.Of([.. tracks.Select(track => track.Last(1984))], own.Path.Start + own.Path.Rows - 512, own.Path.Start + own.Path.Rows);

        Assert.Equal((1984, 0), (last.Path.Rows, last.FirstReady));
        Assert.Equal(Bits(FeatureSet.Build(own, pulse, own.Path.Rows - 512, own.Path.Rows).Values(0, 512)), Bits(FeatureSet.Build(last, lastPulse, 1984 - 512, 1984).Values(0, 512)));
        var (before, after) = (new double[24], new double[24]);
        own.Variances(own.Path.Rows - 1, before);
        last.Variances(1983, after);
        Assert.Equal(before, after);
        Assert.Equal(own.Outlook(own.Path.Rows - 1).Between(own.Path.Start + own.Path.Rows, own.Path.Start + own.Path.Rows + 700.5), last.Outlook(1983).Between(own.Path.Start + own.Path.Rows, own.Path.Start + own.Path.Rows + 700.5));
        Assert.Equal(1984, last.Last(4000).Path.Rows);
    }

    /// <summary>With all announcements: their learned strengths, the season and the settling of the level are what reaches back.</summary>
    [Fact]
    public void A_row_does_not_depend_on_where_the_history_began()
    {
        var start = FxWeek.OpenOf(Own.LastCloseTime.AddDays(-7)).AddDays(-7 * VarianceTrack.WeeksOfHistory);
        var ((all, allPulse), (late, latePulse)) = (Tracks(Own, Other), Tracks(Own.After(start), Other.After(start)));
        var (longer, shorter) = (Last(all[0], allPulse), Last(late[0], latePulse));

        Assert.True(late[0].Path.Rows < all[0].Path.Rows - 50 * FxWeek.Hours);
        for (var i = 0; i < longer.Length; i++)
        {
            Assert.True(
                longer[i] == shorter[i] || float.IsNaN(longer[i]) && float.IsNaN(shorter[i]) || Math.Abs(longer[i] - shorter[i]) <= 1e-6,
                $"{FeatureSet.Names[i % FeatureSet.Names.Count]} was {longer[i]:R} and {shorter[i]:R}");
        }
    }

    private static float[] Last(VarianceTrack track, MarketPulse pulse) => FeatureSet.Build(track, pulse, track.Path.Rows - Week, track.Path.Rows).Values(0, Week).ToArray();

    private static (VarianceTrack[] Tracks, MarketPulse Pulse) Tracks(params HourlySeries[] all)
    {
        VarianceTrack[] tracks = [.. all.Select(series => SimulatedHours.Track(series, AnnouncementEffects.For(series.Pair)))];
        return (tracks, MarketPulse.Of(tracks, tracks[0].Path.Start, tracks[0].Path.Start + tracks[0].Path.Rows));
    }

    private static int[] Bits(ReadOnlySpan<float> values) => [.. values.ToArray().Select(BitConverter.SingleToInt32Bits)];
}
