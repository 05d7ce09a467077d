namespace Cambist.App.Quotes.Recipes;

/// <summary>Configuration of what reads pages: <c>Quotes:Browser</c>.</summary>
internal sealed class PageBrowserOptions
{
    /// <summary>A Chromium or Chrome. Not set: it is looked for in the usual places.</summary>
    public string? ExecutablePath { get; set; }

    /// <summary>The program <c>cambist-pages</c>. Not set: it is looked for beside this program, then in a source checkout.</summary>
    public string? RunnerPath { get; set; }

    /// <summary>Where pictures of pages go, one a recipe. Not set: <c>cambist/page-pictures</c> in the user's data folder.</summary>
    public string? PictureFolder { get; set; }

    /// <summary>The folder of the pictures; made when the first is taken.</summary>
    public string Pictures => PictureFolder is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "cambist", "page-pictures");

    /// <summary>How long one step may wait for what it needs.</summary>
    public TimeSpan StepPatience { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a whole recipe may take; then its browser is killed. A little less than the patience of whoever asks sources, so that the fault says what took so long.</summary>
    public TimeSpan JobLimit { get; set; } = TimeSpan.FromSeconds(18);
}
