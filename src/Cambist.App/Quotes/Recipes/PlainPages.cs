using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Reads pages whose figures stand in the HTML itself: nothing of them runs. A redirect is not followed, for the recipe names the page.</summary>
internal sealed partial class PlainPages(HttpClient http, PageBrowserOptions options) : IPageReader
{
    public async Task<PageResult> ReadAsync(PageJob job, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.JobLimit);
        var (result, texts) = (new PageResult { Id = job.Id }, new Dictionary<string, string>());
        IDocument? page = null;
        try
        {
            foreach (var step in job.Steps)
            {
                if (step.Act == PageAct.Go)
                {
                    page?.Dispose();
                    (page, result) = await GoAsync(step, result, limit.Token);
                }
                else
                {
                    result = Read(page!, step, result, texts);
                }

                if (result.Break is not null)
                {
                    break;
                }
            }

            return result with { Texts = texts, Language = page?.DocumentElement.GetAttribute("lang"), PageText = Shown(page?.Body), ScopeText = ScopeOf(page, job.Scope) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return result with { Outage = $"The page did not answer within {options.JobLimit.TotalSeconds:0.#} s." };
        }
        finally
        {
            page?.Dispose();
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks { get; }

    private async Task<(IDocument?, PageResult)> GoAsync(PageStep step, PageResult result, CancellationToken cancellationToken)
    {
        using var response = await http.AskAsync(step.Target, cost: 1, cancellationToken);
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            return (null, result with { Break = new PageBreak(step.Number, step.Expectation(), "a redirect") });
        }

        response.RefuseFailure();
        var charset = response.Content.Headers.ContentType?.CharSet;
        return (await response.ReadAsync((body, _) => ParseAsync(body, charset), cancellationToken), result);
    }

    // The head's word about the encoding goes before the page's own.
    private static async Task<IDocument> ParseAsync(Stream body, string? charset)
    {
        if (charset is null)
        {
            return await new HtmlParser().ParseDocumentAsync(body);
        }

        using var reader = new StreamReader(body, EncodingOf(charset));
        return new HtmlParser().ParseDocument(await reader.ReadToEndAsync());
    }

    private static System.Text.Encoding EncodingOf(string charset)
    {
        try
        {
            return System.Text.Encoding.GetEncoding(charset.Trim('"'));
        }
        catch (ArgumentException fault)
        {
            throw new FormatException($"An encoding that is known was expected, found '{charset}'.", fault);
        }
    }

    private static PageResult Read(IDocument page, PageStep step, PageResult result, Dictionary<string, string> texts)
    {
        var found = page.QuerySelectorAll(step.Target);
        var text = found.Length != 1 ? null : step.Attribute is { } name ? found[0].GetAttribute(name) : Shown(found[0]);
        if (step.Part(text) is not { } part)
        {
            return result with { Break = new PageBreak(step.Number, step.Expectation(), PageWire.Ambiguity(found.Length) ?? (string.IsNullOrEmpty(text) ? "an empty one" : $"'{text}'")) };
        }

        if (step.Name is not null)
        {
            texts[step.Name] = part;
        }

        return result;
    }

    private static string? ScopeOf(IDocument? page, string? scope) =>
        scope is null ? Shown(page?.Body) : page?.QuerySelectorAll(scope) is { Length: 1 } parts ? Shown(parts[0]) : null;

    // What stands in the source without being text of the page is left out; what a style sheet hides cannot be known here.
    private static string Shown(IElement? element) => element is null
        ? ""
        : Blanks.Replace(string.Concat(element.GetDescendants().OfType<IText>().Where(IsShown).Select(text => text.Data)), " ").Trim();

    private static bool IsShown(IText text) => !text.GetAncestors().OfType<IElement>().Any(element =>
        element.LocalName is "script" or "style" or "template" or "noscript" || element.HasAttribute("hidden"));
}
