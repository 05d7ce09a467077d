using System.Globalization;
using Cambist.App.Edge;
using Cambist.Client;

namespace Cambist.App.Goals.Pages;

/// <summary>Turns forms, whose fields are called as on the wire and are all text, into the requests that the routes take. What is no number is refused here, and everything else where the routes' requests are.</summary>
public static class GoalForms
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The texts that a goal's form shows before anything is typed into it.</summary>
    public static FormFields Shown(ConversionGoal goal) => new(
    [
        ("name", goal.Name),
        ("amount", goal.Amount.Amount.ToString(CultureInfo.InvariantCulture)),
        ("deadline", goal.Deadline is { } deadline ? DeadlineText(deadline, TimeZoneInfo.FindSystemTimeZoneById(goal.TimeZone)) : null),
        ("risk_tolerance", goal.RiskTolerance),
        ("target_rate", goal.TargetRate?.ToString(CultureInfo.InvariantCulture)),
        ("usual_provider", goal.UsualProvider),
    ]);

    internal static (GoalRequest? Request, Problem? Problem) Goal(FormFields told)
    {
        var fields = new FieldReader();
        var receives = told["amount_side"] == "receive";
        var amount = fields.NumberIfTold(receives ? "receive_amount" : "amount", told["amount"]);
        var request = new GoalRequest
        {
            Type = told["type"],
            Name = told["name"],
            FromCurrency = told["from_currency"],
            ToCurrency = told["to_currency"],
            Amount = receives ? null : amount,
            ReceiveAmount = receives ? amount : null,
            Starts = told["starts"],
            Deadline = told["deadline"],
            TimeZone = told["time_zone"],
            RiskTolerance = told["risk_tolerance"],
            TargetRate = fields.NumberIfTold("target_rate", told["target_rate"], "invalid_target_rate"),
            Recurrence = told.Has("recurrence.unit") ? Rule(fields, told) : null,
            UsualProvider = told["usual_provider"],
            Country = told["country"],
        };
        return fields.Problem is { } problem ? (null, problem) : (request, null);
    }

    /// <summary>A change of what differs from what the form showed.</summary>
    internal static (GoalChange? Change, Problem? Problem) Change(FormFields told, FormFields shown)
    {
        var fields = new FieldReader();
        var change = new GoalChange(
            Name: Changed("name"),
            Amount: Changed("amount") is { } amount ? fields.Number("amount", amount) : null,
            Deadline: Changed("deadline"),
            RiskTolerance: Changed("risk_tolerance"),
            TargetRate: Changed("target_rate") is { } target ? fields.Number("target_rate", target, "invalid_target_rate") : null,
            UsualProvider: Changed("usual_provider"));
        if (change.Deadline is "")
        {
            // What a change does not tell stays, and nobody should believe that it was taken out.
            fields.Refuse(Problems.Missing("deadline", "another one, for a goal that has one keeps one"));
        }

        return fields.Problem is { } problem ? (null, problem) : (change, null);

        string? Changed(string name) => told.Has(name) && told[name] != shown[name] ? told[name] ?? "" : null;
    }

    /// <summary>A conversion; a time without an offset is of the goal's time zone.</summary>
    internal static (ConversionRequest? Request, Problem? Problem) Conversion(FormFields told, TimeZoneInfo zone)
    {
        var fields = new FieldReader();
        var request = new ConversionRequest(
            fields.NumberIfTold("send_amount", told["send_amount"]),
            fields.NumberIfTold("receive_amount", told["receive_amount"]),
            fields.NumberIfTold("rate", told["rate"], "invalid_rate"),
            fields.NumberIfTold("fee", told["fee"], "invalid_fee"),
            told["provider"],
            fields.Begin("executed_at", told["executed_at"], zone)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        return fields.Problem is { } problem ? (null, problem) : (request, null);
    }

    private static RecurrenceRule Rule(FieldReader fields, FormFields told) => new(
        told["recurrence.unit"],
        Whole(fields, "recurrence.every", told["recurrence.every"]),
        Whole(fields, "recurrence.day_of_month", told["recurrence.day_of_month"]),
        told["recurrence.weekday"],
        told["recurrence.time"],
        told["recurrence.start"],
        told["recurrence.until"],
        Whole(fields, "recurrence.count", told["recurrence.count"]));

    private static int? Whole(FieldReader fields, string field, string? text)
    {
        if (text is not null && !int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            fields.Refuse(Problems.Invalid("invalid_recurrence", field, "a whole number", text));
            return null;
        }

        return text is null ? null : int.Parse(text.Trim(), CultureInfo.InvariantCulture);
    }

    // The midnight at which a day ends is told as that day, and read as it.
    private static string DeadlineText(DateTimeOffset deadline, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(deadline, zone);
        return local.TimeOfDay == TimeSpan.Zero
            ? local.AddDays(-1).ToString(DayFormat, CultureInfo.InvariantCulture)
            : local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }
}
