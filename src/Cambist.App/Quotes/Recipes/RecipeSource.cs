using System.Net;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>A provider's own calculator page, read as a recipe says. No provider documents this use, so it is off unless it is turned on; and a page that asks robots to stay away is left alone.</summary>
/// <param name="recipe">How to read it.</param>
/// <param name="pages">What reads it.</param>
/// <param name="robots">Whether the page's host lets itself be asked.</param>
/// <param name="settings">The operator's settings.</param>
/// <param name="options">How long it may take.</param>
/// <param name="clock">The time.</param>
internal sealed class RecipeSource(
    PageRecipe recipe, IPageReader pages, RobotsGate robots, QuoteSourceOptions settings, PageBrowserOptions options, TimeProvider clock) : IQuoteSource
{
    private readonly bool _needsCountry = RecipeJob.NeedsCountry(recipe);

    public QuoteSourceProfile Profile { get; } = About(recipe);

    /// <summary>What is known of a recipe's page.</summary>
    public static QuoteSourceProfile About(PageRecipe recipe) => new()
    {
        Id = recipe.Id,
        Name = recipe.Name,
        PublicAddress = new Uri(new Uri(RecipeTemplate.Sample(recipe.Address)).GetLeftPart(UriPartial.Authority)),
        IsOfficial = false,
        Gap = recipe.Gap,
        Providers = [recipe.Provider],
    };

    public bool Serves(QuoteAsk ask) =>
        recipe.From.Contains(ask.Pair.Base) && recipe.To.Contains(ask.Pair.Quote) && recipe.Sides.Contains(ask.Side) && ask.Amount.FitsMinorUnit() &&
        (ask.Country is not null || !_needsCountry) &&
        (recipe.Countries.Count == 0 || (ask.Country is { } country ? recipe.Countries.Contains(country) : HomeCountries.Of(ask.Pair.Base).Any(recipe.Countries.Contains)));

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        var job = RecipeJob.Of(recipe, ask, settings.BaseUrl, options);
        foreach (var step in job.Steps.Where(step => step.Act == PageAct.Go))
        {
            await robots.RefuseDisallowedAsync(new Uri(step.Target), cancellationToken);
        }

        var page = await pages.ReadAsync(job, cancellationToken);
        RefuseFailure(page);
        try
        {
            RecipeVerdict.Check(recipe, ask, page);
            return [Quote(ask, page)];
        }
        catch (FormatException fault)
        {
            throw Broken("its checks", fault.Message, null, page);
        }
    }

    private void RefuseFailure(PageResult page)
    {
        if (page.Outage is { } outage)
        {
            throw new SourceFaultException(SourceFault.Unavailable, outage);
        }

        // A page that says why it has no figures explains better than the element that is missing for it.
        if (RecipeVerdict.Refusal(recipe, page) is { } words)
        {
            throw new SourceFaultException(SourceFault.Unavailable, $"The page says '{words}'.", inner: new RecipeBrokenException(page.Break?.Step, page.Screenshot));
        }

        if (page.Break is { } broken)
        {
            throw Broken($"step {broken.Step}", $"{broken.Expected} was expected, found {SourceWords.Of(broken.Found, apiKey: null)}", broken.Step, page);
        }
    }

    private CollectedQuote Quote(QuoteAsk ask, PageResult page)
    {
        var figures = RecipeFigures.Of(recipe, ask, page);
        return new CollectedQuote
        {
            Provider = recipe.Provider,
            Name = recipe.Name,
            Kind = recipe.Kind,
            Title = recipe.Title,
            Pair = ask.Pair,
            Paid = figures.Paid,
            Received = figures.Received,
            ExchangeRate = figures.Rate,
            Fee = figures.Fee,
            FeeMode = recipe.FeeMode,
            PayIn = recipe.PayIn,
            PayOut = recipe.PayOut,
            Delivery = RecipeVerdict.Delivery(recipe, page),
            Provenance = figures.WorkedOut is null ? Provenance.Live : Provenance.Estimate,
            CollectedAt = RecipeVerdict.AsOf(recipe, page, clock.GetUtcNow()) ?? clock.GetUtcNow(),
            SourceUrl = RecipeJob.PublicPage(recipe, ask),
            Note = string.Join(' ', new[] { "Read from the provider's own calculator page.", recipe.Note, figures.WorkedOut }.OfType<string>()),
        };
    }

    // The message names the picture's file; where it lies is for the operator.
    private static SourceFaultException Broken(string where, string what, int? step, PageResult page)
    {
        var kind = page.Status is { } status ? SourceHttp.KindOf((HttpStatusCode)status) : SourceFault.Unreadable;
        var picture = page.Screenshot is { } path ? $" Picture: {Path.GetFileName(path)}." : "";
        return new SourceFaultException(kind, $"The recipe broke at {where}: {what}.{picture}", inner: new RecipeBrokenException(step, page.Screenshot));
    }
}

/// <summary>A page was not as its recipe says.</summary>
/// <param name="step">The step's place in the recipe, from 1; null where all steps were done and the result does not hold.</param>
/// <param name="picture">Where a picture of the page lies; null where there is none.</param>
internal sealed class RecipeBrokenException(int? step, string? picture) : Exception("The page was not as its recipe says.")
{
    /// <summary>The step's place in the recipe, from 1; null where all steps were done and the result does not hold.</summary>
    public int? Step { get; } = step;

    /// <summary>Where a picture of the page lies; null where there is none.</summary>
    public string? Picture { get; } = picture;
}
