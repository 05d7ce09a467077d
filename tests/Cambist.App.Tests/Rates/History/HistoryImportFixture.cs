using System.IO.Compression;
using System.Text;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

/// <summary>A throw-away store, a folder for files, and a clock that stands on Wednesday 8 January 2020, 12:30 UTC.</summary>
public abstract class HistoryImportFixture : IDisposable
{
    protected const string Header = "time,open,high,low,close,volume,spread,src";

    protected static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    protected static readonly CurrencyPair UsdEur = EurUsd.Inverse;
    protected static readonly DateTimeOffset Now = new(2020, 1, 8, 12, 30, 0, TimeSpan.Zero);
    protected static readonly DateTimeOffset Monday = new(2020, 1, 6, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder temporary = new();

    protected HistoryImportFixture()
    {
        Bars = new BarStore(Store);
        Import = new HistoryImport(Bars, new FakeTimeProvider(Now));
    }

    protected string Folder => temporary.Path;

    protected SqliteStore Store { get; } = SqliteStore.OpenThrowAway();

    protected BarStore Bars { get; }

    protected HistoryImport Import { get; }

    public void Dispose()
    {
        Store.Dispose();
        temporary.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static string Row(int hour, string price = "1.1") => $"{Monday.AddHours(hour):yyyy-MM-dd'T'HH:mm:ss'Z'},{price},{price},{price},{price},,,T";

    protected static string[] Rows(int count) => [Header, .. Enumerable.Range(0, count).Select(hour => Row(hour, $"1.{hour + 1000}"))];

    /// <summary>Rows from January 2000 on, Monday to Thursday of each week.</summary>
    protected static string[] YearsOfRows(int count)
    {
        var hours = Enumerable.Range(0, count).Select(index => new DateTimeOffset(2000, 1, 3, 0, 0, 0, TimeSpan.Zero).AddDays(index / 96 * 7 + index % 96 / 24).AddHours(index % 24));
        return [Header, .. hours.Select((hour, index) => $"{hour:yyyy-MM-dd'T'HH:mm:ss'Z'},1.1,2.0,1.0,1.{index % 9000 + 1000},,,T")];
    }

    protected static byte[] Gzip(params string[] lines)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
            gzip.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));
        return compressed.ToArray();
    }

    protected string Write(string name, params string[] lines) => Write(name, Encoding.UTF8.GetBytes(string.Join('\n', lines) + '\n'));

    protected string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    protected ImportResult Run(string? path = null, CurrencyPair? pair = null, IProgress<ImportProgress>? progress = null) =>
        Import.Run(path ?? Folder, pair, progress, TestContext.Current.CancellationToken);

    protected FileImport RunOne(string name, params string[] lines) => Assert.Single(Run(Write(name, lines)).Files);

    protected IReadOnlyList<HourlyBar> Stored(CurrencyPair pair) => Bars.Read(pair, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Progress that is told in the reporting thread; <see cref="Progress{T}"/> posts to another.</summary>
    protected sealed class Told(Action<ImportProgress> act) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => act(value);
    }
}
