using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Record;

/// <summary>When a model goes out of service by its live record: section <c>Forecasting:Fallback</c>.</summary>
public sealed class FallbackOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Fallback";

    /// <summary>How far the share inside the 80 % interval may lie from 0.8.</summary>
    public double CoverageError { get; set; } = 0.08;

    /// <summary>How many hours of forecasts it takes for a judgement.</summary>
    public int MinForecasts { get; set; } = 250;

    /// <summary>The least CRPS skill against the baseline.</summary>
    public double SkillFloor { get; set; } = -0.03;

    /// <summary>How many of the newest hours of forecasts are judged, in whole days.</summary>
    public int Window { get; set; } = 500;

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static FallbackOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = SourceSettings.Read<FallbackOptions>(section);
        section.Require(options.CoverageError is > 0 and <= 0.8, nameof(CoverageError), "a share above 0 and at most 0.8", options.CoverageError);
        section.Require(options.SkillFloor is < 0 and >= -10, nameof(SkillFloor), "a share below 0", options.SkillFloor);
        section.Require(options.MinForecasts is >= 1 and <= 1_000_000, nameof(MinForecasts), "1 to 1000000", options.MinForecasts);
        section.Require(options.Window >= options.MinForecasts && options.Window <= 1_000_000, nameof(Window), $"{nameof(MinForecasts)} to 1000000", options.Window);
        return options;
    }
}
