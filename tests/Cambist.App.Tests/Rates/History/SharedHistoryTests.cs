using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class SharedHistoryTests : HistoryImportFixture
{
    [Fact]
    public void The_shared_history_goes_in_without_a_refusal_and_again_without_a_change()
    {
        var folder = SharedData.File("fx/hourly");
        var import = new HistoryImport(Bars, TimeProvider.System);

        var first = import.Run(folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(first.Files);
        Assert.All(first.Files, file => Assert.Equal((file.File, null, 0), (file.File, file.Fault, file.RefusedRows)));
        Assert.Equal((0, 0), (first.Rows.Changed, first.Rows.Unchanged));
        Assert.All(first.Files, file => Assert.Equal(file.Rows.Inserted, Bars.Pairs().Single(held => held.Pair == file.Pair).Bars));

        var again = import.Run(folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(new UpsertCounts(0, 0, first.Rows.Inserted), again.Rows);
    }
}
