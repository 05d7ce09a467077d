namespace Cambist.Domain.Rates.Checks;

/// <summary>Does a unit cost at least what it sells for, and is the gap between both that of a market?</summary>
internal sealed class IsNotCrossed : IRateCheck
{
    // Between banks the most exotic pairs are quoted some two percent wide; ten times that is the empty book of an exchange, not a market.
    private const decimal Widest = 0.2m;

    public Finding? Ask(ReportedRate report, in Situation situation)
    {
        if (report.Ask < report.Bid)
        {
            return Finding.Reject("crossed", $"The ask is at least the bid, were bid {report.Bid} and ask {report.Ask}.");
        }

        return report.Ask - report.Bid > Widest * report.Mid
            ? Finding.Reject("no_market", $"Bid and ask lie within {Widest:P0} of each other, were {report.Bid} and {report.Ask}.")
            : null;
    }
}
