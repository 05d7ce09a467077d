using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class HistoryImportOnPostgresTests
{
    [Fact]
    public void An_import_reads_back_and_again_changes_nothing()
    {
        using var database = new TestDatabase(Engine.Postgres);
        using var store = database.Open();
        using var files = new TemporaryFolder();
        DateTimeOffset from = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero), until = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var written = SeededHistory.WriteFile(files.File("EURUSD.csv.gz"), 1.1, from, until);
        var bars = new BarStore(store);
        var import = new HistoryImport(bars, TimeProvider.System);

        var first = import.Run(files.Path, cancellationToken: TestContext.Current.CancellationToken);
        var again = import.Run(files.Path, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(new UpsertCounts(written, 0, 0), first.Rows);
        Assert.Equal(new UpsertCounts(0, 0, written), again.Rows);
        Assert.Equal(written, bars.Read(CurrencyPair.Parse("EURUSD"), from, until).Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{written} bars in {first.Elapsed.TotalMilliseconds} ms");
    }
}
