using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Domain.Forecasting;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Record;

/// <summary>What is recorded of live forecasts: section <c>Forecasting:Record</c>.</summary>
public sealed class RecordOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Record";

    private const int MostDays = 36_500;

    /// <summary>Whether forecasts are recorded.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The horizons that are recorded, in clock hours.</summary>
    public IReadOnlyList<int> Horizons { get; set; } = [];

    /// <summary>How long scores are kept.</summary>
    public int KeepDays { get; set; } = 400;

    /// <summary>How long the forecasts themselves are kept.</summary>
    public int KeepRowsDays { get; set; } = 60;

    /// <summary>How many challengers forecast beside the champion; the others wait for their turn.</summary>
    public int MostChallengers { get; set; } = 3;

    internal IReadOnlyList<int> RecordedHours => Horizons.Count > 0 ? [.. Horizons.Distinct().Order()] : [1, 4, 12, 24];

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static RecordOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = SourceSettings.Read<RecordOptions>(section);
        section.Require(options.Horizons.All(hours => hours is >= 1 and <= Forecast.LongestFittedHorizon), nameof(Horizons), $"hours from 1 to {Forecast.LongestFittedHorizon}", string.Join(", ", options.Horizons));
        section.Require(options.KeepDays is >= 1 and <= MostDays, nameof(KeepDays), $"1 to {MostDays} days", options.KeepDays);
        section.Require(options.KeepRowsDays is >= 4 and <= MostDays, nameof(KeepRowsDays), $"4 to {MostDays} days, for outcomes are waited for", options.KeepRowsDays);
        section.Require(options.MostChallengers is >= 0 and <= 20, nameof(MostChallengers), "0 to 20", options.MostChallengers);
        return options;
    }
}
