using Cambist.App.Assistant.Log;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Tests.Assistant.Log;

/// <summary>Advice to log: each another question at another rate, from the schedules that are shipped.</summary>
internal static class GivenAdvices
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<GivenAdvice> Some(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(number => One(number))];

    /// <summary>One of them.</summary>
    /// <param name="number">Which.</param>
    /// <param name="panel">The providers; null: all that are shipped.</param>
    /// <param name="change">Changes its facts.</param>
    public static GivenAdvice One(int number, ProviderPanel? panel = null, Func<DecisionContext, DecisionContext>? change = null)
    {
        var pair = CurrencyPair.Parse(number % 3 == 0 ? "USD/EUR" : "EUR/USD");
        var side = number % 2 == 0 ? AmountSide.Send : AmountSide.Receive;
        var at = Start.AddMinutes(7 * number).AddTicks(number);
        var mid = 0.9m + number % 1000 / 10_000m;
        var question = new ConversionQuestion(
            pair,
            side,
            new Money(1_000m + number, side == AmountSide.Send ? pair.Base : pair.Quote).Rounded(),
            at.AddDays(3 + number % 40),
            (RiskTolerance)(number % 3),
            ["US", "DE"],
            number % 5 == 0 ? "wise" : null)
        {
            TargetRate = number % 7 == 0 ? mid * 1.01m : null,
            FloorRate = number % 11 == 0 ? mid * 0.99m : null,
        };
        var facts = new DecisionContext(
            question,
            at,
            RateOf(pair, at, mid),
            pair.Base.Code == "USD" ? 1m : mid,
            panel ?? FeeSchedules.Panel,
            BusinessCalendar.For(pair.Base, pair.Quote),
            RandomWalk(pair, at, mid, drift: number % 4 == 0 ? 0.002 : 0),
            null);
        return Make(change is null ? facts : change(facts));
    }

    public static RateObservation RateOf(CurrencyPair pair, DateTimeOffset at, decimal mid) => new(TwoSidedRate.AtMid(pair, mid), SpreadKnown: false, "test", at, at, TimeSpan.FromHours(1));

    public static Forecast RandomWalk(CurrencyPair pair, DateTimeOffset at, decimal mid, double drift = 0) => new(pair, at, (double)mid, "walk", at.AddDays(-1), instant =>
        new RateDistribution((double)mid, 0.001 * Math.Sqrt(FxWeek.OpenTimeBetween(at, instant).TotalHours), NormalShape.Standard, drift));

    /// <summary>Decides and words facts as the assistant does.</summary>
    public static GivenAdvice Make(DecisionContext facts)
    {
        var (outcome, listener) = HeardDecision.Decide(facts);
        var origin = listener is null ? null : new ForecastOrigin(IsChampion: true, "it passed its gate", [1, 6]);
        return GivenAdvice.Of(facts, listener, ((DecisionOutcome.Decided)outcome).Decision, origin, simulated: false);
    }
}
