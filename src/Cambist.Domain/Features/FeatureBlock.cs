using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>Rows of one week that are told together: they share a season. Features are written to them column by column.</summary>
internal readonly ref struct FeatureBlock(VarianceTrack track, WeekWeights weights, int from, Span<float> values)
{
    /// <summary>The most rows of a block.</summary>
    public const int Most = FxWeek.Hours;

    private readonly Span<float> _values = values;

    /// <summary>The track.</summary>
    public VarianceTrack Track { get; } = track;

    /// <summary>The weights of the hours around the week.</summary>
    public WeekWeights Weights { get; } = weights;

    /// <summary>The first row.</summary>
    public int From { get; } = from;

    /// <summary>Number of rows.</summary>
    public int Rows { get; } = values.Length / FeatureSet.Width;

    /// <summary>Market time at the end of the first row.</summary>
    public int End => Track.Path.Start + From;

    /// <summary>The level of each row.</summary>
    public ReadOnlySpan<double> Levels => Track.Levels.Slice(From, Rows);

    /// <summary>The log close that lies some hours behind each row.</summary>
    public ReadOnlySpan<double> LogCloses(int hoursBack) => Track.Path.LogCloses.Slice(From - hoursBack, Rows);

    /// <summary>The variance that each row's level expects of the hours behind it.</summary>
    public void VarianceBehind(int hours, Span<double> variances)
    {
        Weights.Season(End, -hours, 0, variances);
        if (Weights.HasAnnounced)
        {
            Span<double> announced = stackalloc double[Most];
            Weights.Announced(End, -hours, 0, announced[..Rows]);
            for (var i = 0; i < Rows; i++)
            {
                variances[i] += announced[i];
            }
        }

        var levels = Levels;
        for (var i = 0; i < Rows; i++)
        {
            variances[i] *= levels[i];
        }
    }

    /// <summary>All numbers of a row.</summary>
    public Span<float> Row(int row) => _values.Slice(row * FeatureSet.Width, FeatureSet.Width);

    /// <summary>Sets a number of a row.</summary>
    public void Set(int column, int row, float value) => _values[row * FeatureSet.Width + column] = value;

    /// <summary>Sets a column, one number for each row.</summary>
    public void Set(int column, ReadOnlySpan<float> numbers)
    {
        for (int i = 0, at = column; i < numbers.Length; i++, at += FeatureSet.Width)
        {
            _values[at] = numbers[i];
        }
    }

    /// <summary>Sets a column to one number.</summary>
    public void Set(int column, float number)
    {
        for (var at = column; at < _values.Length; at += FeatureSet.Width)
        {
            _values[at] = number;
        }
    }

    /// <summary>Sets a column to half the logarithm of each ratio.</summary>
    public void SetHalfLogs(int column, ReadOnlySpan<double> ratios)
    {
        Span<float> logs = stackalloc float[Most];
        Logarithms.Half(ratios, logs);
        Set(column, logs[..ratios.Length]);
    }
}
