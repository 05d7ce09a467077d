using System.Text.RegularExpressions;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Architecture;

/// <summary>What <c>docs/security.md</c> says holds a requirement is there: a table of claims must not outlive its tests.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string Document = File.ReadAllText(RepositoryRoot.Combine("docs", "security.md"));

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        var sources = SourceFile.Under("tests", ".cs");
        var named = Named().Matches(Document).Select(match => (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)).Distinct().ToList();

        Assert.True(named.Count > 100, $"It names tests, was {named.Count}.");
        Assert.Empty(named.Where(test => !sources.Any(file => Declares(file.Text, test.Class, test.Method))).Select(test => $"There is no test {test.Class}.{test.Method}."));
    }

    [Fact]
    public void Every_chapter_of_the_standard_has_its_part() => Assert.All(
        Enumerable.Range(1, 17), chapter => Assert.Matches($@"(?m)^### V{chapter} ", Document));

    [Theory]
    [InlineData("public sealed class OneTests\n{\n    public async Task It_holds()\n", true)]
    [InlineData("public abstract class OneTests(int of)\n{\n    public void It_holds(int times) =>\n", true)]
    [InlineData("public sealed class OtherTests\n{\n    public void It_holds()\n", false)]
    [InlineData("public sealed class OneTests\n{\n    public void It_holds_no_more()\n", false)]
    [InlineData("public sealed class OneTests\n{\n    // It_holds() was here.\n", false)]
    public void A_test_is_known_by_its_class_and_its_name(string source, bool expected) => Assert.Equal(expected, Declares(source, "OneTests", "It_holds"));

    private static bool Declares(string source, string type, string method) =>
        Regex.IsMatch(source, $@"\bclass {type}\b") && Regex.IsMatch(source, $@"\bpublic (async )?(Task|void) {method}\(");

    // As in `RateLimitTests.Who_sits_at_the_machine_is_not_limited`.
    [GeneratedRegex(@"`(?<class>\w+)\.(?<method>[A-Z]\w*_\w+)`")]
    private static partial Regex Named();
}
