using System.Data.Common;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>One value of a pair and day: a central bank's reference rate, or a market's daily close.</summary>
/// <param name="Day">The bank's or the market's own date.</param>
/// <param name="EffectiveAt">When it was true.</param>
/// <param name="Rate">Quote currency per unit of base; stored to 15 significant digits.</param>
/// <param name="Source">Id of the source; empty before it is stored.</param>
public readonly record struct DailyRate(DateOnly Day, DateTimeOffset EffectiveAt, decimal Rate, string Source = "");

/// <summary>Daily values of each pair and source. They are no hours: each source has its own hour of the day, and sometimes its own day. Safe to use from any thread; the methods block.</summary>
public sealed class DailyStore(Database database)
{
    private const string OfPair = "SELECT day, effective_at, rate, source FROM daily_rate WHERE pair = (SELECT id FROM currency_pair WHERE symbol = @symbol)";

    private readonly NamedIds _pairs = new("currency_pair", "symbol");
    private readonly StoredPairs _stored = new(database, "daily_rate", TimeProvider.System);

    /// <summary>Whether the pair may have days; false where it has none, or another process brought its first within the last two seconds.</summary>
    public bool Has(CurrencyPair pair) => _stored.Contains(pair);

    /// <summary>Writes the days that the source does not have yet, in one transaction, and returns their number; what is there stays as it is.</summary>
    /// <exception cref="ArgumentException">A rate is not above zero. Nothing was written.</exception>
    public int FillGaps(CurrencyPair pair, string source, IEnumerable<DailyRate> days)
    {
        using var connection = database.Connect();
        var id = _pairs.Of(connection, pair.Symbol);
        using var transaction = connection.BeginTransaction();
        using var command = connection.Command(
            "INSERT INTO daily_rate (pair, day, source, effective_at, rate) VALUES (@pair, @day, @source, @effective, @rate) ON CONFLICT DO NOTHING;",
            ("pair", id),
            ("day", default(DateOnly)),
            ("source", source),
            ("effective", database.Stored(DateTimeOffset.UnixEpoch)),
            ("rate", 0.0));
        command.Prepare();
        var written = 0;
        foreach (var day in days)
        {
            if (day.Rate <= 0m)
            {
                throw new ArgumentException($"A daily rate is above zero, was {day.Rate} of {pair} on {day.Day:yyyy-MM-dd}.", nameof(days));
            }

            command.Parameters["day"].Value = day.Day;
            command.Parameters["effective"].Value = database.Stored(day.EffectiveAt);
            command.Parameters["rate"].Value = (double)day.Rate;
            written += command.ExecuteNonQuery();
        }

        transaction.Commit();
        _stored.Forget();
        return written;
    }

    /// <summary>The values that were true within [from, to], by day. Of a day that several sources have, the one of the first source by name.</summary>
    public IReadOnlyList<DailyRate> Read(CurrencyPair pair, DateTimeOffset from, DateTimeOffset to)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            $"{OfPair} AND effective_at >= @from AND effective_at <= @to ORDER BY day, source;",
            ("symbol", pair.Symbol),
            ("from", database.Stored(from)),
            ("to", database.Stored(to)));
        using var reader = command.ExecuteReader();
        var days = new List<DailyRate>();
        while (reader.Read())
        {
            var rate = RateOf(reader);
            if (days.Count == 0 || days[^1].Day != rate.Day)
            {
                days.Add(rate);
            }
        }

        return days;
    }

    /// <summary>The last day's value that was true by an instant; null where there is none.</summary>
    public DailyRate? LastBy(CurrencyPair pair, DateTimeOffset instant)
    {
        using var connection = database.Connect();
        using var command = connection.Command(
            $"{OfPair} AND effective_at <= @instant ORDER BY day DESC, source LIMIT 1;", ("symbol", pair.Symbol), ("instant", database.Stored(instant)));
        using var reader = command.ExecuteReader();
        return reader.Read() ? RateOf(reader) : null;
    }

    private DailyRate RateOf(DbDataReader row) => new(row.GetFieldValue<DateOnly>(0), database.InstantAt(row, 1), ExactReal.ToDecimal(row.GetDouble(2)), row.GetString(3));
}
