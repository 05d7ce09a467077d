using System.Globalization;

namespace Cambist.App.Streaming;

/// <summary>A personal message on its way from one node to the others.</summary>
/// <param name="Node">The node that published it.</param>
/// <param name="Number">Its number among those of the node, without a gap.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Json">The message.</param>
internal sealed record RelayedMessage(string Node, long Number, string Account, string Json)
{
    private const char End = '\n';

    /// <summary>Reads what another node wrote; null where it is something else.</summary>
    public static RelayedMessage? Read(string? text) =>
        text?.Split(End, 4) is [{ Length: > 0 } node, var digits, { Length: > 0 } account, ['{', .., '}'] json]
        && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new RelayedMessage(node, number, account, json)
            : null;

    /// <summary>As it goes: four lines, the last of which may hold more.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Node}{End}{Number}{End}{Account}{End}{Json}");
}
