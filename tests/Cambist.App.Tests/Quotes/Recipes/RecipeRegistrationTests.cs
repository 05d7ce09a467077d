using Cambist.App.Quotes;
using Cambist.App.Quotes.Recipes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>Which page recipes the program follows, by its configuration, and what it says where nothing can follow them.</summary>
public sealed class RecipeRegistrationTests
{
    [Fact]
    public void Without_configuration_no_page_is_read_and_it_is_told_why()
    {
        using var services = Services();

        Assert.Empty(services.GetServices<IQuoteSource>());
        Assert.Equal("unofficial: turned on by Quotes:Recipes:example-bank:Enabled", Assert.Single(services.GetServices<KnownQuoteSource>()).WhyOff);
    }

    [Fact]
    public async Task A_recipe_that_is_turned_on_asks_the_host_that_stands_in()
    {
        await using var server = await StandInServer.StartAsync();
        server.Answers(BankPage.Path, BankPage.Html, contentType: "text/html");
        using var services = Services(("Recipes:example-bank:Enabled", "true"), ("Recipes:example-bank:BaseUrl", server.Address.AbsoluteUri));

        var fault = await Record.ExceptionAsync(() => Assert.Single(services.GetServices<IQuoteSource>()).AskAsync(BankPage.Ask, TestContext.Current.CancellationToken));

        // The figures of the page are of another day than today.
        Assert.Contains("figures of the", Assert.IsType<SourceFaultException>(fault).Message, StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.StartsWith("Cambist/", request.Headers["User-Agent"], StringComparison.Ordinal));
    }

    [Fact]
    public void The_operators_folder_adds_recipes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("own.json"), BankPage.Json(("\"id\": \"example-bank\"", "\"id\": \"own-bank\"")));
        using var services = Services(("RecipesFolder", folder.Path), ("Recipes:own-bank:Enabled", "true"));

        Assert.Equal("own-bank", Assert.Single(services.GetServices<IQuoteSource>()).Profile.Id);
    }

    [Fact]
    public void A_recipe_does_not_take_the_id_of_a_service()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("own.json"), BankPage.Json(("\"id\": \"example-bank\"", "\"id\": \"wise\"")));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Quotes:RecipesFolder", (string?)folder.Path)]).Build();
        var services = new ServiceCollection().AddQuoteSource<WiseComparisonSource>(WiseComparisonSource.About, configuration);

        Assert.Contains("'wise' is registered twice", Assert.Throws<WrongSettingException>(() => services.AddPageRecipes(configuration)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Recipes:example-bank:BaseUrl", "bank.example", "Quotes:Recipes:example-bank:BaseUrl")]
    [InlineData("Recipes:example-bank:Enabled", "perhaps", "Quotes:Recipes:example-bank")]
    [InlineData("RecipesFolder", "/no/such/folder", "Quotes:RecipesFolder")]
    [InlineData("Browser:StepPatience", "00:10:00", "Quotes:Browser")]
    [InlineData("Browser:JobLimit", "soon", "Quotes:Browser")]
    public void A_setting_that_cannot_be_one_is_told(string key, string value, string told) =>
        Assert.Equal(told, Assert.Throws<WrongSettingException>(() => Services((key, value), ("Recipes:example-bank:Enabled", "true"))).Key);

    [Theory]
    [InlineData("own.json", "{}", "own.json: $")]
    [InlineData("own.json", "", "own.json: $")]
    public void A_recipe_that_cannot_be_read_is_told_with_its_file(string file, string json, string told)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(file), json);

        Assert.Contains(told, Assert.Throws<WrongSettingException>(() => Services(("RecipesFolder", folder.Path))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/chromium", null, "Quotes:Browser:ExecutablePath names a file that is not there ('/no/such/chromium').")]
    [InlineData(null, "/no/such/runner", "Quotes:Browser:RunnerPath names a file that is not there ('/no/such/runner').")]
    public async Task Without_browser_or_runner_the_fault_says_what_to_mend(string? chromium, string? runner, string told)
    {
        using var pages = new PageBrowser(new PageBrowserOptions { ExecutablePath = chromium, RunnerPath = runner });
        var job = new PageJob { Id = "job", Steps = [], Scope = null, StepPatience = 1, Screenshot = "" };

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => pages.ReadAsync(job, TestContext.Current.CancellationToken));

        Assert.Equal((SourceFault.Unavailable, told), (fault.Kind, fault.Message));
    }

    [Fact]
    public void A_runner_is_looked_for_beside_the_program_and_then_in_the_checkout()
    {
        using var folder = new TemporaryFolder();
        var (program, built) = (Path.Combine(folder.Path, "src", "Cambist", "bin", "Debug", "net10.0"), Path.Combine(folder.Path, "src", "Cambist.Pages", "bin", "Debug", "net10.0"));
        Directory.CreateDirectory(program);
        Directory.CreateDirectory(built);
        File.WriteAllText(folder.File("Cambist.slnx"), "");
        var name = OperatingSystem.IsWindows() ? "cambist-pages.exe" : "cambist-pages";
        Assert.Contains("publish src/Cambist.Pages there", Assert.Throws<SourceFaultException>(() => BrowserPaths.Pages(new PageBrowserOptions(), program)).Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(built, name), "");
        Assert.Equal(Path.Combine(built, name), BrowserPaths.Pages(new PageBrowserOptions(), program + Path.DirectorySeparatorChar));
        File.WriteAllText(Path.Combine(program, name), "");
        Assert.Equal(Path.Combine(program, name), BrowserPaths.Pages(new PageBrowserOptions(), program));
    }

    [Fact]
    public async Task A_runner_that_speaks_another_language_is_a_fault()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell script");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("runner"), "#!/bin/sh\nread job\necho 'Hello!'\nread job\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.File("runner"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var pages = new PageBrowser(new PageBrowserOptions { ExecutablePath = folder.File("runner"), RunnerPath = folder.File("runner") });

        var result = await pages.ReadAsync(new PageJob { Id = "job", Steps = [], Scope = null, StepPatience = 1, Screenshot = "" }, TestContext.Current.CancellationToken);

        Assert.StartsWith("The program that drives the browser is of another version, or broken", result.Outage, StringComparison.Ordinal);
        Assert.Null(pages.RunnerId);
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            settings.DistinctBy(setting => setting.Key).Select(setting => KeyValuePair.Create($"Quotes:{setting.Key}", (string?)setting.Value))).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddPageRecipes(configuration).BuildServiceProvider();
    }
}
