using System.Globalization;
using System.Security.Claims;
using Cambist.App.Edge;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Cambist.App.Accounts.Tokens;

/// <summary>Names of the claims that requests carry, by token or by cookie.</summary>
internal static class AccountClaims
{
    public const string Account = WhoAsks.AccountClaim;
    public const string Session = WhoAsks.SessionClaim;
    public const string Role = "role";
    public const string LoggedInAt = JwtRegisteredClaimNames.AuthTime;

    /// <summary>Who somebody is, as a request carries it.</summary>
    public static ClaimsIdentity Of(Account account, AccountSession session, string scheme) => new(
        [
            new Claim(Account, account.Id),
            new Claim(Session, session.Id),
            new Claim(Role, AccountStore.NameOf(account.Role)),
            new Claim(LoggedInAt, session.AuthenticatedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64),
        ],
        scheme,
        Account,
        Role);
}

/// <summary>Access tokens: JSON Web Tokens of RFC 9068 that live for minutes.</summary>
internal sealed class AccessTokens(SigningKeys keys, EndedSessions ended, AuthOptions options, TimeProvider clock) : IDisposable
{
    private const string TokenType = "at+jwt";

    // Clocks of nodes differ by less.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    private readonly RememberedTokens _tokens = new(Handler, keys);

    /// <summary>A token of a session.</summary>
    /// <exception cref="Privacy.KeyRingFaultException">No key signs.</exception>
    public string Issue(Account account, AccountSession session)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = TokenType,
            Issuer = options.Issuer,
            Audience = options.Issuer,
            Subject = AccountClaims.Of(account, session, TokenType),
            IssuedAt = now,
            NotBefore = now,
            Expires = now + options.AccessTokenLife,
            Claims = new Dictionary<string, object> { [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N") },
            SigningCredentials = keys.Current(),
        });
    }

    /// <summary>How a request's token is checked: signed by a key of the ring with that key's algorithm, for us, within its time, of a session that has not ended.</summary>
    public void Configure(JwtBearerOptions bearer)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(_tokens);
        bearer.TokenValidationParameters = Rules();
        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (ended.Contains(WhoAsks.SessionOf(context.Principal)))
                {
                    context.Fail("The session has ended.");
                }

                return Task.CompletedTask;
            },
        };
    }

    /// <summary>Who a token is of; null where it is refused.</summary>
    public async Task<TokenHolder?> ReadAsync(string token)
    {
        var result = await _tokens.ValidateTokenAsync(token, Rules());
        if (!result.IsValid || result.ClaimsIdentity.FindFirst(AccountClaims.Session)?.Value is not { } session || ended.Contains(session))
        {
            return null;
        }

        return new TokenHolder(result.ClaimsIdentity.FindFirst(AccountClaims.Account)!.Value, session, new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero));
    }

    public void Dispose() => _tokens.Dispose();

    private TokenValidationParameters Rules() => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Issuer,
        ValidTypes = [TokenType],
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.HmacSha256],
        IssuerSigningKeyResolver = (_, _, id, _) => keys.Verifying(id),
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = IsInTime,
        NameClaimType = AccountClaims.Account,
        RoleClaimType = AccountClaims.Role,
        AuthenticationType = JwtBearerDefaults.AuthenticationScheme,
    };

    private bool IsInTime(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters rules)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return notBefore <= now + Skew && now < expires;
    }
}

/// <summary>Whose token it is.</summary>
/// <param name="Account">Id of the account.</param>
/// <param name="Session">Id of the session.</param>
/// <param name="EndsAt">When it runs out.</param>
internal sealed record TokenHolder(string Account, string Session, DateTimeOffset EndsAt);
