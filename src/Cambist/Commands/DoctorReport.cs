using Spectre.Console;

namespace Cambist.Commands;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What it is: <c>storage</c>, <c>source:kraken</c>.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c>, <c>failed</c>, <c>off</c> (by configuration) or <c>skipped</c>.</param>
/// <param name="Detail">What was found; never a secret.</param>
/// <param name="Mend">How to mend it or turn it on; null where nothing needs to be done.</param>
internal sealed record DoctorCheck(string Name, string Status, string Detail, string? Mend = null)
{
    public static DoctorCheck Ok(string name, string detail) => new(name, "ok", detail);

    public static DoctorCheck Warning(string name, string detail, string mend) => new(name, "warning", detail, mend);

    public static DoctorCheck Failed(string name, string detail, string mend) => new(name, "failed", detail, mend);

    /// <summary>Something is off, for a reason that ends with the key that turns it on.</summary>
    public static DoctorCheck Off(string name, string whyOff) => new(name, "off", whyOff, $"In the environment: {SettingChecks.InEnvironment(whyOff.Split(' ')[^1])}");

    public static DoctorCheck Skipped(string name, string why) => new(name, "skipped", why);
}

/// <summary>The JSON document of <c>cambist doctor</c>.</summary>
/// <param name="Status"><c>ok</c>, <c>warning</c> or <c>failed</c>: the worst of the checks.</param>
/// <param name="Checks">What was looked at, in order.</param>
/// <param name="AsOf">When.</param>
internal sealed record DoctorReport(string Status, IReadOnlyList<DoctorCheck> Checks, DateTimeOffset AsOf)
{
    public static DoctorReport Of(IReadOnlyList<DoctorCheck> checks, DateTimeOffset asOf) => new(
        checks.Any(check => check.Status == "failed") ? "failed" : checks.Any(check => check.Status == "warning") ? "warning" : "ok", checks, asOf);

    public void Write()
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var check in Checks)
        {
            grid.AddRow(
                Coloured(check.Status),
                Markup.Escape(check.Name),
                Markup.Escape(check.Detail) + (check.Mend is { } mend ? $"\n[yellow]→[/] {Markup.Escape(mend)}" : ""));
        }

        AnsiConsole.Write(grid);
        AnsiConsole.MarkupLine($"{Coloured(Status)}: {Count("failed")} failed, {Count("warning")} warnings");
    }

    private int Count(string status) => Checks.Count(check => check.Status == status);

    private static string Coloured(string status) => status switch
    {
        "ok" => "[green]ok[/]",
        "warning" => "[yellow]warning[/]",
        "failed" => "[red]failed[/]",
        _ => $"[grey]{status}[/]",
    };
}
