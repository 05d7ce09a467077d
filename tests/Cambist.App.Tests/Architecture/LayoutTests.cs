using Xunit;

namespace Cambist.App.Tests.Architecture;

public sealed class LayoutTests
{
    private static IEnumerable<SourceFile> HandWritten => new[] { "src", "tests", "bench" }
        .SelectMany(folder => SourceFile.Under(folder, ".cs", ".razor", ".css", ".js"));

    [Fact]
    public void No_folder_sorts_by_technical_kind() => Assert.Empty(HandWritten.SelectMany(Layout.BannedFolder));

    [Fact]
    public void No_file_is_longer_than_five_hundred_lines() => Assert.Empty(HandWritten.SelectMany(Layout.TooLong));

    [Theory]
    [InlineData("src/Cambist.Domain")]
    [InlineData("src/Cambist.App")]
    public void A_type_has_the_namespace_of_its_folder(string project) =>
        Assert.Empty(SourceFile.Under(project, ".cs").SelectMany(Layout.StrayNamespace));

    [Theory]
    [InlineData("src/Cambist.App/Rates/Services/Feed.cs", "Services")]
    [InlineData("src/Cambist.Web/helpers/Chart.razor", "helpers")]
    [InlineData("tests/Cambist.TestKit/Common/Clock.cs", "Common")]
    public void A_folder_named_after_a_technical_kind_is_found(string path, string folder) =>
        Assert.Equal([$"{path}: a folder is named after its feature, was {folder}."], Layout.BannedFolder(new SourceFile(path, "")));

    [Fact]
    public void A_file_may_be_named_as_a_folder_may_not() =>
        Assert.Empty(Layout.BannedFolder(new SourceFile("src/Cambist.App/Rates/Common.cs", "")));

    [Theory]
    [InlineData(500, false)]
    [InlineData(501, true)]
    public void A_file_over_five_hundred_lines_is_found(int lines, bool found)
    {
        var text = string.Concat(Enumerable.Repeat("//\n", lines));

        Assert.Equal(found, Layout.TooLong(new SourceFile("src/Long.cs", text)).Any());
        Assert.Equal(found, Layout.TooLong(new SourceFile("src/Long.cs", text.TrimEnd('\n'))).Any());
    }

    [Theory]
    [InlineData("namespace Cambist.Domain.Quotes;\npublic sealed record Fee;", "Cambist.Domain.Quotes")]
    [InlineData("namespace Cambist.Domain\n{\n    public enum Side { Buy, Sell }\n}", "Cambist.Domain")]
    [InlineData("public static class Bare { }", "none")]
    public void A_type_outside_the_namespace_of_its_folder_is_found(string text, string found) => Assert.Equal(
        [$"src/Cambist.Domain/Rates/Checks/Spike.cs: the namespace is Cambist.Domain.Rates.Checks, was {found}."],
        Layout.StrayNamespace(new SourceFile("src/Cambist.Domain/Rates/Checks/Spike.cs", text)));

    [Fact]
    public void A_type_in_the_namespace_of_its_folder_is_allowed() => Assert.Empty(
        Layout.StrayNamespace(new SourceFile("src/Cambist.Domain/Rates/Tick.cs", "namespace Cambist.Domain.Rates;\n\npublic sealed record Tick;")));
}
