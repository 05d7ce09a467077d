namespace Cambist.Domain.Forecasting.Models;

/// <summary>The shapes of a model's errors that serve a week's forecasts of a pair.</summary>
public sealed class WeekShapes
{
    internal const int HoursPerDay = 24;

    // Horizons whose shapes are told apart by the hour of the day.
    internal const int ByHour = 8;

    private readonly EmpiricalShape[] _ofAllHours;
    private readonly EmpiricalShape[] _ofHour;

    internal WeekShapes(EmpiricalShape[] ofAllHours, EmpiricalShape[] ofHour)
    {
        _ofAllHours = ofAllHours;
        _ofHour = ofHour;
    }

    /// <summary>The shapes of the 24 horizons for a forecast from a market time.</summary>
    internal ReturnShape[] At(int marketTime) =>
    [
        .. Enumerable.Range(0, _ofAllHours.Length).Select(horizon => horizon < ByHour ? _ofHour[horizon * HoursPerDay + marketTime % HoursPerDay] : _ofAllHours[horizon]),
    ];
}
