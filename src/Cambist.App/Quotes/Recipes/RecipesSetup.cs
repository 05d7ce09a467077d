using System.Net;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Quotes.Recipes;

/// <summary>What page quotes are made of.</summary>
internal static class RecipesSetup
{
    private const string Client = "page-recipes";

    /// <summary>Registers a source for each recipe that <c>Quotes:Recipes:&lt;id&gt;:Enabled</c> turns on.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The whole configuration.</param>
    /// <exception cref="WrongSettingException">A setting or a recipe of the operator's folder is wrong; the message says what is allowed.</exception>
    public static IServiceCollection AddPageRecipes(this IServiceCollection services, IConfiguration configuration)
    {
        var recipes = Recipes(configuration["Quotes:RecipesFolder"]);
        var section = configuration.GetSection("Quotes:Recipes");
        foreach (var unknown in section.GetChildren().Select(child => child.Key).Except(recipes.Select(recipe => recipe.Id), StringComparer.OrdinalIgnoreCase))
        {
            throw new WrongSettingException($"{section.Path}:{unknown}", $"one of {string.Join(", ", recipes.Select(recipe => recipe.Id))} expected");
        }

        services.AddSingleton(BrowserOptions(configuration.GetSection("Quotes:Browser")));
        services.AddSingleton<PageBrowser>();
        services.AddHttpClient(Client, http => http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1"))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false, UseCookies = false });
        foreach (var recipe in recipes)
        {
            var known = KnownQuoteSource.Of(RecipeSource.About(recipe), Settings(section.GetSection(recipe.Id)), $"{section.Path}:{recipe.Id}");
            services.AddKnownQuoteSource(known);
            if (known.IsOn)
            {
                services.AddRobotsGate();
                services.AddSingleton<IQuoteSource>(provider => new RecipeSource(
                    recipe,
                    ReaderOf(recipe, provider),
                    provider.GetRequiredService<RobotsGate>().AllowsAsync,
                    known.Options,
                    provider.GetRequiredService<PageBrowserOptions>(),
                    provider.GetRequiredService<TimeProvider>()));
            }
        }

        return services;
    }

    private static IPageReader ReaderOf(PageRecipe recipe, IServiceProvider provider) => recipe.Engine == RecipeEngine.Browser
        ? provider.GetRequiredService<PageBrowser>()
        : new PlainPages(provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client), provider.GetRequiredService<PageBrowserOptions>());

    private static IReadOnlyList<PageRecipe> Recipes(string? folder)
    {
        try
        {
            return PageRecipes.Load(folder);
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new WrongSettingException("Quotes:RecipesFolder", fault.Message.TrimEnd('.'));
        }
    }

    private static QuoteSourceOptions Settings(IConfigurationSection section)
    {
        var settings = SourceSettings.Read<QuoteSourceOptions>(section);
        return settings.BaseUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? settings
            : throw new WrongSettingException($"{section.Path}:BaseUrl", $"scheme and host as in http://127.0.0.1:8080 expected, found '{settings.BaseUrl}'");
    }

    private static PageBrowserOptions BrowserOptions(IConfigurationSection section)
    {
        var options = SourceSettings.Read<PageBrowserOptions>(section);
        return options.StepPatience > TimeSpan.Zero && options.JobLimit >= options.StepPatience
            ? options
            : throw new WrongSettingException(section.Path, $"a StepPatience above 0 and a JobLimit of at least that expected, found {options.StepPatience} and {options.JobLimit}");
    }
}
