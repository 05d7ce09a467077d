using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>How fine a source's history is.</summary>
public enum HistoryUnit
{
    /// <summary>Hourly bars.</summary>
    Hour,

    /// <summary>One value a day.</summary>
    Day,
}

/// <summary>A page of a source's history, in rising time. One of the lists is empty, by the source's unit.</summary>
/// <param name="Hours">Closed hourly bars.</param>
/// <param name="Days">Daily values.</param>
/// <param name="Before">Where the next older page ends (exclusive); null where the source has nothing older.</param>
public sealed record HistoryPage(IReadOnlyList<HourlyBar> Hours, IReadOnlyList<DailyRate> Days, DateTimeOffset? Before);

/// <summary>A source that also tells the past. It only translates, as <see cref="IRateSource"/> does.</summary>
public interface IHistorySource
{
    /// <summary>What is known of it.</summary>
    SourceProfile Profile { get; }

    /// <summary>How fine its history is.</summary>
    HistoryUnit Unit { get; }

    /// <summary>The newest page of what it has within [from, before): only bars that have closed, only days whose value was known by <paramref name="before"/>.</summary>
    /// <exception cref="SourceFaultException">It did not answer, or has no history of this pair.</exception>
    Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken);
}
