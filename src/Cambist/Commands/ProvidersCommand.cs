using System.CommandLine;
using Cambist.App.Assistant;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary><c>cambist providers</c>: what each provider costs, all in.</summary>
internal static class ProvidersCommand
{
    public static Command Create()
    {
        var command = new Command("providers", "What each provider costs all in, best first.").WithQuestion();
        command.Subcommands.Add(ProvidersCheckCommand.Create());
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var form = parsed.Question();
        await using var services = await LocalAssistant.StartAsync(parsed, asksLiveSources: form.AsOf is null, cancellationToken);
        var answer = await services.GetRequiredService<ConversionAssistant>().CompareAsync(form, patience: null, cancellationToken);
        if (answer is CostTableAnswer.Refused refused)
        {
            return Output.Fail(refused.Problem, parsed.GetValue(CommonOptions.Json));
        }

        var given = (CostTableAnswer.Given)answer;
        var table = given.Table;
        Output.NotWaitedFor(given.Pending);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(table);
        }
        else
        {
            CostTableView.Write(table, form.Side == "receive");
        }

        return ExitCode.Done;
    }
}
