using System.CommandLine;

namespace Cambist.Commands;

/// <summary><c>cambist evaluate</c>: what would have been said in the past, and how good it was.</summary>
internal static class EvaluateCommand
{
    public static Command Create() => new("evaluate", "Score what would have been said in the past.")
    {
        EvaluateForecastsCommand.Create(),
        EvaluateAdviceCommand.Create(),
    };
}
