using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Serving;

/// <summary>Which pairs are forecast hour by hour: section <c>Forecasting:Serving</c>.</summary>
public sealed class ForecastingOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Serving";

    private const int Fewest = 16, Most = 1000;

    /// <summary>How many pairs are followed in memory, about 1.5 MB each; those that nobody has asked for longest are given up and read again when asked for.</summary>
    public int MostPairs { get; set; } = 64;

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static ForecastingOptions Read(IConfiguration configuration)
    {
        var options = SourceSettings.Read<ForecastingOptions>(configuration.GetSection(Section));
        return options.MostPairs is >= Fewest and <= Most
            ? options
            : throw new WrongSettingException($"{Section}:{nameof(MostPairs)}", $"a whole number from {Fewest} to {Most} expected, found {options.MostPairs}");
    }
}
