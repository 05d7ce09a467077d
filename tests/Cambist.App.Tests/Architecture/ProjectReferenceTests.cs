using Xunit;

namespace Cambist.App.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    [Fact]
    public void Projects_reference_only_what_the_table_allows() =>
        Assert.Empty(SourceFile.Under("src", ".csproj").SelectMany(ProjectReferences.Violations));

    [Theory]
    [InlineData("Cambist.Domain", """<ProjectReference Include="..\Cambist.Client\Cambist.Client.csproj" />""", "may reference no project, references Cambist.Client.")]
    [InlineData("Cambist.Domain", """<PackageReference Include="Npgsql" />""", "uses no package but analyzers (PrivateAssets=\"all\"), uses Npgsql.")]
    [InlineData("Cambist.Domain", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", "uses the base class library alone, uses Microsoft.AspNetCore.App.")]
    [InlineData("Cambist.Client", """<ProjectReference Include="..\Cambist.Domain\Cambist.Domain.csproj" />""", "may reference no project, references Cambist.Domain.")]
    [InlineData("Cambist.Web", """<ProjectReference Include="../Cambist.Domain/Cambist.Domain.csproj" />""", "may reference Cambist.App, references Cambist.Domain.")]
    [InlineData("Cambist.Trainer", """<ProjectReference Include="..\Cambist.App\Cambist.App.csproj" />""", "may reference Cambist.Domain, references Cambist.App.")]
    [InlineData("Cambist.Plugins", "", "has no row in the table of project references.")]
    public void A_reference_outside_the_table_is_found(string project, string item, string violation) =>
        Assert.Equal([$"{project} {violation}"], ProjectReferences.Violations(Project(project, item)));

    [Theory]
    [InlineData("Cambist.Domain", """<PackageReference Include="Some.Analyzers" PrivateAssets="all" />""")]
    [InlineData("Cambist.App", """<ProjectReference Include="..\Cambist.Domain\Cambist.Domain.csproj" /><PackageReference Include="Npgsql" />""")]
    public void A_reference_of_the_table_is_allowed(string project, string items) =>
        Assert.Empty(ProjectReferences.Violations(Project(project, items)));

    private static SourceFile Project(string name, string items) =>
        new($"src/{name}/{name}.csproj", $"<Project><ItemGroup>{items}</ItemGroup></Project>");
}
