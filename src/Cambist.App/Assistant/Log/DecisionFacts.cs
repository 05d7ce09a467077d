using System.Reflection;
using Cambist.App.Forecasting;
using Cambist.Domain.Calendars;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Assistant.Log;

/// <summary>All that an advice was decided from. Holidays and the rules themselves are part of the program, so its version stands with them.</summary>
/// <param name="DecidedBy">The version of the program.</param>
/// <param name="Question">What was asked.</param>
/// <param name="AsOf">The instant of the decision.</param>
/// <param name="Rate">The rate.</param>
/// <param name="UsdPerBase">USD per unit of the base currency; null where it was not known.</param>
/// <param name="Panel">SHA-256 of the providers to choose from, as <see cref="PanelDocument"/> has them, in hexadecimal digits.</param>
/// <param name="Forecast">What the forecast was asked and answered; null where there was none.</param>
/// <param name="ForecastMissing">Why there was none.</param>
/// <param name="Origin">Which model the forecast was of, and why.</param>
/// <param name="Simulated">Whether the market was simulated.</param>
internal sealed record DecisionFacts(
    string DecidedBy,
    ConversionQuestion Question,
    DateTimeOffset AsOf,
    RateObservation Rate,
    decimal? UsdPerBase,
    string Panel,
    ForecastTranscript? Forecast,
    string? ForecastMissing,
    ForecastOrigin? Origin,
    bool Simulated)
{
    /// <summary>The version of this program.</summary>
    public static string ThisVersion { get; } = typeof(DecisionFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The facts as the engine takes them.</summary>
    public DecisionContext Context(ProviderPanel panel) =>
        new(Question, AsOf, Rate, UsdPerBase, panel, BusinessCalendar.For(Question.Pair.Base, Question.Pair.Quote), Forecast?.Retell(), ForecastMissing);
}
