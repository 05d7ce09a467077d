namespace Cambist.Domain.Rates.Checks;

/// <summary>Recognises and names what goes wrong when a rate is told in another unit: a factor of a power of ten (per 100 yen, in cents), and a pair turned round.</summary>
internal static class UnitError
{
    private static readonly (double Factor, string Code, string Name)[] Factors =
    [
        (100, "off_by_100", "100 times too high"),
        (0.01, "off_by_100", "100 times too low"),
        (10, "off_by_10", "10 times too high"),
        (0.1, "off_by_10", "10 times too low"),
        (1000, "off_by_1000", "1000 times too high"),
        (0.001, "off_by_1000", "1000 times too low"),
        (10_000, "off_by_10000", "10000 times too high"),
        (0.0001, "off_by_10000", "10000 times too low"),
    ];

    // Half-way between two powers of ten lies a factor of three; a move of a quarter beside the factor is left for the market.
    private const double Beside = 0.25;

    // Near parity a pair and its inverse are closer than a market's own jump, and nothing can be told apart.
    private const double LeastDistance = 0.02;
    private const double InverseBeside = 0.02;

    // Markets have jumped over parity: on 2015-01-15 EUR/CHF fell from 1.20 to 0.85, nearly to its inverse. So far a second source decides.
    private const double WithinAShock = 0.4;

    /// <summary>The unit error in a rate beside one that is trusted; null where there is none.</summary>
    public static Finding? In(decimal told, decimal trusted)
    {
        var move = Math.Log((double)told / (double)trusted);
        foreach (var (factor, code, name) in Factors)
        {
            if (Math.Abs(move - Math.Log(factor)) < Beside)
            {
                return Finding.Reject(code, $"About {trusted} was expected, was {told}: {name}.");
            }
        }

        // A pair turned round lies as far beyond parity as the trusted rate lies before it.
        if (Math.Abs(move) <= LeastDistance || Math.Abs(Math.Log((double)told * (double)trusted)) >= Math.Min(InverseBeside, Math.Abs(move) / 2))
        {
            return null;
        }

        FormattableString detail = $"About {trusted} was expected, was {told}: that is 1 / {1m / told:0.######}, the pair turned round.";
        return Math.Abs(move) < WithinAShock ? Finding.Quarantine("inverted", detail) : Finding.Reject("inverted", detail);
    }
}
