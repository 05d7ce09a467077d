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
        Refused(Good with { Trees = new TreeSettings(Leaves: 1) }, "trees.leaves is 2 to 4096, was 1");
        Refused(Good with { Trees = new TreeSettings(RowShare: 0) }, "trees.row_share is above 0, at most 1, was 0");
    }

    private static void Refused(TrainingJob job, string expected) =>
        Assert.Contains(expected, Assert.Throws<JobException>(() => JobRules.Check(job)).Message, StringComparison.Ordinal);
}
