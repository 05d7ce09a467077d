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
    private const string Client = "quotes/pages";

    /// <summary>Registers a source for each recipe, as <c>Quotes:Recipes:&lt;id&gt;</c> configures it: off unless it is turned on.</summary>
    /// <exception cref="WrongSettingException">A setting cannot be one, or a recipe of the operator's folder cannot be read; the message says what is allowed.</exception>
    public static IServiceCollection AddPageRecipes(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(BrowserOptions(configuration.GetSection("Quotes:Browser")));
        services.AddSingleton<PageBrowser>();
        services.AddRobotsGate();
        services.AddOutsideClient(Client, address: null)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false, UseCookies = false });
        foreach (var recipe in Recipes(configuration["Quotes:RecipesFolder"]))
        {
            services.AddRecipe(recipe, configuration.GetSection($"Quotes:Recipes:{recipe.Id}"));
        }

        return services;
    }

    private static void AddRecipe(this IServiceCollection services, PageRecipe recipe, IConfigurationSection section)
    {
        var about = RecipeSource.About(recipe);
        var known = KnownQuoteSource.Of(about, SourceSettings.Read<QuoteSourceOptions>(section), section.Path);
        try
        {
            services.AddKnownQuoteSource(known);
        }
        catch (InvalidOperationException fault)
        {
            // A recipe of the operator's folder may have the id of a service.
            throw new WrongSettingException("Quotes:RecipesFolder", fault.Message.TrimEnd('.'));
        }

        if (!known.IsOn)
        {
            return;
        }

        if (known.Options.BaseUrl is not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new WrongSettingException($"{section.Path}:BaseUrl", $"it is scheme and host as in {about.PublicAddress}");
        }

        services.AddSingleton<IQuoteSource>(provider => new RecipeSource(
            recipe,
            ReaderOf(recipe, provider),
            provider.GetRequiredService<RobotsGate>(),
            known.Options,
            provider.GetRequiredService<PageBrowserOptions>(),
            provider.GetRequiredService<TimeProvider>()));
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

    private static PageBrowserOptions BrowserOptions(IConfigurationSection section)
    {
        var options = SourceSettings.Read<PageBrowserOptions>(section);
        return options.StepPatience > TimeSpan.Zero && options.JobLimit >= options.StepPatience
            ? options
            : throw new WrongSettingException(section.Path, $"StepPatience is above 0 and JobLimit no less, found {options.StepPatience} and {options.JobLimit}");
    }
}
