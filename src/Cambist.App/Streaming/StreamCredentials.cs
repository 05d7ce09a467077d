using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambist.App.Streaming;

/// <summary>
/// What a request to open a personal stream shows. A browser can set no header on a websocket, so a token may come as a sub-protocol too; never in the address, which
/// servers, proxies and browsers write down (RFC 6750, section 5.3).
/// </summary>
/// <param name="Token">The token; null where it is to come in the first message, or the page's session stands for it.</param>
/// <param name="SubProtocol">The sub-protocol to answer with, never the one that holds the token; null where none was asked for.</param>
internal sealed record StreamCredentials(string? Token, string? SubProtocol)
{
    /// <summary>The one sub-protocol that there is.</summary>
    public const string Protocol = "cambist.v1";

    private const string HeaderScheme = "Bearer ";
    private const string ProtocolPrefix = "bearer.";

    /// <summary>Whether the address has something that is called a token.</summary>
    public static bool AreInAddress(HttpRequest request) => request.Query.ContainsKey("token") || request.Query.ContainsKey("access_token");

    /// <summary>Reads a request to open a websocket.</summary>
    public static StreamCredentials Of(HttpContext context)
    {
        var asked = context.WebSockets.WebSocketRequestedProtocols;
        var isOurs = asked.Contains(Protocol);
        return new StreamCredentials(InHeader(context.Request) ?? (isOurs ? InProtocols(asked) : null), isOurs ? Protocol : null);
    }

    private static string? InHeader(HttpRequest request) =>
        request.Headers[HeaderNames.Authorization] is [{ } told] && told.StartsWith(HeaderScheme, StringComparison.OrdinalIgnoreCase) ? told[HeaderScheme.Length..].Trim() : null;

    private static string? InProtocols(IList<string> asked) =>
        asked.FirstOrDefault(protocol => protocol.StartsWith(ProtocolPrefix, StringComparison.Ordinal))?[ProtocolPrefix.Length..];
}
