using System.Diagnostics;
using Cambist.TestKit;
using Xunit;
using Xunit.Sdk;

namespace Cambist.EndToEnd.Tests.Fixtures;

public sealed class TestKitTests
{
    [Fact]
    public void An_absent_component_skips_the_test_and_says_what_it_lacks()
    {
        var absent = new RealComponent("Oracle", "CAMBIST_TEST_NOT_SET_ANYWHERE", "ask at Delphi");

        var skip = SkipOf(absent.Where);

        Assert.EndsWith("needs Oracle: CAMBIST_TEST_NOT_SET_ANYWHERE is not set; ask at Delphi", skip.Message);
    }

    [Fact]
    public void Market_data_is_looked_for_beside_the_repository()
    {
        using var folder = new TemporaryFolder();

        var located = SharedData.Locate(variable: null, folder.File("repository"));

        Assert.Equal(Path.Combine(folder.Path, "shared", "data"), located);
    }

    [Fact]
    public void The_variable_for_market_data_goes_first()
    {
        using var folder = new TemporaryFolder();

        Assert.Equal(folder.Path, SharedData.Locate(folder.Path, RepositoryRoot.Path));
    }

    [Fact]
    public void Present_market_data_is_found_and_an_absent_file_skips_the_test_by_name()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("EURUSD.csv"), "time,close\n");

        Assert.Equal(folder.File("EURUSD.csv"), SharedData.Present(folder.Path, "EURUSD.csv"));
        var skip = SkipOf(() => SharedData.Present(folder.Path, "GBPUSD.csv"));
        Assert.Contains("needs market data: GBPUSD.csv is not in ../shared/data", skip.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_folder_is_gone_with_its_files_after_the_test()
    {
        string path;
        using (var folder = new TemporaryFolder())
        {
            path = folder.Path;
            File.WriteAllText(folder.File("note.txt"), "x");
            Assert.True(File.Exists(Path.Combine(path, "note.txt")));
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void The_repository_root_holds_the_solution() => Assert.True(File.Exists(RepositoryRoot.Combine("Cambist.slnx")));

    // Assert.Throws and Record.Exception let a skip through, so that it skips the test around them.
    private static SkipException SkipOf(Func<string> find)
    {
        try
        {
            Assert.Fail($"A skip was expected, was {find()}.");
        }
        catch (SkipException skip)
        {
            return skip;
        }

        throw new UnreachableException();
    }
}
