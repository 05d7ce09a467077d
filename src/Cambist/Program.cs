using Cambist.Commands;

var parsed = CambistCommands.Root().Parse(args);
return parsed.Errors.Count > 0 ? Output.BadUsage(parsed) : await parsed.InvokeAsync();
