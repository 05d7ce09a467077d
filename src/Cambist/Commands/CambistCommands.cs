using System.CommandLine;

namespace Cambist.Commands;

/// <summary>The commands of the program.</summary>
internal static class CambistCommands
{
    public static RootCommand Root() => new RootCommand("Cambist: convert now, or wait? With whom, at what cost, how sure?")
    {
        ServeCommand.Create(),
        AskCommand.Create(),
        ProvidersCommand.Create(),
        GoalsCommand.Create(),
        RatesCommand.Create(),
        HistoryCommand.Create(),
        TrainCommand.Create(),
        ModelsCommand.Create(),
        EvaluateCommand.Create(),
        KeysCommand.Create(),
        UsersCommand.Create(),
        DoctorCommand.Create(),
        McpCommand.Create(),
        AuditCommand.Create(),
    }.WithCommonOptions();
}
