namespace Cambist.Client;

/// <summary>A new account.</summary>
/// <param name="Email">An address that the person reads.</param>
/// <param name="Password">At least eight letters, and none of those that are guessed first.</param>
public sealed record RegisterRequest(string? Email, string? Password);

/// <summary>What registering led to. It is the same whether the address had an account before.</summary>
/// <param name="Status"><c>accepted</c>.</param>
/// <param name="EmailConfirmation"><c>required</c>: a mail was sent to the address, and the account can be entered once its link was followed. <c>not_required</c>: it can be entered now.</param>
public sealed record RegisterAnswer(string Status, string EmailConfirmation);

/// <summary>A log-in.</summary>
/// <param name="Email">The address of the account.</param>
/// <param name="Password">Its password.</param>
/// <param name="Code">The code of the authenticator app, where the account has a second factor.</param>
/// <param name="RecoveryCode">A recovery code in its place.</param>
public sealed record LoginRequest(string? Email, string? Password, string? Code = null, string? RecoveryCode = null);

/// <summary>Somebody is logged in.</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds until the access token runs out.</param>
/// <param name="RefreshToken">Gives the next two, once. Showing it a second time ends the session.</param>
/// <param name="RefreshExpiresIn">Seconds until it runs out unused.</param>
/// <param name="UserId">Id of the account, as in <c>/ws/{user_id}</c>.</param>
public sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn, string RefreshToken, int RefreshExpiresIn, string UserId);

/// <summary>Asks for the next tokens.</summary>
public sealed record RefreshRequest(string? RefreshToken);

/// <summary>Ends a session.</summary>
/// <param name="RefreshToken">Of the session; null: that of the access token.</param>
/// <param name="Everywhere">All sessions of the account.</param>
public sealed record LogoutRequest(string? RefreshToken = null, bool? Everywhere = null);

/// <summary>Confirms an address, with what the mail's link holds.</summary>
/// <param name="UserId">The <c>id</c> of the link.</param>
/// <param name="Token">Its <c>token</c>.</param>
/// <param name="Email">Its <c>email</c>, where it is of a new address.</param>
public sealed record ConfirmEmailRequest(string? UserId, string? Token, string? Email = null);

/// <summary>Names an address.</summary>
public sealed record EmailRequest(string? Email);

/// <summary>Sets a new password, with what the mail's link holds.</summary>
public sealed record ResetPasswordRequest(string? UserId, string? Token, string? NewPassword);

/// <summary>Another password.</summary>
public sealed record ChangePasswordRequest(string? CurrentPassword, string? NewPassword);

/// <summary>An account as its owner sees it.</summary>
/// <param name="Id">Id of the account.</param>
/// <param name="Email">Its address.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="Name">How the person wants to be called.</param>
/// <param name="Phone">As E.164 writes it.</param>
/// <param name="TimeZone">IANA name; deadlines are read in it.</param>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="RiskTolerance"><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</param>
/// <param name="UsualProvider">Id of the provider that savings are counted against.</param>
/// <param name="SecondFactor">Whether a code is asked for at log-in.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes were not used.</param>
/// <param name="Passkeys">How many passkeys there are.</param>
/// <param name="CreatedAt">When the account was made.</param>
public sealed record Me(
    string Id, string Email, bool EmailConfirmed, string Role, string? Name, string? Phone, string? TimeZone, string? Country, string? RiskTolerance, string? UsualProvider,
    bool SecondFactor, int RecoveryCodesLeft, int Passkeys, DateTimeOffset CreatedAt);

/// <summary>Changes of an account. What is absent or null stays; an empty text takes it out.</summary>
public sealed record MeChange(string? Name = null, string? Phone = null, string? TimeZone = null, string? Country = null, string? RiskTolerance = null, string? UsualProvider = null);

/// <summary>Where an account is logged in.</summary>
public sealed record SessionList(IReadOnlyList<SessionEntry> Sessions);

/// <summary>A session.</summary>
/// <param name="Id">To end it by.</param>
/// <param name="Kind"><c>token</c>: an app. <c>page</c>: a browser.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="UsedAt">When it was last used, within five minutes.</param>
/// <param name="Current">Whether it is the one that asks.</param>
public sealed record SessionEntry(string Id, string Kind, DateTimeOffset CreatedAt, DateTimeOffset UsedAt, bool Current);

/// <summary>The key of an authenticator app, told once.</summary>
/// <param name="Secret">In base32, to type in.</param>
/// <param name="Uri">The same as an address, for a QR code.</param>
public sealed record SecondFactorKey(string Secret, string Uri);

/// <summary>A code of the authenticator app.</summary>
public sealed record CodeRequest(string? Code);

/// <summary>Codes that stand for the authenticator app, each once. They are told once.</summary>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
