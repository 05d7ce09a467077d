using System.Globalization;
using System.Text;
using QRCoder;

namespace Cambist.Web.Accounts;

/// <summary>A QR code as the path of an SVG: no picture to load, and nothing that the page's policy forbids.</summary>
internal static class QrPath
{
    /// <summary>How many modules it is wide, and a path that covers the dark ones, a run of them at a time.</summary>
    public static (int Size, string Path) Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var start = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }

                if (x > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
                }
            }
        }

        return (rows.Count, path.ToString());
    }
}
