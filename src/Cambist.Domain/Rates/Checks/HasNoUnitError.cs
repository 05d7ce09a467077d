namespace Cambist.Domain.Rates.Checks;

/// <summary>Is it told in the right unit and the right way round?</summary>
internal sealed class HasNoUnitError : IRateCheck
{
    public Finding? Ask(ReportedRate report, in Situation situation) =>
        situation.Level is { } level ? UnitError.In(report.Mid, level.Mid) : null;
}
