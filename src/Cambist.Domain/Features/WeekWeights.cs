using System.Runtime.CompilerServices;
using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>
/// The weights of the hours around a week as the season of that week has them, summed up from five days before its open to a day after its close, so that the weight of any span
/// that a feature looks back or ahead is a difference. The sums begin at the same hour whichever rows are asked for, so that the differences are the same to the bit.
/// </summary>
internal sealed class WeekWeights
{
    /// <summary>Hours that may be looked back at.</summary>
    public const int Behind = FxWeek.Hours;

    /// <summary>Hours that may be looked ahead at.</summary>
    public const int Ahead = 24;

    private const int Hours = Behind + FxWeek.Hours + Ahead;

    private readonly double[] _season = new double[Hours + 1];
    private readonly double[] _announced = new double[Hours + 1];
    private int _start;

    /// <summary>Whether an announcement falls into the hours.</summary>
    public bool HasAnnounced { get; private set; }

    /// <summary>Sums up the hours around a week.</summary>
    public void Read(int week, SeasonOfWeek season, AnnouncedHours announced)
    {
        _start = week * FxWeek.Hours - Behind;
        for (var hour = 0; hour < Hours; hour++)
        {
            _season[hour + 1] = _season[hour] + season[hour % FxWeek.Hours];
        }

        var times = announced.Between(_start, _start + Hours, out var effects);
        HasAnnounced = times.Length > 0;
        if (!HasAnnounced)
        {
            return;
        }

        Array.Clear(_announced);
        for (var i = 0; i < times.Length; i++)
        {
            _announced[times[i] - _start] = season[MarketClock.HourOfWeek(times[i])] * (season.Effect(effects[i]) - 1);
        }

        for (var hour = 0; hour < Hours; hour++)
        {
            _announced[hour + 1] += _announced[hour];
        }
    }

    /// <summary>The season's weight of the hours (time + after, time + upTo], for as many times as there is room, from one on.</summary>
    public void Season(int time, int after, int upTo, Span<double> weights) => Differences(_season, time, after, upTo, weights);

    /// <summary>The same for what announcements add to the season's weight; to be asked where <see cref="HasAnnounced"/>.</summary>
    public void Announced(int time, int after, int upTo, Span<double> weights) => Differences(_announced, time, after, upTo, weights);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Differences(double[] sums, int time, int after, int upTo, Span<double> weights)
    {
        var low = sums.AsSpan(time + after - _start, weights.Length);
        var high = sums.AsSpan(time + upTo - _start, weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = high[i] - low[i];
        }
    }
}
