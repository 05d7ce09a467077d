using System.IO.MemoryMappedFiles;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>
/// The examples of a pair as a file: one row for each market hour, without a gap, with the raw features that are known at its close and the outcomes over the next
/// hours. It is mapped into memory, so that the system keeps in memory what is being read and no more.
/// </summary>
/// <remarks>The layout is that of <see cref="FeatureFileHeader"/>.</remarks>
internal sealed unsafe class FeatureFile : IDisposable
{
    private readonly FeatureFileHeader _header;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FormatException">It is not a feature file, or is cut short, or its hours have a gap.</exception>
    public FeatureFile(string path)
    {
        Path = path;
        using (var stream = File.OpenRead(path))
            _header = FeatureFileHeader.Read(stream);

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, _header.Length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        var hours = Hours;
        for (var row = 1; row < hours.Length; row++)
        {
            if (hours[row] == hours[row - 1] + 1)
                continue;

            var (found, before) = (hours[row], hours[row - 1]);
            Dispose();
            throw new FormatException($"{Path}: a feature file has a row for each market hour, found {found} after {before}.");
        }
    }

    /// <summary>Where the file lies.</summary>
    public string Path { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => (int)_header.Rows;

    /// <summary>Numbers in a row of features.</summary>
    public int FeatureCount => _header.FeatureCount;

    /// <summary>SHA-256 of the feature names, in hexadecimal.</summary>
    public string NamesFingerprint => _header.NamesFingerprint;

    /// <summary>The market hour at whose end each row is known.</summary>
    public ReadOnlySpan<long> Hours => new(_start + FeatureFileHeader.Size, Rows);

    /// <summary>The features of the rows [from, to), one row after the other.</summary>
    public ReadOnlySpan<float> Features(int from, int to) => Slice(_header.FeaturesStart, FeatureCount, from, to);

    /// <summary>The outcomes of the rows [from, to), one row after the other.</summary>
    public ReadOnlySpan<float> Targets(int from, int to) => Slice(_header.TargetsStart, ReturnTargets.Horizons, from, to);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_start is not null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }

    private ReadOnlySpan<float> Slice(long part, int width, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Rows);
        return new ReadOnlySpan<float>(_start + part + (long)from * width * sizeof(float), (to - from) * width);
    }
}
