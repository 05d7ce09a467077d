namespace Cambist.Domain.Rates.Checks;

/// <summary>Where fewer than two other voices speak: could the market have moved so far since the last trusted rate?</summary>
internal sealed class IsNoJump : IRateCheck
{
    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        if (situation.Level is not { } level || situation.Others.Length >= 2)
        {
            return null;
        }

        var tolerance = Tolerance.Of(situation.Volatility, report.EffectiveAt, level.At);
        var distance = Tolerance.Distance(report.Mid, level.Mid);
        return distance <= tolerance
            ? null
            : Finding.Quarantine("jump", $"The last trusted rate was {level.Mid}, was {report.Mid}: a move of {distance * 1e4:0.#} basis points, and at most {tolerance * 1e4:0.#} were expected since {level.At.UtcDateTime:HH:mm:ss} UTC.");
    }
}
