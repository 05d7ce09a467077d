using System.Collections.Frozen;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>
/// Which pairs have ever had a row of a table, remembered for a few seconds: a cross of unknown currencies tries dozens of pairs, and another process may import
/// while this one serves.
/// </summary>
internal sealed class StoredPairs(Database store, string table, TimeProvider clock)
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(2);

    private volatile Remembered? _remembered;

    public bool Contains(CurrencyPair pair)
    {
        var remembered = _remembered;
        if (remembered is null || clock.GetElapsedTime(remembered.At) > RememberedFor)
        {
            _remembered = remembered = new Remembered(Read(), clock.GetTimestamp());
        }

        return remembered.Symbols.Contains(pair.Symbol);
    }

    /// <summary>Something was written: the next question reads again.</summary>
    public void Forget() => _remembered = null;

    private FrozenSet<string> Read()
    {
        using var connection = store.Connect();
        using var command = connection.Command($"SELECT symbol FROM currency_pair WHERE EXISTS (SELECT 1 FROM {table} WHERE pair = id);");
        using var reader = command.ExecuteReader();
        var symbols = new List<string>();
        while (reader.Read())
        {
            symbols.Add(reader.GetString(0));
        }

        return symbols.ToFrozenSet(StringComparer.Ordinal);
    }

    private sealed record Remembered(FrozenSet<string> Symbols, long At);
}
