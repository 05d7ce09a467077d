using System.Collections.Concurrent;
using Cambist.App.Streaming;

namespace Cambist.App.Tests.Streaming;

/// <summary>Accounts that a test makes up: tokens are words.</summary>
internal sealed class MadeUpAccounts
{
    private readonly ConcurrentDictionary<string, StreamUser> _tokens = new();
    private readonly ConcurrentDictionary<string, bool> _ended = new();

    public StreamAccounts Known => new((token, _) => ValueTask.FromResult(_tokens.GetValueOrDefault(token)), _ended.ContainsKey, session => _ended.ContainsKey(session) ? null : DateTimeOffset.MaxValue);

    public void Give(string token, string account, DateTimeOffset until, string session = "s1") => _tokens[token] = new StreamUser(account, session, until);

    public void End(string session) => _ended[session] = true;
}
