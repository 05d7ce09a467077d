using Cambist.Client;

namespace Cambist.Web.Asking;

/// <summary>The names of the form's fields, which are the names in the address.</summary>
internal static class AskFields
{
    public const string Amount = "amount";
    public const string From = "from";
    public const string To = "to";
    public const string By = "by";
    public const string Risk = "risk";
    public const string Side = "side";
    public const string Country = "country";
    public const string Usual = "usual";
    public const string TimeZone = "time_zone";
    public const string AsOf = "as_of";

    /// <summary>The form's field that a problem is about, whether it is told by its wire name or by its name here; null where none is.</summary>
    public static string? AtFault(Problem? problem) => problem?.Field switch
    {
        Amount => Amount,
        From or "from_currency" => From,
        To or "to_currency" => To,
        By or "deadline" => By,
        Risk or "risk_tolerance" => Risk,
        Side or "amount_side" => Side,
        Country => Country,
        Usual or "usual_provider" => Usual,
        TimeZone => TimeZone,
        AsOf => AsOf,
        _ => null,
    };
}
