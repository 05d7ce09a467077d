using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambist.App.Accounts.Tokens;

/// <summary>
/// Checks access tokens, and remembers which were good: a client sends one token with all its requests, and to check a signature costs more than to answer most of them. What may have changed since is looked at each time: the
/// token's time and its key here, its session in <see cref="AccessTokens"/>. Tokens that were refused are not remembered, so nobody fills the memory from outside.
/// </summary>
internal sealed class RememberedTokens(JsonWebTokenHandler handler, SigningKeys keys) : TokenHandler, IDisposable
{
    // About 4 kB each.
    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (_good.TryGetValue(token, out TokenValidationResult? known) && Holds(known!, validationParameters))
        {
            return known!;
        }

        var result = await handler.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            _good.Set(token, result, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(1) });
        }

        return result;
    }

    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    public void Dispose() => _good.Dispose();

    // By its very object: a ring that was read again has new ones.
    private bool Holds(TokenValidationResult known, TokenValidationParameters rules) =>
        known.SecurityToken is JsonWebToken token
        && rules.LifetimeValidator(token.ValidFrom, token.ValidTo, token, rules)
        && keys.Verifying(token.Kid).Contains(token.SigningKey);
}
