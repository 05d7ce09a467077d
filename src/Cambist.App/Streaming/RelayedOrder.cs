namespace Cambist.App.Streaming;

/// <summary>What came from each node: tells what comes twice, and that something was lost between. Of the one who hears messages alone.</summary>
internal sealed class RelayedOrder
{
    // Nodes that are gone are forgotten together with the others; then one gap may go unseen.
    private const int MostNodes = 1024;

    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>Takes a message's number.</summary>
    /// <returns>Whether it is new, and whether some before it never came.</returns>
    public (bool IsNew, bool HasGap) Take(string node, long number)
    {
        if (!_last.TryGetValue(node, out var last))
        {
            if (_last.Count >= MostNodes)
            {
                _last.Clear();
            }

            last = number - 1;
        }

        if (number <= last)
        {
            return (false, false);
        }

        _last[node] = number;
        return (true, number > last + 1);
    }
}
