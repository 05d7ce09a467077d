using System.Security.Cryptography;
using System.Text;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge.Idempotency;

/// <summary>What a key may be, whose it is, and what is said of one that cannot be answered.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>The code of a key that came with another request.</summary>
    public const string MismatchCode = "idempotency_mismatch";

    private const int Longest = 128;

    /// <summary>It came with another body.</summary>
    public static Problem Mismatch => Problems.Of(
        StatusCodes.Status422UnprocessableEntity, MismatchCode, "The key belongs to another request", $"'{Header}' came with another body before; a new request needs a new key.", Header);

    /// <summary>The same request is being answered.</summary>
    public static Problem InProgress => Problems.Of(
        StatusCodes.Status409Conflict, "idempotency_in_progress", "The same request is being answered", $"A request with this '{Header}' is being answered; ask again for its answer.", Header);

    /// <summary>The key of a request; null where it has none. What has effects writes it down with them: an answer that could not be kept does not mean that there was no effect.</summary>
    public static string? Of(HttpContext context) => context.Request.Headers.TryGetValue(Header, out var keys) ? keys.ToString() : null;

    /// <summary>What is wrong with a key; null: nothing.</summary>
    public static Problem? Fault(string key) => key.Length is 0 or > Longest || key.Any(letter => letter is < '!' or > '~' or ',')
        ? Problems.BadShape($"'{Header}' is one key of 1 to {Longest} visible ASCII letters without a comma, such as a UUID.", Header)
        : null;

    /// <summary>The digest under which an answer is kept: nobody gets somebody else's answer, nor that of another route.</summary>
    public static byte[] IdOf(string caller, string method, string path, string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{method} {path}\n{key}"));

    // What was refused for who asked, or failed, had no effect and may be answered otherwise the next time.
    public static bool IsFinal(int status) =>
        status < 500 && status is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests);
}
