using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>One write transaction on the bars of a pair; dispose without commit leaves the store as it was.</summary>
internal interface IBarWriter : IDisposable
{
    /// <summary>Inserts the bar, or deals with the one of its hour as the writer was told to.</summary>
    /// <exception cref="ArgumentException">The bar has a fault, or a figure that the store cannot hold exactly.</exception>
    void Add(in HourlyBar bar);

    /// <summary>Makes all of it visible at once.</summary>
    UpsertCounts Commit();
}

/// <summary>What becomes of a bar whose hour is there already.</summary>
internal enum OnSameHour
{
    Replace,
    Keep,
}
