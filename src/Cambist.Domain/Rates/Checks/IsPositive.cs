namespace Cambist.Domain.Rates.Checks;

/// <summary>Are both sides above zero?</summary>
internal sealed class IsPositive : IRateCheck
{
    public Finding? Ask(ReportedRate report, in Situation situation) => report.Bid > 0m && report.Ask > 0m
        ? null
        : Finding.Reject("not_positive", $"A rate is above zero, was bid {report.Bid} and ask {report.Ask}.");
}
