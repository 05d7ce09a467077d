using System.CommandLine;
using Cambist.App.Assistant;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary><c>cambist ask</c>: convert now, or wait?</summary>
internal static class AskCommand
{
    private static readonly Option<string?> Risk = new("--risk") { Description = "conservative, moderate (default) or aggressive.", HelpName = "RISK" };
    private static readonly Option<string?> Usual = new("--usual") { Description = "The provider that you would use without advice.", HelpName = "ID" };
    private static readonly Option<string?> Target = new("--target") { Description = "A rate of TO per FROM to wait for, as long as it is safe.", HelpName = "RATE" };
    private static readonly Option<string?> Floor = new("--floor") { Description = "A rate of TO per FROM at which to stop waiting.", HelpName = "RATE" };
    private static readonly Option<string[]> Exclude = new("--exclude") { Description = "A provider that must not be advised; may be given again.", HelpName = "ID" };

    public static Command Create()
    {
        var command = new Command("ask", "I have this much of FROM and need TO: convert now, or wait?").WithQuestion();
        command.Options.Add(Risk);
        command.Options.Add(Usual);
        command.Options.Add(Target);
        command.Options.Add(Floor);
        command.Options.Add(Exclude);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var form = parsed.Question() with
        {
            Risk = parsed.GetValue(Risk),
            UsualProvider = parsed.GetValue(Usual),
            TargetRate = parsed.GetValue(Target),
            FloorRate = parsed.GetValue(Floor),
            ExcludedProviders = parsed.GetValue(Exclude) ?? [],
        };
        await using var services = await LocalAssistant.StartAsync(parsed, asksLiveSources: form.AsOf is null, cancellationToken);
        var answer = await services.GetRequiredService<ConversionAssistant>().AdviseAsync(form, cancellationToken);
        if (answer is AdviceAnswer.Refused refused)
        {
            return Output.Fail(refused.Problem, parsed.GetValue(CommonOptions.Json));
        }

        var given = (AdviceAnswer.Given)answer;
        var advice = given.Advice;
        await services.GetRequiredService<AdviceMaker>().FinishAsync(cancellationToken);
        Output.NotWaitedFor(given.Pending);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(advice);
        }
        else
        {
            AdviceView.Write(advice);
        }

        return ExitCode.Done;
    }
}
