using System.Diagnostics;
using Cambist.App.Rates.Sources;
using Cambist.App.Tests.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates;

/// <summary>Tests that measure the memory or the speed of the process; nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}

/// <summary>The way in, for a long time and for whatever comes.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class RateIntakeTests : IDisposable
{
    private static readonly Dictionary<string, decimal> PerDollar = new() { ["JPY"] = 150m };

    private readonly AskingHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public void A_million_updates_leave_memory_as_it_was()
    {
        var sources = Enumerable.Range(0, 4).Select(index => AskingHouse.Profile($"s{index}")).ToArray();
        var pairs = _house.Panels.Majors.ToArray();
        Update(sources, pairs, 100_000);
        var (managed, resident) = Memory();

        Update(sources, pairs, 1_000_000);

        var after = Memory();
        Assert.InRange(after.Managed - managed, long.MinValue, 4L << 20);
        // Keeping what a million updates allocate would take more than 1 GB; how much of what it freed the collector gives back is its affair.
        Assert.InRange(after.Resident - resident, long.MinValue, 400L << 20);
        Assert.Equal(1_100_000, sources.Sum(source => _house.Intake.TallyOf(source.Id).Accepted));
    }

    [Fact]
    public void Refusals_without_end_leave_memory_as_it_was()
    {
        var liar = AskingHouse.Profile("liar");
        _house.Intake.Take(new ReportedRate(AskingHouse.Profile(), CurrencyPair.Parse("EUR/USD"), 1.08m, 1.08m, false, _house.Now, _house.Now));
        Refuse(liar, 2_000);
        var (managed, _) = Memory();

        Refuse(liar, 20_000);

        Assert.InRange(Memory().Managed - managed, long.MinValue, 4L << 20);
        Assert.Equal(22_000, _house.Intake.TallyOf("liar").Quarantined + _house.Intake.TallyOf("liar").Rejected);
    }

    [Fact]
    public void Letters_that_no_database_takes_spoil_nothing_else()
    {
        var sheet = new RateSheet(AskingHouse.Profile(), _house.Panels.All, _house.Now);
        sheet.Mid("EUR", "USD", "1.08", effectiveAt: null);
        sheet.Mid("EUR", "GBP", "\0\ud83d", effectiveAt: null);

        _house.Intake.Take(sheet);
        _house.Recorder.Flush();

        Assert.Equal("A number was expected, was '??'.", _house.Refusals().Single().Detail);
    }

    [Fact]
    public void Rates_at_both_ends_of_what_can_be_told_are_judged_and_not_thrown_over()
    {
        foreach (var (one, other) in new[] { (1e18m, 1e-18m), (7e27m, 1e-27m), (1e-27m, 7e27m) })
        {
            foreach (var pair in _house.Panels.All.Take(3))
            {
                _house.Intake.Take(new ReportedRate(AskingHouse.Profile("a"), pair, one, one, false, _house.Now, _house.Now));
                _house.Intake.Take(new ReportedRate(AskingHouse.Profile("b"), pair, other, other, false, _house.Now, _house.Now));
                _house.Intake.Take(new ReportedRate(AskingHouse.Profile("c"), pair, one, one * 1.0001m, true, _house.Now, _house.Now));
                _house.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    private void Update(SourceProfile[] sources, CurrencyPair[] pairs, int updates)
    {
        for (var update = 0; update < updates; update++)
        {
            if (update % (sources.Length * pairs.Length) == 0)
            {
                _house.Clock.Advance(TimeSpan.FromMilliseconds(10));
            }

            var pair = pairs[update / sources.Length % pairs.Length];
            var mid = Level(pair) * (1m + update % 97 * 0.000001m);
            _house.Intake.Take(new ReportedRate(sources[update % sources.Length], pair, mid, mid, false, _house.Now, _house.Now));
            if (update % 20_000 == 0)
            {
                _house.Recorder.Flush();
            }
        }

        _house.Recorder.Flush();
    }

    private void Refuse(SourceProfile liar, int updates)
    {
        for (var update = 0; update < updates; update++)
        {
            _house.Clock.Advance(TimeSpan.FromMilliseconds(1));
            _house.Intake.Take(new ReportedRate(liar, CurrencyPair.Parse("EUR/USD"), 1.3m + update % 7 * 0.1m, 2m, false, _house.Now, _house.Now));
            if (update % 1_000 == 0)
            {
                _house.Recorder.Flush();
            }
        }

        _house.Recorder.Flush();
    }

    // About what two currencies are worth in each other, so that the first report of a pair is believed.
    private static decimal Level(CurrencyPair pair) => PerDollar.GetValueOrDefault(pair.Quote.Code, 1m) / PerDollar.GetValueOrDefault(pair.Base.Code, 1m);

    private static (long Managed, long Resident) Memory()
    {
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        using var process = Process.GetCurrentProcess();
        return (managed, process.WorkingSet64);
    }
}
