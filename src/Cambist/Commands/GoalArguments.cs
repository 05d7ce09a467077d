using System.CommandLine;
using Cambist.App.Edge;
using Cambist.Client;

namespace Cambist.Commands;

/// <summary>The words of <c>goals add</c> and <c>goals convert</c>, those of <c>ask</c> where they mean the same. But for numbers they are read where those of the API are, so that a wrong one is told as there.</summary>
internal static class GoalArguments
{
    private static readonly Argument<string> Amount = new("AMOUNT") { Description = "How much, as in 5000 or 5,000.00; of a recurring goal each time." };
    private static readonly Argument<string> From = new("FROM") { Description = "The currency that you have (ISO 4217)." };
    private static readonly Argument<string> To = new("TO") { Description = "The currency that you need (ISO 4217)." };
    private static readonly Option<string?> Type = new("--type") { Description = "one_time (default), recurring, threshold or dollar_cost_average.", HelpName = "TYPE" };
    private static readonly Option<string?> Name = new("--name") { Description = "What you call it.", HelpName = "NAME" };
    private static readonly Option<bool> Receive = new("--receive") { Description = "AMOUNT is what must arrive, not what is sent." };
    private static readonly Option<string?> By = new("--by") { Description = "The deadline, when all must have arrived: a date (to its end) or an instant.", HelpName = "DATE" };
    private static readonly Option<string?> Starts = new("--starts") { Description = "When nothing is to be converted before: a date or an instant (default: now).", HelpName = "DATE" };
    private static readonly Option<string?> Target = new("--target") { Description = "threshold: the rate of TO per FROM that is waited for.", HelpName = "RATE" };
    private static readonly Option<string?> Unit = new("--unit") { Description = "recurring, dollar_cost_average: days, weeks, months or years.", HelpName = "UNIT" };
    private static readonly Option<int> Every = new("--every") { Description = "How many of the unit lie between two (default: 1).", HelpName = "N" };
    private static readonly Option<int> DayOfMonth = new("--day-of-month") { Description = "1 to 31; a month without the day has its last one.", HelpName = "DAY" };
    private static readonly Option<string?> Weekday = new("--weekday") { Description = "monday to sunday.", HelpName = "DAY" };
    private static readonly Option<string?> Time = new("--time") { Description = "Time of day, as in 09:00 (default: midnight).", HelpName = "HH:MM" };
    private static readonly Option<string?> FirstDay = new("--first-day") { Description = "The first day that may have one (default: that of the start).", HelpName = "DATE" };
    private static readonly Option<string?> Until = new("--until") { Description = "The last day that may have one.", HelpName = "DATE" };
    private static readonly Option<int> Count = new("--count") { Description = "How many there are.", HelpName = "N" };
    private static readonly Option<string?> TimeZone = new("--time-zone") { Description = "IANA time zone of its days (default: the account's, else UTC).", HelpName = "ZONE" };
    private static readonly Option<string?> Risk = new("--risk") { Description = "conservative, moderate or aggressive (default: the account's).", HelpName = "RISK" };
    private static readonly Option<string?> Usual = new("--usual") { Description = "The provider that you would use without advice; savings count against it (default: the account's).", HelpName = "ID" };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "A provider that must not be advised; may be given again.", HelpName = "ID" };
    private static readonly Option<string?> Country = new("--country") { Description = "The country that you send from (ISO 3166, as in US; default: the account's).", HelpName = "CODE" };

    private static readonly Option<string?> Paid = new("--amount") { Description = "All that you paid, fees included.", HelpName = "AMOUNT" };
    private static readonly Option<string?> Received = new("--received") { Description = "What arrived.", HelpName = "AMOUNT" };
    private static readonly Option<string?> Rate = new("--rate") { Description = "Or the provider's rate; what arrived is (paid - fee) x rate.", HelpName = "RATE" };
    private static readonly Option<string?> Fee = new("--fee") { Description = "The fee with that rate.", HelpName = "AMOUNT" };
    private static readonly Option<string?> Provider = new("--provider") { Description = "With whom: an id as in 'cambist providers', or any name.", HelpName = "NAME" };
    private static readonly Option<string?> At = new("--at") { Description = "When you ordered it: a date or an instant (default: now).", HelpName = "TIME" };
    private static readonly Option<string?> OnceKey = new("--key") { Description = "A key of your own: the same command with it has its effect once, within a day.", HelpName = "KEY" };

    public static Command WithGoal(this Command command)
    {
        foreach (var argument in new[] { Amount, From, To })
        {
            command.Arguments.Add(argument);
        }

        return command.With(Type, Name, Receive, By, Starts, Target, Unit, Every, DayOfMonth, Weekday, Time, FirstDay, Until, Count, TimeZone, Risk, Usual, Exclude, Country, OnceKey);
    }

    public static Command WithConversion(this Command command) => command.With(Paid, Received, Rate, Fee, Provider, At, OnceKey);

    public static string? Key(this ParseResult parsed) => parsed.GetValue(OnceKey);

    /// <summary>The goal; to be used only where <see cref="FieldReader.Problem"/> is null afterwards.</summary>
    public static GoalRequest Goal(this ParseResult parsed, FieldReader fields)
    {
        var amount = fields.Number("amount", parsed.GetValue(Amount));
        var receives = parsed.GetValue(Receive);
        var rule = new RecurrenceRule(
            parsed.GetValue(Unit), parsed.Told(Every), parsed.Told(DayOfMonth), parsed.GetValue(Weekday), parsed.GetValue(Time), parsed.GetValue(FirstDay), parsed.GetValue(Until), parsed.Told(Count));
        return new GoalRequest
        {
            Type = parsed.GetValue(Type),
            Name = parsed.GetValue(Name),
            FromCurrency = parsed.GetValue(From),
            ToCurrency = parsed.GetValue(To),
            Amount = receives ? null : amount,
            ReceiveAmount = receives ? amount : null,
            Starts = parsed.GetValue(Starts),
            Deadline = parsed.GetValue(By),
            TimeZone = parsed.GetValue(TimeZone),
            RiskTolerance = parsed.GetValue(Risk),
            TargetRate = fields.NumberIfTold("target_rate", parsed.GetValue(Target), "invalid_target_rate"),
            Recurrence = rule == new RecurrenceRule(Unit: null) ? null : rule,
            UsualProvider = parsed.GetValue(Usual),
            ExcludedProviders = parsed.GetValue(Exclude),
            Country = parsed.GetValue(Country),
        };
    }

    /// <summary>The conversion; to be used only where <see cref="FieldReader.Problem"/> is null afterwards.</summary>
    public static ConversionRequest Conversion(this ParseResult parsed, FieldReader fields) => new(
        fields.NumberIfTold("send_amount", parsed.GetValue(Paid)),
        fields.NumberIfTold("receive_amount", parsed.GetValue(Received)),
        fields.NumberIfTold("rate", parsed.GetValue(Rate), "invalid_rate"),
        fields.NumberIfTold("fee", parsed.GetValue(Fee), "invalid_fee"),
        parsed.GetValue(Provider),
        parsed.GetValue(At));

    private static int? Told(this ParseResult parsed, Option<int> option) => parsed.GetResult(option) is null ? null : parsed.GetValue(option);

    private static Command With(this Command command, params ReadOnlySpan<Option> options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        return command;
    }
}
