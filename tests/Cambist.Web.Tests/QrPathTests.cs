using System.Text.RegularExpressions;
using Cambist.Web.Accounts;
using Xunit;

namespace Cambist.Web.Tests;

public sealed partial class QrPathTests
{
    [Fact]
    public void Its_finders_are_where_readers_look_for_them()
    {
        var (size, path) = QrPath.Of("otpauth://totp/Cambist:ann@example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Cambist");
        var dark = Dark(path);

        // ISO/IEC 18004, 6.3.1 and 6.3.8: a quiet zone of four modules, then 17 + 4 times the version; finders of seven in three corners, 1:1:3:1:1.
        Assert.Equal(0, (size - 8 - 17) % 4);
        foreach (var (x, y) in new[] { (4, 4), (size - 11, 4), (4, size - 11) })
        {
            Assert.Equal("1011101", string.Concat(Enumerable.Range(0, 7).Select(step => dark.Contains((x + step, y + 3)) ? '1' : '0')));
            Assert.Equal("1111111", string.Concat(Enumerable.Range(0, 7).Select(step => dark.Contains((x + step, y)) ? '1' : '0')));
        }

        Assert.DoesNotContain(dark, module => module.X < 4 || module.Y < 4 || module.X >= size - 4 || module.Y >= size - 4);
    }

    private static HashSet<(int X, int Y)> Dark(string path) =>
        [.. Run().Matches(path).SelectMany(run => Enumerable.Range(Number(run, 1), Number(run, 3)).Select(x => (x, Number(run, 2))))];

    private static int Number(Match run, int group) => int.Parse(run.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\d+z")]
    private static partial Regex Run();
}
