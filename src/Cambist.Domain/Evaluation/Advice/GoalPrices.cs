using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>
/// Prices a goal, or a part of it, at any instant: with the provider that the decision engine would choose, the best that still delivers in time, else the best. Results are compared in what the person has, at the
/// mid-market rate of the asking, so that a rate that moved counts and the unit does not. Not for several threads.
/// </summary>
public sealed class GoalPrices
{
    private readonly RatePath _rates;
    private readonly ProviderPanel _providers;
    private readonly BusinessCalendar _calendar;
    private readonly LatestSafeOrders _latestSafe;

    /// <summary>Prices of a goal.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="rates">Rates of the question's pair; a fresh one must be known when the goal is asked.</param>
    /// <param name="providers">The providers.</param>
    /// <param name="calendar">Business days of both currencies.</param>
    public GoalPrices(AdviceGoal goal, RatePath rates, ProviderPanel providers, BusinessCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(goal);
        ArgumentNullException.ThrowIfNull(rates);
        (Goal, _rates, _providers, _calendar) = (goal, rates, providers, calendar);
        _latestSafe = new LatestSafeOrders(goal.Deadline, calendar);
        MidAtAsking = rates.At(goal.AskedAt)?.Rate.Mid ?? throw new ArgumentException($"No rate of {rates.Pair} is known at {goal.AskedAt:O}.", nameof(rates));
    }

    /// <summary>The goal.</summary>
    public AdviceGoal Goal { get; }

    /// <summary>The mid-market rate when the goal was asked.</summary>
    public decimal MidAtAsking { get; }

    /// <summary>The goal's amount in what the person has, at that rate.</summary>
    public decimal Notional => Goal.Question.Side == AmountSide.Send ? Goal.Question.Amount.Amount : Goal.Question.Amount.Amount / MidAtAsking;

    /// <summary>Whether the recorded rates reach to an instant.</summary>
    public bool Reaches(DateTimeOffset instant) => _rates.FreshAt(instant) is not null || instant <= _rates.End;

    /// <summary>The instant itself where a fresh rate is known then, else the last before it at which one became known, not before the asking: on a holiday without trade nobody knows what a conversion costs.</summary>
    public DateTimeOffset WithRate(DateTimeOffset instant)
    {
        if (_rates.FreshAt(instant) is not null)
        {
            return instant;
        }

        var last = _rates.At(instant)!.ObservedAt;
        return last > Goal.AskedAt ? last : Goal.AskedAt;
    }

    /// <summary>The mid-market rate at an instant.</summary>
    public decimal MidAt(DateTimeOffset instant) => _rates.At(instant)!.Rate.Mid;

    /// <summary>The whole amount at an instant; null where no provider has a price.</summary>
    public Conversion? At(DateTimeOffset instant) => At(instant, Goal.Question.Amount, used: null);

    /// <summary>A part of the amount at an instant; null where no provider has a price.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="amount">The part.</param>
    /// <param name="used">What the parts before have used of allowances; this one is noted in it. Null: nothing.</param>
    internal Conversion? At(DateTimeOffset instant, Money amount, AllowanceBook? used)
    {
        var question = Goal.Question.PriceAt(MidAt(instant), instant) with { Amount = amount };
        var quotes = (used?.Left(_providers, instant) ?? _providers).Rank(question);
        if (Best(quotes, instant) is not { } best)
        {
            return null;
        }

        used?.Add(best, instant);
        return Conversion.Of(best, instant);
    }

    /// <summary>What a conversion, in one or several parts, leaves of the money that was paid: what arrived, at the rate of the asking, less what was paid, in what the person has. Below zero by all that it cost.</summary>
    public decimal Net(IEnumerable<Conversion> conversions)
    {
        ArgumentNullException.ThrowIfNull(conversions);
        var net = 0m;
        foreach (var conversion in conversions)
        {
            net += conversion.Received.Amount / MidAtAsking - conversion.Paid.Amount;
        }

        return net;
    }

    /// <summary>The instants after the asking and before another at which a provider becomes too slow: from then on another may be the best.</summary>
    public IReadOnlyList<DateTimeOffset> SafetyEnds(DateTimeOffset before)
    {
        var ends = new SortedSet<DateTimeOffset>();
        foreach (var offer in _providers.Providers.SelectMany(provider => provider.Offers))
        {
            if (CostCalculator.Converts(offer, _rates.Pair) && _latestSafe.Of(offer) is { } end && end > Goal.AskedAt && end < before)
            {
                ends.Add(end);
            }
        }

        return [.. ends];
    }

    private ProviderQuote? Best(IReadOnlyList<ProviderQuote> quotes, DateTimeOffset instant)
    {
        // Those with a price come first.
        for (var i = 0; i < quotes.Count && quotes[i].Cost is not null; i++)
        {
            if (_latestSafe.Of(quotes[i].Offer) >= instant)
            {
                return quotes[i];
            }
        }

        return quotes is [{ Cost: not null } late, ..] ? late : null;
    }
}
