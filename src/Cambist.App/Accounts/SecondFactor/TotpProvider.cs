using Microsoft.AspNetCore.Identity;
using OtpNet;

namespace Cambist.App.Accounts.SecondFactor;

/// <summary>
/// Codes of an authenticator app (RFC 6238), a step of 30 seconds early or late. Identity's own provider reads the machine's clock and takes a code as often as it is shown; RFC 6238, 5.2, wants each taken once.
/// </summary>
internal sealed class TotpProvider(AccountLocks locks, TimeProvider clock) : IUserTwoFactorTokenProvider<Account>
{
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    public Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => Task.FromResult(user is { HasSecondFactor: true, TotpKey: not null });

    // The app makes them.
    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => Task.FromResult("");

    public Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
    {
        var code = token.Replace(" ", "", StringComparison.Ordinal);
        return Task.FromResult(
            user.TotpKey is not null
            && new Totp(Base32Encoding.ToBytes(user.TotpKey)).VerifyTotp(clock.GetUtcNow().UtcDateTime, code, out var step, Window)
            && locks.TryTakeStep(user.Id, step));
    }
}
