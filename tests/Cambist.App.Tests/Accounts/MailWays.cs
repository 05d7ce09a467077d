using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>What somebody was told: whether it was done, and in which words. Two that say the same are equal.</summary>
internal sealed record Told(bool IsDone, string Words);

/// <summary>What people do who get mails: by REST, or on the pages.</summary>
internal interface IMailWay : IDisposable
{
    Task<Told> RegisterAsync(string email, string password = AccountHouse.Password);

    Task<Told> ConfirmAsync(Uri link);

    Task<Told> LogInAsync(string email, string password = AccountHouse.Password);

    /// <summary>Asks for the mail that confirms once more, after a log-in that was refused for it.</summary>
    Task<Told> ResendAsync(string email);

    Task<Told> ForgotAsync(string email);

    Task<Told> ResetAsync(Uri link, string password);

    /// <summary>Of who has just logged in.</summary>
    Task<Told> ChangeEmailAsync(string email);
}

/// <summary>By REST.</summary>
internal sealed class RestWay(AccountHouse house) : IMailWay
{
    private string? _token;

    public async Task<Told> RegisterAsync(string email, string password) => Of(await house.PostAsync("/auth/register", new RegisterRequest(email, password)));

    public async Task<Told> ConfirmAsync(Uri link)
    {
        var parts = MailLinks.Parts(link);
        return Of(await house.PostAsync("/auth/confirm", new ConfirmEmailRequest(parts["id"], parts["token"], parts.GetValueOrDefault("email"))));
    }

    public async Task<Told> LogInAsync(string email, string password)
    {
        var answer = await house.PostAsync("/auth/login", new LoginRequest(email, password));
        _token = answer.Status == 200 ? answer["access_token"] : null;
        return Of(answer);
    }

    public async Task<Told> ResendAsync(string email) => Of(await house.PostAsync("/auth/confirm/resend", new EmailRequest(email)));

    public async Task<Told> ForgotAsync(string email) => Of(await house.PostAsync("/auth/password/forgot", new EmailRequest(email)));

    public async Task<Told> ResetAsync(Uri link, string password)
    {
        var parts = MailLinks.Parts(link);
        return Of(await house.PostAsync("/auth/password/reset", new ResetPasswordRequest(parts["id"], parts["token"], password)));
    }

    public async Task<Told> ChangeEmailAsync(string email) => Of(await house.PostAsync("/me/email", new EmailRequest(email), _token));

    public void Dispose()
    {
        // Nothing is held open.
    }

    private static Told Of(Answer answer) => new(answer.Status is >= 200 and < 300, $"{answer.Status} {answer.Code ?? (answer.Status == 200 ? "" : answer.Text)}");
}

/// <summary>On the pages.</summary>
internal sealed class PageWay(AccountHouse house) : IMailWay
{
    private readonly Browser _browser = new(house);

    public Task<Told> RegisterAsync(string email, string password) => SendAsync("/account/register", "register", ("email", email), ("password", password));

    // As the page's script fills it in.
    public Task<Told> ConfirmAsync(Uri link) => SendAsync("/account/confirm", "confirm", ("link", link.OriginalString));

    public Task<Told> LogInAsync(string email, string password) => SendAsync("/account/login", "login", ("email", email), ("password", password));

    // To log in with an address that is not confirmed asks for another mail.
    public Task<Told> ResendAsync(string email) => LogInAsync(email, AccountHouse.Password);

    public Task<Told> ForgotAsync(string email) => SendAsync("/account/forgot", "forgot", ("email", email));

    public Task<Told> ResetAsync(Uri link, string password) => SendAsync("/account/reset", "reset", ("link", link.OriginalString), ("password", password));

    public Task<Told> ChangeEmailAsync(string email) => SendAsync("/account/email", "email", ("email", email));

    public void Dispose() => _browser.Dispose();

    private async Task<Told> SendAsync(string address, string form, params (string, string)[] fields)
    {
        await _browser.GetAsync(address);
        return Of(await _browser.SubmitAsync(form, fields));
    }

    private Told Of(Shown shown) => new(shown.Status == 303, $"{shown.Status} {shown.Location}{(shown.Status == 303 ? "" : _browser.Page.QuerySelector("[role=alert], [aria-invalid=true]")?.TextContent.Trim())}");
}

/// <summary>Links of mails.</summary>
internal static class MailLinks
{
    public static Dictionary<string, string> Parts(Uri link)
    {
        Assert.StartsWith("#", link.Fragment, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(link.Fragment[1..]).ToDictionary(part => part.Key, part => part.Value.ToString());
    }
}
