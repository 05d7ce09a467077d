using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Does a job on a page: with a browser, or over plain HTTP.</summary>
internal interface IPageReader
{
    /// <summary>Does the steps in order, and says what was read or at which step the page was not as the recipe says.</summary>
    /// <exception cref="SourceFaultException">There is nothing to read pages with; the message says how to mend it.</exception>
    Task<PageResult> ReadAsync(PageJob job, CancellationToken cancellationToken);
}
