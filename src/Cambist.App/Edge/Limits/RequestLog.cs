namespace Cambist.App.Edge.Limits;

/// <summary>
/// The instants of one client's answered requests, oldest first, in milliseconds of any clock that may wrap: a sliding log, exact to the millisecond where
/// a counter of whole minutes would let twice the limit pass around their border. It is as long as the client is busy. Not safe for several threads.
/// </summary>
internal sealed class RequestLog
{
    private uint[] _instants = new uint[2];
    private int _first;
    private int _count;

    public Standing Count(uint now, int limit, uint window)
    {
        while (_count > 0 && now - _instants[_first] >= window)
        {
            _first = (_first + 1) % _instants.Length;
            _count--;
        }

        var isAllowed = _count < limit;
        if (isAllowed)
        {
            if (_count == _instants.Length)
            {
                Grow(limit);
            }

            _instants[(_first + _count++) % _instants.Length] = now;
        }

        return new Standing(isAllowed, limit - _count, TimeSpan.FromMilliseconds(window - (now - _instants[_first])));
    }

    private void Grow(int limit)
    {
        var wider = new uint[Math.Min(limit, _instants.Length * 4)];
        for (var index = 0; index < _count; index++)
        {
            wider[index] = _instants[(_first + index) % _instants.Length];
        }

        (_instants, _first) = (wider, 0);
    }
}
