using Cambist.Domain.Calendars;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class JobRulesTests
{
    private static readonly DateTimeOffset Day = new(2015, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly TrainingJob Good = new(
        [new PairFile("EUR/USD", "a")], ["x"], 1, new TrainingSpans(Day, Day.AddYears(1), Day.AddYears(1), Day.AddYears(2)), new NetworkSettings(), new FitSettings());

    [Fact]
    public void A_good_job_passes() => JobRules.Check(Good);

    [Fact]
    public void A_setting_out_of_bounds_is_named()
    {
        Refused(Good with { Network = Good.Network with { Heads = 5 } }, "network.heads divides 32, or is 0, was 5");
        Refused(Good with { Network = Good.Network with { Hidden = 0 } }, "network.hidden");
        Refused(Good with { Network = Good.Network with { DegreesOfFreedom = 2 } }, "network.degrees_of_freedom");
        Refused(Good with { Fit = Good.Fit with { AverageDecay = 1 } }, "fit.average_decay is between 0 and 1, was 1");
        Refused(Good with { Spans = Good.Spans with { ValidationFrom = Day } }, "spans.validation_from is not before train_until");
        Refused(Good with { Pairs = [] }, "pairs");
        Refused(Good with { Pairs = [null!] }, "pairs");
        Refused(Good with { Trees = new TreeSettings(Leaves: 1) }, "trees.leaves is 2 to 4096, was 1");
        Refused(Good with { Trees = new TreeSettings(RowShare: 0) }, "trees.row_share is above 0, at most 1, was 0");
    }

    [Fact]
    public void A_span_lies_in_the_years_of_which_the_markets_weeks_are_known()
    {
        var spans = new TrainingSpans(FxWeek.KnownFrom, FxWeek.KnownUntil);
        JobRules.Check(Good with { Spans = spans });
        Assert.True(HourSpan.Between(spans.TrainFrom, spans.TrainUntil).Until > 0);

        Refused(Good with { Spans = spans with { TrainFrom = FxWeek.KnownFrom.AddTicks(-1) } }, "spans.train_from is from 1970 to 2100, was 12/31/1969");
        Refused(Good with { Spans = spans with { TrainUntil = FxWeek.KnownUntil.AddTicks(1) } }, "spans.train_until is from 1970 to 2100, was 01/01/2101");
        Refused(Good with { Spans = Good.Spans with { ValidationUntil = new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero) } }, "spans.validation_until is from 1970 to 2100");
    }

    private static void Refused(TrainingJob job, string expected) =>
        Assert.Contains(expected, Assert.Throws<JobException>(() => JobRules.Check(job)).Message, StringComparison.Ordinal);
}
