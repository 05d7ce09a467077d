using System.CommandLine;
using Cambist.App.Assistant;

namespace Cambist.Commands;

/// <summary>The words that <c>ask</c> and <c>providers</c> share: AMOUNT FROM TO, which side is fixed, from where, and when. They are read by the assistant, so that a wrong one is told as on every other face.</summary>
internal static class QuestionArguments
{
    private static readonly Argument<string> Amount = new("AMOUNT") { Description = "How much, as in 5000 or 5,000.00." };
    private static readonly Argument<string> From = new("FROM") { Description = "The currency that you have (ISO 4217)." };
    private static readonly Argument<string> To = new("TO") { Description = "The currency that you need (ISO 4217)." };
    private static readonly Option<bool> Receive = new("--receive") { Description = "AMOUNT is what must arrive, not what is sent." };
    private static readonly Option<string?> By = new("--by") { Description = "When the money is needed: a date or an instant (advice is for 30 days where it is not said).", HelpName = "DATE" };
    private static readonly Option<string?> TimeZone = new("--time-zone") { Description = "IANA time zone in which the deadline's day ends (default: UTC).", HelpName = "ZONE" };
    private static readonly Option<string?> Country = new("--country") { Description = "The country that you send from (ISO 3166, as in US).", HelpName = "CODE" };
    private static readonly Option<string[]> Plan = new("--plan") { Description = "A provider's plan that you are on, as in revolut-premium; may be given more than once.", HelpName = "PLAN" };
    private static readonly Option<string?> PayIn = new("--pay-in") { Description = "How you must pay in: any, bank_transfer, card, cash, balance or mobile_wallet.", HelpName = "METHOD" };
    private static readonly Option<string?> PayOut = new("--pay-out") { Description = "How it must be paid out, in the same words.", HelpName = "METHOD" };
    private static readonly Option<string?> AsOf = new("--as-of") { Description = "Answer from what was known then (recorded history).", HelpName = "TIME" };

    public static Command WithQuestion(this Command command)
    {
        command.Arguments.Add(Amount);
        command.Arguments.Add(From);
        command.Arguments.Add(To);
        command.Options.Add(Receive);
        command.Options.Add(By);
        command.Options.Add(TimeZone);
        command.Options.Add(Country);
        command.Options.Add(Plan);
        command.Options.Add(PayIn);
        command.Options.Add(PayOut);
        command.Options.Add(AsOf);
        return command;
    }

    public static AskForm Question(this ParseResult parsed) => new()
    {
        Amount = parsed.GetValue(Amount),
        From = parsed.GetValue(From),
        To = parsed.GetValue(To),
        Side = parsed.GetValue(Receive) ? "receive" : "send",
        By = parsed.GetValue(By),
        TimeZone = parsed.GetValue(TimeZone),
        Country = parsed.GetValue(Country),
        Plans = parsed.GetValue(Plan) ?? [],
        PayIn = parsed.GetValue(PayIn),
        PayOut = parsed.GetValue(PayOut),
        AsOf = parsed.GetValue(AsOf),
    };
}
