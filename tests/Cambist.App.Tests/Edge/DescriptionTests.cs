using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>The API's description is a promise: what of it changes is seen in <c>openapi.approved.json</c>, and is approved by committing that file.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class DescriptionTests(ReplayedMarket market)
{
    /// <summary>Set to 1 it makes the running test write what it found, to be looked at and committed.</summary>
    private const string Approve = "CAMBIST_APPROVE";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_is_the_approved_one()
    {
        var file = Path.Combine(RepositoryRoot.Path, "tests", "Cambist.App.Tests", "Edge", "openapi.approved.json");
        var found = JsonNode.Parse((await market.Http.Get("/openapi/v1.json")).Body)!.AsObject();
        found.Remove("servers"); // Where this very service listens.
        var text = found.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
        if (Environment.GetEnvironmentVariable(Approve) == "1")
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        var approved = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        Assert.True(approved == text, $"The API's description has changed. Where that is wanted: {Approve}=1, run this test, and commit {file}. {FirstChange(approved, text)}");
    }

    private static string FirstChange(string approved, string found)
    {
        var (before, after) = (approved.Split('\n'), found.Split('\n'));
        var line = Enumerable.Range(0, Math.Min(before.Length, after.Length)).FirstOrDefault(index => before[index] != after[index], Math.Min(before.Length, after.Length));
        return $"Line {line + 1}: '{before.ElementAtOrDefault(line)?.Trim()}' became '{after.ElementAtOrDefault(line)?.Trim()}'.";
    }
}
