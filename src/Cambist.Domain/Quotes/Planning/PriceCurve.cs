namespace Cambist.Domain.Quotes.Planning;

/// <summary>The lowest cost of one transfer of any amount, over several offers: the lower envelope of their pieces.</summary>
internal sealed class PriceCurve
{
    private readonly PriceStretch[] _stretches;
    private readonly decimal _unit;
    private readonly bool _mayExceed;

    // Half-open intervals between the ends of all pieces, the pieces that are lowest somewhere on each, the cheapest piece that begins at or after each, and the lowest cost per
    // unit at an end of a piece up to the start of each.
    private readonly decimal[] _starts;
    private readonly int[][] _lowest;
    private readonly int[] _cheapestFrom;
    private readonly decimal[] _leastRatio;

    /// <param name="stretches">The pieces.</param>
    /// <param name="unit">Minor unit of the amounts.</param>
    /// <param name="mayExceed">True where a larger amount serves as well (receive).</param>
    public PriceCurve(IReadOnlyList<PriceStretch> stretches, decimal unit, bool mayExceed)
    {
        _stretches = [.. stretches];
        (_unit, _mayExceed) = (unit, mayExceed);
        _starts = [.. _stretches.SelectMany(stretch => new[] { stretch.From, stretch.To + unit }).Distinct().Order()];
        _lowest = new int[_starts.Length][];
        _cheapestFrom = new int[_starts.Length + 1];
        _leastRatio = new decimal[_starts.Length];
        _cheapestFrom[^1] = -1;
        for (var i = _starts.Length - 1; i >= 0; i--)
        {
            _lowest[i] = LowestOn(_starts[i], i + 1 < _starts.Length ? _starts[i + 1] - unit : _starts[i]);
            _cheapestFrom[i] = CheapestOf(_starts[i], _cheapestFrom[i + 1]);
        }

        for (var i = 0; i < _starts.Length; i++)
        {
            _leastRatio[i] = Math.Min(i == 0 ? decimal.MaxValue : _leastRatio[i - 1], LeastRatioAt(_starts[i]));
        }

        Breaks = FindBreaks();
    }

    /// <summary>
    /// The amounts at which one transfer of a best split may stand, other than the one that takes the rest: the ends of pieces at which nothing is gained by moving a
    /// little of the amount to another transfer or back. Lowest cost per unit first.
    /// </summary>
    public IReadOnlyList<PriceBreak> Breaks { get; }

    /// <summary>The largest amount of one transfer; 0 where there is none.</summary>
    public decimal Largest => _starts.Length == 0 ? 0m : _starts[^1] - _unit;

    /// <summary>The lowest cost of a transfer; null where no offer takes the amount. Where more may be received the amount may come out larger.</summary>
    public PriceBreak? At(decimal amount)
    {
        var interval = IntervalOf(amount);
        var best = interval < 0 ? null : Lowest(_lowest[interval], amount);
        if (!_mayExceed)
        {
            return best;
        }

        var above = _cheapestFrom[interval >= 0 && _starts[interval] == amount ? interval : interval + 1];
        return above >= 0 && !(best?.Cost <= _stretches[above].CostAtFrom) ? StartOf(_stretches[above]) : best;
    }

    /// <summary>A bound: in whatever parts an amount is transferred along this curve, it costs no less. Null where that is not possible at all.</summary>
    public decimal? LeastCost(decimal amount)
    {
        var interval = IntervalOf(amount);
        var ratio = interval < 0 ? decimal.MaxValue : _leastRatio[interval];
        if (At(amount) is { } whole)
        {
            return ratio < whole.Cost / amount ? ratio * amount : whole.Cost;
        }

        return ratio == decimal.MaxValue ? null : ratio * amount;
    }

    private int IntervalOf(decimal amount)
    {
        var found = Array.BinarySearch(_starts, amount);
        return found >= 0 ? found : ~found - 1;
    }

    private PriceBreak? Lowest(int[] among, decimal amount)
    {
        PriceBreak? best = null;
        foreach (var index in among)
        {
            var stretch = _stretches[index];
            var cost = stretch.CostAt(amount);
            if (best is null || cost < best.Value.Cost)
            {
                best = new PriceBreak(amount, cost, stretch.BasisFrom, stretch.Offer);
            }
        }

        return best;
    }

    // A piece is of no use on an interval where the one that is lowest at its start, or at its end, is nowhere above it. The first of equals stays.
    private int[] LowestOn(decimal first, decimal last)
    {
        var there = new List<int>();
        var (atFirst, atLast) = (-1, -1);
        for (var i = 0; i < _stretches.Length; i++)
        {
            if (_stretches[i].From <= first && _stretches[i].To >= last && first <= last)
            {
                there.Add(i);
                atFirst = atFirst < 0 || _stretches[i].CostAt(first) < _stretches[atFirst].CostAt(first) ? i : atFirst;
                atLast = atLast < 0 || _stretches[i].CostAt(last) < _stretches[atLast].CostAt(last) ? i : atLast;
            }
        }

        bool IsAbove(int index, int lowest) => index != lowest
            && _stretches[index].CostAt(first) >= _stretches[lowest].CostAt(first)
            && _stretches[index].CostAt(last) >= _stretches[lowest].CostAt(last);
        return [.. there.Where(index => index == atFirst || (!IsAbove(index, atFirst) && !IsAbove(index, atLast)))];
    }

    private int CheapestOf(decimal start, int later)
    {
        for (var i = 0; i < _stretches.Length; i++)
        {
            if (_stretches[i].From == start && (later < 0 || _stretches[i].CostAtFrom <= _stretches[later].CostAtFrom))
            {
                later = i;
            }
        }

        return later;
    }

    private decimal LeastRatioAt(decimal start)
    {
        var least = decimal.MaxValue;
        foreach (var stretch in _stretches)
        {
            if (stretch.From == start && start > 0m)
            {
                least = Math.Min(least, stretch.CostAtFrom / start);
            }

            if (stretch.To + _unit == start && stretch.To > 0m)
            {
                least = Math.Min(least, stretch.CostAt(stretch.To) / stretch.To);
            }
        }

        return least;
    }

    private List<PriceBreak> FindBreaks()
    {
        var breaks = new Dictionary<decimal, PriceBreak>();
        foreach (var stretch in _stretches)
        {
            if (!stretch.IsBegin)
            {
                Consider(StartOf(stretch));
            }

            Consider(new PriceBreak(stretch.To, stretch.CostAt(stretch.To), stretch.BasisTo, stretch.Offer));
        }

        return [.. breaks.Values.OrderBy(at => at.Cost / at.Amount).ThenByDescending(at => at.Amount)];

        void Consider(PriceBreak at)
        {
            if (at.Amount > 0m && !breaks.ContainsKey(at.Amount) && At(at.Amount)?.Cost >= at.Cost
                && !(At(at.Amount - _unit)?.Cost + At(at.Amount + _unit)?.Cost <= 2m * at.Cost))
            {
                breaks.Add(at.Amount, at);
            }
        }
    }

    private static PriceBreak StartOf(PriceStretch stretch) => new(stretch.From, stretch.CostAtFrom, stretch.BasisFrom, stretch.Offer);
}

/// <summary>One transfer on a curve.</summary>
/// <param name="Amount">Its amount.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Basis">What of it counts towards an allowance, in the send currency; of no meaning inside a piece.</param>
/// <param name="Offer">Index of the cheapest offer.</param>
internal readonly record struct PriceBreak(decimal Amount, decimal Cost, decimal Basis, int Offer);
