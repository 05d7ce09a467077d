using System.Text.Json;

namespace Cambist.Client;

/// <summary>The account of whoever uses a <see cref="CambistClient"/>: registering, logging in, and what is its own. Every method throws <see cref="CambistProblemException"/> where the service answers with a problem.</summary>
public sealed class AccountClient
{
    private const string Auth = "api/v1/auth";
    private const string Own = "api/v1/me";

    // Routes that check passwords and refresh tokens are asked without an access token: one that has run out is no reason to be refused there.
    private readonly CambistCalls _open;
    private readonly CambistCalls _calls;
    private readonly CambistTokens? _tokens;

    internal AccountClient(HttpClient http, CambistCalls calls, CambistTokens? tokens)
    {
        _open = new CambistCalls(http, tokens: null);
        _calls = calls;
        _tokens = tokens;
    }

    /// <summary>Registers an account.</summary>
    public Task<RegisterAnswer> RegisterAsync(RegisterRequest request, CancellationToken cancellationToken = default) =>
        _open.SendAsync(HttpMethod.Post, $"{Auth}/register", request, CambistJson.Wire.RegisterRequest, CambistJson.Wire.RegisterAnswer, cancellationToken);

    /// <summary>Confirms an address, with what the mail's link holds.</summary>
    public Task ConfirmEmailAsync(ConfirmEmailRequest request, CancellationToken cancellationToken = default) =>
        _open.DoAsync(HttpMethod.Post, $"{Auth}/confirm", request, CambistJson.Wire.ConfirmEmailRequest, cancellationToken);

    /// <summary>Has the mail that confirms an address sent once more.</summary>
    public Task ResendConfirmationAsync(string email, CancellationToken cancellationToken = default) =>
        _open.DoAsync(HttpMethod.Post, $"{Auth}/confirm/resend", new EmailRequest(email), CambistJson.Wire.EmailRequest, cancellationToken);

    /// <summary>Logs in. Where the client was made with <see cref="CambistTokens"/>, it holds the new ones.</summary>
    public async Task<TokenAnswer> LoginAsync(LoginRequest request, CancellationToken cancellationToken = default) =>
        Hold(await _open.SendAsync(HttpMethod.Post, $"{Auth}/login", request, CambistJson.Wire.LoginRequest, CambistJson.Wire.TokenAnswer, cancellationToken));

    /// <summary>Gives the next tokens for a refresh token, which is used up. A client that holds <see cref="CambistTokens"/> does it by itself.</summary>
    public Task<TokenAnswer> RefreshAsync(string refreshToken, CancellationToken cancellationToken = default) =>
        _open.SendAsync(HttpMethod.Post, $"{Auth}/refresh", new RefreshRequest(refreshToken), CambistJson.Wire.RefreshRequest, CambistJson.Wire.TokenAnswer, cancellationToken);

    /// <summary>Ends the session of the held tokens, or of a refresh token.</summary>
    /// <param name="everywhere">Whether all sessions of the account end.</param>
    /// <param name="refreshToken">Null: the held one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task LogoutAsync(bool everywhere = false, string? refreshToken = null, CancellationToken cancellationToken = default)
    {
        var held = _tokens?.Current?.RefreshToken;
        await _open.DoAsync(HttpMethod.Post, $"{Auth}/logout", new LogoutRequest(refreshToken ?? held, everywhere), CambistJson.Wire.LogoutRequest, cancellationToken);
        if (held is not null && (everywhere || refreshToken is null || refreshToken == held))
        {
            _tokens!.Set(null);
        }
    }

    /// <summary>Has a mail sent with a link to set a new password, where there is such an account.</summary>
    public Task ForgotPasswordAsync(string email, CancellationToken cancellationToken = default) =>
        _open.DoAsync(HttpMethod.Post, $"{Auth}/password/forgot", new EmailRequest(email), CambistJson.Wire.EmailRequest, cancellationToken);

    /// <summary>Sets a new password, with what the mail's link holds.</summary>
    public Task ResetPasswordAsync(ResetPasswordRequest request, CancellationToken cancellationToken = default) =>
        _open.DoAsync(HttpMethod.Post, $"{Auth}/password/reset", request, CambistJson.Wire.ResetPasswordRequest, cancellationToken);

    /// <summary>One's own account.</summary>
    public Task<Me> MeAsync(CancellationToken cancellationToken = default) => _calls.GetAsync(Own, CambistJson.Wire.Me, cancellationToken);

    /// <summary>Changes how one is called and converts money.</summary>
    public Task<Me> ChangeAsync(MeChange change, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Patch, Own, change, CambistJson.Wire.MeChange, CambistJson.Wire.Me, cancellationToken);

    /// <summary>Everything that is stored of one. Only soon after a log-in, as is erasing.</summary>
    public Task<JsonElement> ExportAsync(CancellationToken cancellationToken = default) => _calls.GetAsync($"{Own}/export", CambistJson.Wire.JsonElement, cancellationToken);

    /// <summary>Erases the account and all that is stored of one.</summary>
    public async Task EraseAsync(CancellationToken cancellationToken = default)
    {
        await _calls.DoAsync(HttpMethod.Delete, Own, cancellationToken);
        _tokens?.Set(null);
    }

    /// <summary>Another password. All sessions end and a new one begins, whose tokens are held.</summary>
    public async Task<TokenAnswer> ChangePasswordAsync(ChangePasswordRequest request, CancellationToken cancellationToken = default) =>
        Hold(await _calls.SendAsync(HttpMethod.Post, $"{Own}/password", request, CambistJson.Wire.ChangePasswordRequest, CambistJson.Wire.TokenAnswer, cancellationToken));

    /// <summary>Another e-mail address, which counts once it is confirmed.</summary>
    public Task ChangeEmailAsync(string email, CancellationToken cancellationToken = default) =>
        _calls.DoAsync(HttpMethod.Post, $"{Own}/email", new EmailRequest(email), CambistJson.Wire.EmailRequest, cancellationToken);

    /// <summary>Where one is logged in.</summary>
    public Task<SessionList> SessionsAsync(CancellationToken cancellationToken = default) => _calls.GetAsync($"{Own}/sessions", CambistJson.Wire.SessionList, cancellationToken);

    /// <summary>Ends one of one's sessions.</summary>
    public Task EndSessionAsync(string id, CancellationToken cancellationToken = default) => _calls.DoAsync(HttpMethod.Delete, $"{Own}/sessions/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>A key for an authenticator app.</summary>
    public Task<SecondFactorKey> BeginSecondFactorAsync(CancellationToken cancellationToken = default) =>
        _calls.AskAsync(HttpMethod.Post, $"{Own}/second-factor", CambistJson.Wire.SecondFactorKey, cancellationToken);

    /// <summary>Turns the second factor on, with a code of the new key; tells the recovery codes.</summary>
    public Task<RecoveryCodes> ConfirmSecondFactorAsync(string code, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Post, $"{Own}/second-factor/confirm", new CodeRequest(code), CambistJson.Wire.CodeRequest, CambistJson.Wire.RecoveryCodes, cancellationToken);

    /// <summary>Other recovery codes; those before are worth nothing from then on.</summary>
    public Task<RecoveryCodes> RenewRecoveryCodesAsync(CancellationToken cancellationToken = default) =>
        _calls.AskAsync(HttpMethod.Post, $"{Own}/second-factor/recovery-codes", CambistJson.Wire.RecoveryCodes, cancellationToken);

    /// <summary>Turns the second factor off.</summary>
    public Task RemoveSecondFactorAsync(CancellationToken cancellationToken = default) => _calls.DoAsync(HttpMethod.Delete, $"{Own}/second-factor", cancellationToken);

    private TokenAnswer Hold(TokenAnswer tokens)
    {
        _tokens?.Set(tokens);
        return tokens;
    }
}
