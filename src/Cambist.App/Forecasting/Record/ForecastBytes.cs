using System.Buffers.Binary;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting.Record;

/// <summary>What was said of one horizon, in log returns from the spot, which a 32-bit number holds to a thousandth of a basis point.</summary>
/// <param name="Hours">Clock hours ahead.</param>
/// <param name="Mean">Expected log return.</param>
/// <param name="Quantiles">The published quantiles, in the order of <see cref="RateDistribution.Levels"/>.</param>
internal sealed record SaidHorizon(int Hours, double Mean, double[] Quantiles)
{
    /// <summary>What a forecast says of a horizon.</summary>
    public static SaidHorizon Of(Forecast forecast, int hours)
    {
        var rate = forecast.AfterHours(hours);
        var quantiles = new double[RateDistribution.Levels.Count];
        rate.PublishedReturns(quantiles);
        return new SaidHorizon(hours, rate.Drift, quantiles);
    }
}

/// <summary>How rows keep forecasts and outcomes: a version, then for each horizon a byte of hours and ten 32-bit numbers; outcomes as one 64-bit number each. Little-endian.</summary>
internal static class ForecastBytes
{
    private const byte Version = 1;
    private const int Numbers = 10;
    private const int Width = 1 + Numbers * sizeof(float);

    /// <summary>An outcome that has not come yet.</summary>
    public const double Awaited = double.NaN;

    /// <summary>An outcome of which no bar tells.</summary>
    public const double Missing = double.PositiveInfinity;

    public static byte[] Of(IReadOnlyList<SaidHorizon> said)
    {
        var bytes = new byte[1 + said.Count * Width];
        bytes[0] = Version;
        for (var i = 0; i < said.Count; i++)
        {
            var place = bytes.AsSpan(1 + i * Width, Width);
            place[0] = (byte)said[i].Hours;
            BinaryPrimitives.WriteSingleLittleEndian(place[1..], (float)said[i].Mean);
            for (var q = 0; q < Numbers - 1; q++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(place[(1 + (q + 1) * sizeof(float))..], (float)said[i].Quantiles[q]);
            }
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">A later version of Cambist wrote them.</exception>
    public static IReadOnlyList<SaidHorizon> Said(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Version || (bytes.Length - 1) % Width != 0)
        {
            throw new InvalidDataException($"A recorded forecast of version {Version} was expected, found {bytes.Length} bytes of version {(bytes.Length == 0 ? 0 : bytes[0])}.");
        }

        var said = new List<SaidHorizon>();
        for (var at = 1; at < bytes.Length; at += Width)
        {
            var place = bytes.Slice(at, Width);
            var quantiles = new double[Numbers - 1];
            for (var q = 0; q < quantiles.Length; q++)
            {
                quantiles[q] = BinaryPrimitives.ReadSingleLittleEndian(place[(1 + (q + 1) * sizeof(float))..]);
            }

            said.Add(new SaidHorizon(place[0], BinaryPrimitives.ReadSingleLittleEndian(place[1..]), quantiles));
        }

        return said;
    }

    public static byte[] OfOutcomes(ReadOnlySpan<double> outcomes)
    {
        var bytes = new byte[outcomes.Length * sizeof(double)];
        for (var i = 0; i < outcomes.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), outcomes[i]);
        }

        return bytes;
    }

    public static double[] Outcomes(ReadOnlySpan<byte> bytes)
    {
        var outcomes = new double[bytes.Length / sizeof(double)];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
        }

        return outcomes;
    }
}
