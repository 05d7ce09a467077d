using Cambist.App.Rates.Sources;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Where the browser and the program that drives it are.</summary>
internal static class BrowserPaths
{
    private const string Runner = "cambist-pages";

    // The last is on some systems a stub that only asks for a browser to be installed.
    private static readonly string[] Names = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

    /// <summary>The browser's executable.</summary>
    /// <exception cref="SourceFaultException">There is none; the message says how to mend it.</exception>
    public static string Browser(PageBrowserOptions options) =>
        Given(options.ExecutablePath, "Quotes:Browser:ExecutablePath") ??
        UsualBrowsers().FirstOrDefault(File.Exists) ??
        throw Lacking("No Chromium was found: install the system's chromium (or Chrome), or set Quotes:Browser:ExecutablePath");

    /// <summary>The program that drives it.</summary>
    /// <exception cref="SourceFaultException">It is not there; the message says how to mend it.</exception>
    public static string Pages(PageBrowserOptions options) => Pages(options, AppContext.BaseDirectory);

    internal static string Pages(PageBrowserOptions options, string programFolder) =>
        Given(options.RunnerPath, "Quotes:Browser:RunnerPath") ??
        CompanionProgram.Find(Runner, "Cambist.Pages", programFolder) ??
        throw Lacking($"The program {Runner} was not found beside this one: publish src/Cambist.Pages there (in a checkout: build it), or set Quotes:Browser:RunnerPath");

    private static IEnumerable<string> UsualBrowsers()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return OperatingSystem.IsWindows()
            ? new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
                .Select(folder => Path.Combine(Environment.GetFolderPath(folder), "Google", "Chrome", "Application", "chrome.exe"))
            : Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
                .Append("/Applications/Chromium.app/Contents/MacOS/Chromium")
                .Append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
    }

    private static string? Given(string? path, string key) =>
        string.IsNullOrWhiteSpace(path) ? null : File.Exists(path) ? path : throw Lacking($"{key} names a file that is not there ('{path}')");

    private static SourceFaultException Lacking(string remedy) => new(SourceFault.Unavailable, $"{remedy}.");
}
