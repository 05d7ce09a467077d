using System.CommandLine;
using Cambist.Commands;

var parsed = CambistCommands.Root().Parse(args);
if (parsed.Errors.Count > 0)
{
    return Output.BadUsage(parsed);
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception fault)
{
    return Output.Broken(parsed, fault);
}
