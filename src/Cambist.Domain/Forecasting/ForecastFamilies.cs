using System.Collections.Frozen;
using Cambist.Domain.Forecasting.Baselines;

namespace Cambist.Domain.Forecasting;

/// <summary>Families of forecasts by id.</summary>
public sealed class ForecastFamilies
{
    private readonly FrozenDictionary<string, IForecastFamily> _byId;

    /// <summary>A register of families.</summary>
    /// <exception cref="ArgumentException">Two have the same id.</exception>
    public ForecastFamilies(params IEnumerable<IForecastFamily> families)
    {
        var listed = families.ToList();
        var doubled = listed.CountBy(family => family.Id).FirstOrDefault(ids => ids.Value > 1);
        if (doubled.Key is { } id)
        {
            throw new ArgumentException($"An id names one family, '{id}' names {doubled.Value}.", nameof(families));
        }

        Ids = [.. listed.Select(family => family.Id)];
        _byId = listed.ToFrozenDictionary(family => family.Id);
    }

    /// <summary>The families that need no training and no files.</summary>
    public static IReadOnlyList<IForecastFamily> BuiltIn { get; } =
    [
        SeasonalEwmaFamily.Baseline,
        RandomWalk.Family,
        SeasonalEwmaFamily.FilteredHistory,
    ];

    /// <summary>The ids, in the order of registration.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The family with an id; null where there is none.</summary>
    public IForecastFamily? Find(string id) => _byId.GetValueOrDefault(id);
}
