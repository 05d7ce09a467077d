using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>What is done about a source's failures: asked again, left alone, or passed over, by the kind of failure and by what the service wishes.</summary>
public sealed class SourceRunnerTests : IDisposable
{
    private readonly AskingHouse _house = new();
    private readonly List<DateTimeOffset> _askedAt = [];
    private Func<IReadOnlyList<CurrencyPair>, RateSheet> _answer = _ => throw new InvalidOperationException("No answer was set.");

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task A_failure_is_retried_with_growing_delays_that_differ_from_time_to_time()
    {
        Fails(SourceFault.Unavailable);
        var delays = new List<(TimeSpan First, TimeSpan Second)>();
        for (var turn = 0; turn < 30; turn++)
        {
            var looking = Runner(AskingHouse.Profile($"s{turn}")).LookAsync(_house.Intake, TestContext.Current.CancellationToken);
            delays.Add((await _house.Clock.PassAsync(), await _house.Clock.PassAsync()));
            await looking;
        }

        Assert.Equal(90, _askedAt.Count);
        Assert.All(delays, delay => Assert.InRange(delay.First.TotalSeconds, 0.001, 15));
        Assert.True(delays.Max(delay => delay.Second) > delays.Max(delay => delay.First));
        Assert.True(delays.Select(delay => delay.First).Distinct().Count() > 20, "Delays of many processes must not fall together.");
    }

    [Theory]
    [InlineData(199, 0)]
    [InlineData(25, 0)]
    [InlineData(800, 8)]
    public async Task A_source_that_is_poor_in_quota_or_slow_by_its_rules_is_not_retried(int quota, int gapSeconds)
    {
        Fails(SourceFault.Unavailable);
        var profile = AskingHouse.Profile() with { PairsPerRequest = 1 };
        var known = new KnownSource(profile, new RateSourceOptions { QuotaPerDay = quota, Gap = TimeSpan.FromSeconds(gapSeconds) }, null);

        await Look(Runner(profile, known));

        Assert.Single(_askedAt);
    }

    [Theory]
    [InlineData(SourceFault.KeyRefused)]
    [InlineData(SourceFault.NotInPlan)]
    public async Task What_somebody_must_mend_is_left_alone_for_an_hour(SourceFault kind)
    {
        Fails(kind);
        Assert.Equal([0, 3600, 7200], await AskedAtSeconds(Runner(), TimeSpan.FromHours(2.5)));
    }

    [Fact]
    public async Task A_spent_quota_is_left_alone_until_midnight_UTC_and_is_remembered_by_the_store()
    {
        Fails(SourceFault.QuotaSpent);
        var profile = AskingHouse.Profile();

        Assert.Equal([0, 43_200], await AskedAtSeconds(Runner(profile, AskingHouse.Known(profile, 50)), TimeSpan.FromHours(13)));
        Assert.Equal(50, _house.Quotas.SpentOn("a", DateOnly.FromDateTime(AskingHouse.Midnight.UtcDateTime)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4 * 3600)]
    public async Task A_wish_for_patience_is_granted(int seconds)
    {
        Fails(SourceFault.Throttled, TimeSpan.FromSeconds(seconds));
        var asked = await AskedAtSeconds(Runner(), TimeSpan.FromSeconds(seconds * 2.5));
        Assert.Equal([0, seconds, seconds * 2], asked);
    }

    [Fact]
    public async Task A_wish_for_years_is_granted_for_a_day()
    {
        Fails(SourceFault.Throttled, TimeSpan.FromDays(3650));
        var runner = Runner();
        await Look(runner);
        Assert.Equal(_house.Now.AddDays(1), _house.Health.Of("a").NotBefore);
    }

    [Fact]
    public async Task A_call_for_patience_that_names_no_time_is_answered_with_ever_more_of_it()
    {
        Fails(SourceFault.Throttled);
        var asked = await AskedAtSeconds(Runner(), TimeSpan.FromMinutes(33));
        var pauses = asked.Zip(asked.Skip(1), (one, next) => next - one).ToList();

        Assert.InRange(pauses.Count, 3, 8);
        Assert.All(pauses.Zip(pauses.Skip(1)), pause => Assert.True(pause.Second > pause.First, string.Join(' ', pauses)));
    }

    [Fact]
    public async Task To_be_patient_for_no_time_is_no_invitation_to_hammer()
    {
        Fails(SourceFault.Throttled, TimeSpan.Zero);
        Assert.InRange((await AskedAtSeconds(Runner(), TimeSpan.FromMinutes(10))).Count, 1, 6);
    }

    [Fact]
    public async Task A_pair_that_is_refused_is_not_asked_for_a_day_and_the_next_one_is()
    {
        var refused = new List<CurrencyPair>();
        _answer = pairs =>
        {
            refused.Add(pairs[0]);
            throw new SourceFaultException(SourceFault.Refused, "Unknown.");
        };
        var profile = AskingHouse.Profile() with { PairsPerRequest = 1, Cadence = TimeSpan.FromMinutes(1) };
        await AskedAtSeconds(Runner(profile), TimeSpan.FromHours(2));

        Assert.InRange(refused.Count, 100, 121);
        Assert.Equal(refused.Count, refused.Distinct().Count());
    }

    [Fact]
    public async Task The_circuit_opens_after_repeated_failures_for_ever_longer_and_closes_after_a_good_answer()
    {
        Fails(SourceFault.Unreadable);
        var runner = Runner(AskingHouse.Profile("b"));
        var asked = await AskedAtSeconds(runner, TimeSpan.FromMinutes(40), withRetries: true);
        var pauses = asked.Zip(asked.Skip(1), (one, next) => next - one).Where(pause => pause > 20).ToList();
        Assert.True(pauses.Count >= 3 && pauses[^1] > 4 * pauses[0], string.Join(' ', pauses));

        _answer = pairs => _house.Sheet(AskingHouse.Profile("b"), pairs);
        _askedAt.Clear();
        await AskedAtSeconds(runner, TimeSpan.FromMinutes(60));

        Assert.Null(_house.Health.Of("b").LastFault);
        Assert.InRange(_askedAt.Count, 80, 120);
        Assert.Equal(0, _house.Health.Of("b").FailedInARow);
    }

    [Fact]
    public async Task What_is_no_fault_of_the_source_ends_neither_its_turn_nor_the_service()
    {
        _answer = _ => throw new System.Data.DataException("The store is out of reach.");
        var runner = Runner();
        await Look(runner);
        Assert.Contains("out of reach", _house.Health.Of("a").LastFault);

        _answer = pairs => _house.Sheet(AskingHouse.Profile(), pairs);
        _house.Clock.Advance(TimeSpan.FromSeconds(10));
        await Look(runner);

        Assert.NotNull(_house.Health.Of("a").LastSuccessAt);
    }

    [Fact]
    public async Task An_answer_whose_every_rate_is_refused_is_a_fault_and_is_asked_again_in_its_turn()
    {
        _answer = pairs => _house.Sheet(AskingHouse.Profile(), pairs, -1m);
        Assert.Equal([0, 30, 60, 90], await AskedAtSeconds(Runner(), TimeSpan.FromSeconds(100)));
        Assert.Equal(SourceFault.Implausible, _house.Health.Of("a").LastFaultKind);
    }

    [Fact]
    public async Task An_outage_is_one_line_in_the_log_however_long_it_lasts_and_its_end_another()
    {
        var log = new FakeLogger();
        var runner = Runner(log: log);
        Fails(SourceFault.Unavailable);
        await AskedAtSeconds(runner, TimeSpan.FromMinutes(10), withRetries: true);
        Fails(SourceFault.Unreadable);
        await AskedAtSeconds(runner, TimeSpan.FromMinutes(10), withRetries: true);
        _answer = pairs => _house.Sheet(AskingHouse.Profile(), pairs);
        await AskedAtSeconds(runner, TimeSpan.FromMinutes(20), withRetries: true);

        var said = log.Collector.GetSnapshot().Where(line => line.Level > LogLevel.Debug).ToArray();
        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Information], said.Select(line => line.Level));
        Assert.Contains("Unavailable", said[0].Message, StringComparison.Ordinal);
        Assert.Contains("Unreadable", said[1].Message, StringComparison.Ordinal);
        Assert.Contains("well again", said[2].Message, StringComparison.Ordinal);
    }

    private void Fails(SourceFault kind, TimeSpan? retryAfter = null) => _answer = _ => throw new SourceFaultException(kind, "Refused by the test.", retryAfter);

    private SourceRunner Runner(Domain.Rates.SourceProfile? profile = null, KnownSource? known = null, ILogger? log = null)
    {
        var source = new ScriptedSource(profile ?? AskingHouse.Profile(), pairs =>
        {
            _askedAt.Add(_house.Now);
            return _answer(pairs);
        });
        return _house.Runner(source, known, log);
    }

    private Task Look(SourceRunner runner) => runner.LookAsync(_house.Intake, TestContext.Current.CancellationToken);

    // One look a second, as the service does.
    private async Task<List<double>> AskedAtSeconds(SourceRunner runner, TimeSpan time, bool withRetries = false)
    {
        var start = _house.Now;
        while (_house.Now - start <= time)
        {
            var looking = Look(runner);
            while (withRetries && !looking.IsCompleted)
            {
                await Task.WhenAny(looking, _house.Clock.PassAsync());
            }

            await looking;
            _house.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return [.. _askedAt.Select(at => Math.Round((at - start).TotalSeconds))];
    }
}
