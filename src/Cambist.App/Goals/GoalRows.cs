using System.Data.Common;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>Goals as rows of the database: what tells an amount, a date or a name is encrypted for its row.</summary>
internal sealed class GoalRows(Database database, FieldCipher cipher)
{
    /// <summary>The columns that <see cref="Read"/> reads, in their order.</summary>
    public const string Columns = "id, account_id, pair, status, version, turn, details, advice, evaluate_at, created_at, updated_at";

    /// <summary>A goal of a row.</summary>
    /// <exception cref="FormatException">A currency or a word of it is unknown.</exception>
    public StoredGoal Read(DbDataReader row)
    {
        var id = row.GetString(0);
        var details = GoalDocuments.ReadDetails(cipher.Decrypt(row.GetString(6), Details(id)), CurrencyPair.ParseNoted(row.GetString(2)));
        return new StoredGoal(
            id,
            row.GetString(1),
            GoalWords.Statuses.Parse(row.GetString(3)),
            details,
            GoalDocuments.ReadAdvice(cipher.Decrypt(row.GetString(7), Advice(id)), details.Goal),
            row.IsDBNull(8) ? null : database.InstantAt(row, 8),
            database.InstantAt(row, 9),
            database.InstantAt(row, 10))
        {
            Version = row.GetInt64(4),
            Turn = row.GetInt64(5),
        };
    }

    /// <summary>The envelope of what is meant and planned.</summary>
    public string DetailsOf(StoredGoal goal) => cipher.Encrypt(GoalDocuments.Write(goal.Details), Details(goal.Id));

    /// <summary>The envelope of what was said.</summary>
    public string AdviceOf(StoredGoal goal) => cipher.Encrypt(GoalDocuments.Write(goal.Advice), Advice(goal.Id));

    /// <summary>The envelope of a conversion.</summary>
    public string ConversionOf(StoredConversion conversion) => cipher.Encrypt(GoalDocuments.Write(conversion), Conversion(conversion.Id));

    /// <summary>A conversion of a row of id, goal_id, account_id, recorded_at and details.</summary>
    public StoredConversion ReadConversion(DbDataReader row)
    {
        var id = row.GetString(0);
        var (conversion, saving) = GoalDocuments.ReadConversion(cipher.Decrypt(row.GetString(4), Conversion(id)));
        return new StoredConversion(id, row.GetString(1), row.GetString(2), database.InstantAt(row, 3), conversion, saving);
    }

    /// <summary>An instant as a parameter.</summary>
    public object? Stored(DateTimeOffset? instant) => instant is { } known ? database.Stored(known) : null;

    private static FieldPlace Details(string id) => new("goal.details", id);

    private static FieldPlace Advice(string id) => new("goal.advice", id);

    private static FieldPlace Conversion(string id) => new("goal_conversion.details", id);
}
