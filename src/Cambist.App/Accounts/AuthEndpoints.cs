using Cambist.App.Accounts.Tokens;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Accounts;

/// <summary>Routes to register and to log in. All count under the limit of such routes, and none tells whether an address has an account.</summary>
internal static class AuthEndpoints
{
    public static void MapAuth(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Accounts").LimitAsAuth().WithMetadata(new AnswersWithoutToken()).AddEndpointFilter<AccountFaults>();
        auth.MapPost("/register", RegisterAsync).WithName("Register").WithSummary("Registers an account.")
            .WithDescription("The answer is the same whether the address has an account already; the address is told by mail.")
            .Produces<RegisterAnswer>(StatusCodes.Status202Accepted).Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json").ProducesProblems();
        auth.MapPost("/confirm", ConfirmAsync).WithName("ConfirmEmail").WithSummary("Confirms an e-mail address, with what the mail's link holds.").Produces(StatusCodes.Status204NoContent).ProducesProblems();
        auth.MapPost("/confirm/resend", (EmailRequest request, AccountMails mails) => Mailed(request, mails.Confirm)).WithName("ResendConfirmation").WithSummary("Sends the mail that confirms an address once more.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblems();
        auth.MapPost("/login", LoginAsync).WithName("Login").WithSummary("Gives an access token and a refresh token for an e-mail and a password.")
            .Produces<TokenAnswer>().Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json").ProducesProblems();
        auth.MapPost("/refresh", RefreshAsync).WithName("Refresh").WithSummary("Gives the next two tokens for a refresh token, which is used up.")
            .Produces<TokenAnswer>().Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json").ProducesProblems();
        auth.MapPost("/logout", Logout).WithName("Logout").WithSummary("Ends the session: that of the refresh token, else that of the access token.")
            .Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json").ProducesProblems();
        auth.MapPost("/password/forgot", (EmailRequest request, AccountMails mails) => Mailed(request, mails.Reset)).WithName("ForgotPassword").WithSummary("Sends a mail with a link to set a new password, where there is such an account.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblems();
        auth.MapPost("/password/reset", ResetAsync).WithName("ResetPassword").WithSummary("Sets a new password, with what the mail's link holds. All sessions end.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblems();
    }

    private static async Task<IResult> RegisterAsync(RegisterRequest request, Registration registration, AccountMails mails, CancellationToken cancellationToken)
    {
        if (Missing(("email", request.Email, "an e-mail address"), ("password", request.Password, "a password")) is { } missing)
        {
            return missing;
        }

        return await registration.RegisterAsync(request.Email, request.Password, cancellationToken) switch
        {
            RegisterResult.Wrong wrong => AccountProblems.Wrong(wrong.Code, wrong.Reason, wrong.Field),
            RegisterResult.Closed => AccountProblems.Of(StatusCodes.Status403Forbidden, "registration_closed", "Nobody registers here", "Accounts of this service are made by whoever runs it."),
            _ => TypedResults.Json(new RegisterAnswer("accepted", mails.MustConfirm ? "required" : "not_required"), CambistJson.Wire.RegisterAnswer, statusCode: StatusCodes.Status202Accepted),
        };
    }

    private static async Task<IResult> ConfirmAsync(ConfirmEmailRequest request, Registration registration)
    {
        if (Missing(("user_id", request.UserId, "the id of the link"), ("token", request.Token, "the token of the link")) is { } missing)
        {
            return missing;
        }

        return await registration.ConfirmAsync(request.UserId!, request.Token!, request.Email) ? TypedResults.NoContent() : AccountProblems.LinkOver;
    }

    private static IResult Mailed(EmailRequest request, Action<string> mail)
    {
        if (Missing(("email", request.Email, "an e-mail address")) is { } missing)
        {
            return missing;
        }

        mail(request.Email!);
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> LoginAsync(LoginRequest request, Login login, TokenSessions tokens, CancellationToken cancellationToken)
    {
        if (Missing(("email", request.Email, "an e-mail address"), ("password", request.Password, "a password")) is { } missing)
        {
            return missing;
        }

        return await login.TryAsync(request.Email!, request.Password!, request.Code, request.RecoveryCode, cancellationToken) switch
        {
            LoginResult.Done done when tokens.Begin(done.Account, done.By) is { } answer => TypedResults.Json(answer, CambistJson.Wire.TokenAnswer),
            LoginResult.CodeNeeded => AccountProblems.Unauthorized("second_factor_required", "The password is right; log in again with 'code' of the authenticator app, or with 'recovery_code'."),
            _ => AccountProblems.Unauthorized("wrong_credentials", "The e-mail, the password or the code is wrong, the account is locked for a while after too many attempts, or its address is not confirmed yet: then another mail is on its way."),
        };
    }

    private static async Task<IResult> RefreshAsync(RefreshRequest request, TokenSessions tokens) =>
        Missing(("refresh_token", request.RefreshToken, "the refresh token")) is { } missing ? missing
        : await tokens.RefreshAsync(request.RefreshToken!) is { } answer ? TypedResults.Json(answer, CambistJson.Wire.TokenAnswer)
        : AccountProblems.Unauthorized("refresh_token_refused", "The refresh token is none, was used before, or its session has ended: log in again.");

    private static IResult Logout(LogoutRequest? request, HttpContext context, Sessions sessions)
    {
        var (account, session) = request?.RefreshToken is { } token
            ? sessions.OfToken(token) is { } of ? (of.AccountId, of.Id) : (null, null)
            : (WhoAsks.AccountOf(context.User), WhoAsks.SessionOf(context.User));
        if (account is null || session is null)
        {
            // A session that is over needs no end.
            return request?.RefreshToken is not null ? TypedResults.NoContent() : AccountProblems.Unauthorized("not_authorized", "An access token, or 'refresh_token', was expected.");
        }

        if (request?.Everywhere == true)
        {
            sessions.EndAll(account);
        }
        else
        {
            sessions.End(account, session);
        }

        return TypedResults.NoContent();
    }

    private static async Task<IResult> ResetAsync(ResetPasswordRequest request, AccountSecurity security, CancellationToken cancellationToken)
    {
        if (Missing(("user_id", request.UserId, "the id of the link"), ("token", request.Token, "the token of the link"), ("new_password", request.NewPassword, "a password")) is { } missing)
        {
            return missing;
        }

        return await security.ResetPasswordAsync(request.UserId!, request.Token!, request.NewPassword!, cancellationToken) switch
        {
            ChangeResult.Done => TypedResults.NoContent(),
            ChangeResult.Wrong wrong => AccountProblems.Wrong(wrong.Code, wrong.Reason, "new_password"),
            _ => AccountProblems.LinkOver,
        };
    }

    internal static ProblemResult? Missing(params ReadOnlySpan<(string Field, string? Value, string Expected)> fields)
    {
        foreach (var (field, value, expected) in fields)
        {
            if (string.IsNullOrEmpty(value))
            {
                return new ProblemResult(Problems.Missing(field, expected));
            }
        }

        return null;
    }
}
