using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts.Passwords;

/// <summary>
/// Asks a service whether a password is in lists that were stolen elsewhere, where <c>Auth:BreachedPasswords</c> names one: Pwned Passwords by Have I Been Pwned, or whatever answers like it. It is told five of the
/// forty digits of the password's hash, which hundreds of others share, and answers with the rest of each that it knows. Where it does not answer, passwords are taken without it: nobody is to be kept out for it.
/// </summary>
public sealed partial class BreachedPasswords(AuthOptions options, IHttpClientFactory clients, TimeProvider clock, ILogger<BreachedPasswords> log)
{
    /// <summary>Name of its HTTP client.</summary>
    internal const string Client = "breached-passwords";

    /// <summary>How long is waited for an answer.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int PrefixLength = 5;

    // A thousand lines and the padding are some 40 KB.
    private const int LongestAnswer = 1 << 20;

    /// <summary>Whether the password is known to be in such a list; false where none is asked or it does not answer.</summary>
    public async Task<bool> ContainsAsync(string password, CancellationToken cancellationToken)
    {
        if (options.BreachedPasswords is null)
        {
            return false;
        }

        var hash = HashOf(password);
        using var patience = new CancellationTokenSource(Patience, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return IsIn(await AskAsync(hash[..PrefixLength], end.Token), hash[PrefixLength..]);
        }
        catch (Exception fault) when (fault is HttpRequestException or InvalidDataException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnasked(log, fault is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : fault.Message);
            return false;
        }
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The service's lists are of SHA-1; nothing rests on its strength.")]
    private static string HashOf(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));

    // With padding, so that the length of the answer does not tell the prefix; what pads is known zero times.
    private static bool IsIn(string answer, string rest)
    {
        var isList = true;
        var isIn = false;
        foreach (var line in answer.AsSpan().EnumerateLines())
        {
            var isHash = line.IndexOf(':') == rest.Length;
            isList &= isHash || line.IsWhiteSpace();
            isIn |= isHash && line.StartsWith(rest, StringComparison.OrdinalIgnoreCase) && !line[(rest.Length + 1)..].Trim().SequenceEqual("0");
        }

        return isList ? isIn : throw new InvalidDataException("the answer is no list of hashes");
    }

    private async Task<string> AskAsync(string prefix, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        http.MaxResponseContentBufferSize = LongestAnswer;
        using var request = new HttpRequestMessage(HttpMethod.Get, prefix);
        request.Headers.Add("Add-Padding", "true");
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.EnsureSuccessStatusCode().StatusCode == System.Net.HttpStatusCode.OK
            ? await answer.Content.ReadAsStringAsync(cancellationToken)
            : throw new InvalidDataException($"the answer has status {(int)answer.StatusCode}");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A password was not looked for among the breached ones: {Fault}")]
    private static partial void LogUnasked(ILogger log, string fault);
}
