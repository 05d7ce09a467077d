using System.Threading.Channels;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Notifications.Channels.Email;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Accounts;

/// <summary>
/// Mails about an account. Whoever asks for one is answered before it is known whether there is such an account: looking it up, making a token and writing happen aside, so neither answers nor their times tell.
/// </summary>
public sealed class AccountMails(IServiceScopeFactory scopes, OutgoingMail outgoing, OneTimeTokens tokens, AuthOptions options, ILogger<AccountMails> log) : BackgroundService
{
    private const int MostWaiting = 1000;

    // Anyone may ask for a link in somebody's name, and each new one makes the one before worthless: the owner has this long to follow it.
    private static readonly TimeSpan BetweenLinks = TimeSpan.FromMinutes(5);

    private readonly Channel<Wish> _wishes = Channel.CreateBounded<Wish>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    /// <summary>Whether mails are sent: there is a mail server, and the address that links begin with is known.</summary>
    public bool AreSent => outgoing.IsOn && options.PublicUrl is not null;

    /// <summary>Whether an account can be entered only once its e-mail is confirmed.</summary>
    public bool MustConfirm => options.ConfirmedEmail ?? AreSent;

    /// <summary>Whether an account's address keeps nobody out.</summary>
    public bool LetIn(Account account) => account.IsEmailConfirmed || !MustConfirm;

    /// <summary>To confirm the address of an account, where there is one that is not confirmed.</summary>
    public void Confirm(string email) => Add(new Wish(Kind.Confirm, email));

    /// <summary>To set a new password, where there is such an account.</summary>
    public void Reset(string email) => Add(new Wish(Kind.Reset, email));

    /// <summary>Somebody registered an address that has an account.</summary>
    public void AlreadyRegistered(string email) => Add(new Wish(Kind.AlreadyRegistered, email));

    /// <summary>The account was locked.</summary>
    public void Locked(string accountId) => Add(new Wish(Kind.Locked, accountId));

    /// <summary>How one gets into the account was changed.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="what">What was: <c>the password was changed</c>.</param>
    public void Changed(string accountId, string what) => Add(new Wish(Kind.Changed, accountId, what));

    /// <summary>The account was not used for long, and will be erased unless it is.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="whenTaken">Is called when the mail server has taken the mail; never where the mail is lost.</param>
    public void Inactive(string accountId, Action whenTaken) => Add(new Wish(Kind.Inactive, accountId, WhenTaken: whenTaken));

    /// <summary>A copy of all that is stored was given. By the address, for the account may be erased next.</summary>
    public void Exported(string email) => Add(new Wish(Kind.Exported, email));

    /// <summary>The account of an address was erased.</summary>
    public void Erased(string email) => Add(new Wish(Kind.Erased, email));

    /// <summary>The account has another address now; the old one is told.</summary>
    public void Moved(string accountId, string oldEmail) => Add(new Wish(Kind.Moved, accountId, oldEmail));

    /// <summary>To confirm a new address; links that were sent before end.</summary>
    public void NewAddress(string accountId, string email) => Add(new Wish(Kind.NewAddress, accountId, email));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var wish in _wishes.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                if (await WriteAsync(wish, scope.ServiceProvider.GetRequiredService<UserManager<Account>>()) is { } mail)
                {
                    outgoing.Post(mail, wish.WhenTaken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // One mail that cannot be written must not be the last.
                log.LogError(fault, "A mail of kind {Kind} could not be written.", wish.Kind);
            }
        }
    }

    private void Add(Wish wish)
    {
        if (AreSent && !_wishes.Writer.TryWrite(wish))
        {
            log.LogWarning("A mail of kind {Kind} is not written: {Count} wait already.", wish.Kind, MostWaiting);
        }
    }

    private async Task<Email?> WriteAsync(Wish wish, UserManager<Account> users)
    {
        switch (wish.Kind)
        {
            case Kind.Exported:
                return Of(wish, wish.About, "A copy of your data was made", $"Somebody, probably you, took a copy of everything that is stored in your account. If it was not you, set a new password at once:\n\n{options.PublicUrl}account/forgot");
            case Kind.Erased:
                return Of(wish, wish.About, "Your account is erased", "Your account was erased, with all that was stored of you. If it was not you, somebody was logged in to it; nobody can bring it back.");
        }

        var account = wish.Kind is Kind.Confirm or Kind.Reset or Kind.AlreadyRegistered ? await users.FindByEmailAsync(wish.About) : await users.FindByIdAsync(wish.About);
        return (wish.Kind, account) switch
        {
            (_, null) or (Kind.Confirm, { IsEmailConfirmed: true }) => null,
            (Kind.Confirm, _) when WasSent(account, UserManager<Account>.ConfirmEmailTokenPurpose) => null,
            (Kind.Reset, _) when WasSent(account, UserManager<Account>.ResetPasswordTokenPurpose) => null,
            (Kind.Confirm, _) => Of(wish, account.Email, "Confirm your e-mail address", $"Welcome to Cambist. This link confirms your address; it works once, for a day:\n\n{Link("confirm", account, await users.GenerateEmailConfirmationTokenAsync(account))}\n\nIf you did not register, do nothing: the account stays closed."),
            (Kind.Reset, _) => Of(wish, account.Email, "Set a new password", $"Somebody, probably you, wants a new password for your account. This link sets it; it works once, for an hour:\n\n{Link("reset", account, await users.GeneratePasswordResetTokenAsync(account))}\n\nIf it was not you, do nothing: the password stays as it is."),
            (Kind.AlreadyRegistered, _) => Of(wish, account.Email, "You have an account already", $"Somebody, probably you, registered this address. There is an account of it already. If you forgot the password, set a new one:\n\n{options.PublicUrl}account/forgot"),
            (Kind.Locked, _) => Of(wish, account.Email, "Your account is locked for a while", $"A wrong password or code was given {options.MostFailures} times in a row, so nobody can log in to your account for {options.LockedFor.TotalMinutes:0} minutes. If it was not you, somebody tries; a long password and a second factor keep them out."),
            (Kind.Changed, _) => Of(wish, account.Email, "Your account was changed", $"In your account {wish.More}. If it was not you, set a new password at once:\n\n{options.PublicUrl}account/forgot"),
            (Kind.Inactive, _) => Of(wish, account.Email, "Your account will be erased", $"You have not used your account for a long time. Unless you log in, it is erased in two weeks, with all that is stored of you:\n\n{options.PublicUrl}account/login"),
            (Kind.Moved, _) => Of(wish, wish.More!, "Your account has another e-mail address", "Your account has another e-mail address now, and this one is not used any more. If it was not you, tell whoever runs this service."),
            (Kind.NewAddress, _) => Of(wish, wish.More!, "Confirm your new e-mail address", $"This link makes this the address of your account; it works once, for a day:\n\n{Link("confirm", account, await NewAddressTokenAsync(users, account, wish.More!))}&email={Uri.EscapeDataString(wish.More!)}"),
            _ => throw new InvalidOperationException($"No mail is of kind {wish.Kind}."),
        };
    }

    private bool WasSent(Account account, string purpose) => tokens.WasIssued(account.Id, purpose, MailedTokens.LifeOf(purpose), BetweenLinks);

    private static Email Of(Wish wish, string to, string subject, string text) => new($"account_{wish.Kind.ToString().ToLowerInvariant()}", to, subject, text + "\n\nCambist\n");

    // The one before may have gone to somebody else's address, by a slip of the pen.
    private Task<string> NewAddressTokenAsync(UserManager<Account> users, Account account, string email)
    {
        tokens.Revoke(account.Id);
        return users.GenerateChangeEmailTokenAsync(account, email);
    }

    // The token goes into the fragment, which browsers send to no server and write into no Referer.
    private string Link(string page, Account account, string token) => $"{options.PublicUrl}account/{page}#id={account.Id}&token={token}";

    private enum Kind
    {
        Confirm,
        Reset,
        AlreadyRegistered,
        Locked,
        Changed,
        Inactive,
        Exported,
        Erased,
        Moved,
        NewAddress,
    }

    private sealed record Wish(Kind Kind, string About, string? More = null, Action? WhenTaken = null);
}
