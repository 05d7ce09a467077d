namespace Cambist.Domain.Forecasting;

/// <summary>Listens to a forecast while one decision is made, and tells what it was asked. For one thread.</summary>
public sealed class ForecastListener
{
    private readonly Forecast _asked;
    private readonly List<(DateTimeOffset At, RateDistribution Rate, ListeningShape Shape)> _heard = [];

    /// <summary>Listens to a forecast.</summary>
    public ForecastListener(Forecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        _asked = forecast;
        Forecast = forecast with { At = At };
    }

    /// <summary>The forecast to ask: it answers as the other one does.</summary>
    public Forecast Forecast { get; }

    /// <summary>What it was asked until now.</summary>
    public ForecastTranscript Transcript() => new(
        _asked.Pair, _asked.AsOf, _asked.Spot, _asked.Model, _asked.FittedUntil, [.. _heard.Select(heard => heard.Shape.Told(heard.At, heard.Rate))]);

    private RateDistribution At(DateTimeOffset instant)
    {
        foreach (var (at, rate, shape) in _heard)
        {
            if (at == instant)
            {
                return rate with { Shape = shape };
            }
        }

        var asked = _asked.At(instant);
        var listening = new ListeningShape(asked.Shape);
        _heard.Add((instant, asked, listening));
        return asked with { Shape = listening };
    }

    private sealed class ListeningShape(ReturnShape asked) : ReturnShape
    {
        private readonly List<Answered> _quantiles = [], _probabilities = [];
        private double? _std;

        public override double Std => _std ??= asked.Std;

        public override double Cdf(double value) => Note(_probabilities, value, asked.Cdf(value));

        public AskedInstant Told(DateTimeOffset at, RateDistribution rate) => new(at, rate.Volatility, rate.Drift, _std, [.. _quantiles], [.. _probabilities]);

        protected override double Compute(double probability) => Note(_quantiles, probability, asked.Quantile(probability));

        private static double Note(List<Answered> answers, double of, double answer)
        {
            if (!answers.Exists(known => known.Of.Equals(of)))
            {
                answers.Add(new Answered(of, answer));
            }

            return answer;
        }
    }
}
