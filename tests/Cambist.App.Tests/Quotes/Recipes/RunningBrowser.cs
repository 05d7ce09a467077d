using System.Diagnostics;
using System.Globalization;
using Cambist.App.Quotes.Recipes;
using Cambist.TestKit;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>A browser that is driven by the real <c>cambist-pages</c>, warm over the tests of a class. What needs it asks for <see cref="Pages"/>, which skips the test where there is no Chromium.</summary>
public sealed class RunningBrowser : IDisposable
{
    private readonly TemporaryFolder _pictures = new();
    private PageBrowser? _pages;

    internal PageBrowser Pages => _pages ??= new PageBrowser(Options());

    /// <summary>Options with which it can be started.</summary>
    internal PageBrowserOptions Options(TimeSpan? step = null, TimeSpan? job = null) => new()
    {
        ExecutablePath = RealComponents.Chromium.Where(),
        PictureFolder = _pictures.File("made-when-needed"),
        StepPatience = step ?? TimeSpan.FromSeconds(10),
        JobLimit = job ?? TimeSpan.FromMinutes(1),
    };

    /// <summary>The process ids of the browser that a program has started; Linux only.</summary>
    internal static IReadOnlyList<int> Browsers(int? runner) => [.. Processes()
        .Where(process => Arguments(process).Contains("--headless", StringComparison.Ordinal) && !Arguments(process).Contains("--type=", StringComparison.Ordinal))
        .Where(process => Ancestors(process).Contains(runner ?? 0))];

    /// <summary>Waits for the end of a process that somebody else ends.</summary>
    internal static async Task EndAsync(int process, CancellationToken cancellationToken)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            await found.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended already.
        }
    }

    public void Dispose()
    {
        _pages?.Dispose();
        _pictures.Dispose();
    }

    private static IEnumerable<int> Processes() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
        .Where(id => id > 0);

    private static IEnumerable<int> Ancestors(int process)
    {
        while (process > 1)
        {
            // The name in brackets may hold anything; the parent is the second field after it.
            var state = Text(process, "stat");
            process = state.LastIndexOf(')') is > 0 and var end ? int.Parse(state[(end + 2)..].Split(' ')[1], CultureInfo.InvariantCulture) : 0;
            yield return process;
        }
    }

    private static string Arguments(int process) => Text(process, "cmdline");

    private static string Text(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
