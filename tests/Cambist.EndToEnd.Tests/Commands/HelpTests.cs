using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    [InlineData("ask")]
    [InlineData("providers")]
    [InlineData("goals")]
    [InlineData("goals list")]
    [InlineData("goals show")]
    [InlineData("goals dashboard")]
    [InlineData("goals add")]
    [InlineData("goals convert")]
    [InlineData("goals pause")]
    [InlineData("goals resume")]
    [InlineData("goals cancel")]
    [InlineData("rates")]
    [InlineData("rates latest")]
    [InlineData("rates history")]
    [InlineData("rates sources")]
    [InlineData("doctor")]
    [InlineData("history")]
    [InlineData("history import")]
    [InlineData("models")]
    [InlineData("models list")]
    [InlineData("models show")]
    [InlineData("models promote")]
    [InlineData("models rollback")]
    [InlineData("models export")]
    [InlineData("keys")]
    [InlineData("keys list")]
    [InlineData("keys rotate")]
    [InlineData("users")]
    [InlineData("users list")]
    [InlineData("users add")]
    [InlineData("users password")]
    [InlineData("users role")]
    [InlineData("users unlock")]
    [InlineData("users sign-out")]
    [InlineData("users second-factor off")]
    [InlineData("users export")]
    [InlineData("users erase")]
    [InlineData("evaluate")]
    [InlineData("evaluate forecasts")]
    [InlineData("evaluate advice")]
    public async Task Every_command_has_help(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var help = await CommandLine.RunAsync([.. words, "--help"]);

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.Contains($"cambist {command}".TrimEnd(), help.Out, StringComparison.Ordinal);
        Assert.All(new[] { "--json", "--data <DIR>", "--database" }, option => Assert.Contains(option, help.Out, StringComparison.Ordinal));
    }
}
