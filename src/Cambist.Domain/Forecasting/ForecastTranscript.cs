using Cambist.Domain.Currencies;

namespace Cambist.Domain.Forecasting;

/// <summary>What a forecast was asked and what it answered, to the last bit: all of it that a decision rests on, whatever model it came from.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="AsOf">The instant of the forecast.</param>
/// <param name="Spot">The rate at it.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="FittedUntil">End of the history that it was fitted on.</param>
/// <param name="Asked">The instants that it was asked about, in the order in which they were first asked.</param>
public sealed record ForecastTranscript(CurrencyPair Pair, DateTimeOffset AsOf, double Spot, string Model, DateTimeOffset FittedUntil, IReadOnlyList<AskedInstant> Asked)
{
    /// <summary>A forecast that answers the same questions again.</summary>
    /// <returns>A forecast that throws <see cref="NotAskedException"/> at a question that was not asked: whoever asks it decides otherwise than was decided.</returns>
    public Forecast Retell()
    {
        var asked = Asked.ToDictionary(one => one.At);
        return new Forecast(Pair, AsOf, Spot, Model, FittedUntil, instant => asked.TryGetValue(instant, out var told)
            ? new RateDistribution(Spot, told.Volatility, new RetoldShape(told), told.Drift)
            : throw new NotAskedException($"The forecast of {Model} was not asked about {instant:O}."));
    }
}

/// <summary>What a forecast answered about an instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Volatility">Scale of the log return.</param>
/// <param name="Drift">Expected log return.</param>
/// <param name="Std">Standard deviation of the shape; null where it was not asked for.</param>
/// <param name="Quantiles">Quantiles of the shape by probability.</param>
/// <param name="Probabilities">P(return ≤ value) by value, both in units of the volatility.</param>
public sealed record AskedInstant(DateTimeOffset At, double Volatility, double Drift, double? Std, IReadOnlyList<Answered> Quantiles, IReadOnlyList<Answered> Probabilities);

/// <summary>A question to a shape and its answer.</summary>
/// <param name="Of">The probability, or the value, that was asked about.</param>
/// <param name="Is">The answer.</param>
public readonly record struct Answered(double Of, double Is);

/// <summary>A retold forecast was asked what the first one was not.</summary>
public sealed class NotAskedException(string message) : InvalidOperationException(message);

/// <summary>A shape that knows what another one answered.</summary>
internal sealed class RetoldShape(AskedInstant told) : ReturnShape
{
    public override double Std => told.Std ?? throw new NotAskedException($"The standard deviation at {told.At:O} was not asked for.");

    public override double Cdf(double value) => Find(told.Probabilities, value);

    protected override double Compute(double probability) => Find(told.Quantiles, probability);

    private double Find(IReadOnlyList<Answered> answers, double of)
    {
        foreach (var answer in answers)
        {
            if (answer.Of.Equals(of))
            {
                return answer.Is;
            }
        }

        throw new NotAskedException($"The forecast was not asked about {of:R} at {told.At:O}.");
    }
}
