using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;

namespace Cambist.App.Storage;

/// <summary>The numbers that rows carry instead of names: a name gets its number when it first comes, and keeps it.</summary>
internal sealed class NamedIds(string table, string column)
{
    private readonly ConcurrentDictionary<string, int> _known = new(StringComparer.Ordinal);

    /// <summary>The number of a name. The connection is in no transaction: a number that is rolled back must not be remembered.</summary>
    public int Of(DbConnection connection, string name)
    {
        if (_known.TryGetValue(name, out var id))
        {
            return id;
        }

        var found = connection.Scalar(
            $"INSERT INTO {table} ({column}) VALUES (@name) ON CONFLICT DO NOTHING; SELECT id FROM {table} WHERE {column} = @name;", ("name", name));
        return _known[name] = Convert.ToInt32(found, CultureInfo.InvariantCulture);
    }
}
