using Cambist.App.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates;

public sealed class SharedHistoryTests : HistoryImportFixture
{
    [Fact]
    public void The_shared_history_goes_in_without_a_refusal_and_again_without_a_change()
    {
        var folder = FindFolder();
        if (folder is null) Assert.Skip("Lacks the shared market data: neither CAMBIST_SHARED_DATA nor ../shared/data beside the repository has fx/hourly.");

        var import = new HistoryImport(Bars, TimeProvider.System);
        var first = import.Run(folder, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(first.Files, file => Assert.Equal((file.File, null, 0), (file.File, file.Fault, file.RefusedRows)));
        Assert.Equal((0, 0), (first.Rows.Changed, first.Rows.Unchanged));
        Assert.All(first.Files, file => Assert.Equal(file.Rows.Inserted, Bars.Pairs().Single(held => held.Pair == file.Pair).Bars));

        var again = import.Run(folder, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(new UpsertCounts(0, 0, first.Rows.Inserted), again.Rows);
    }

    private static string? FindFolder()
    {
        var root = Environment.GetEnvironmentVariable("CAMBIST_SHARED_DATA");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); root is null && folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Cambist.slnx"))) root = Path.Combine(folder.FullName, "..", "shared", "data");
        }

        var hourly = Path.Combine(root ?? "", "fx", "hourly");
        return root is not null && Directory.Exists(hourly) ? hourly : null;
    }
}
