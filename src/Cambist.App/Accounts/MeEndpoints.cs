using System.Globalization;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.App.Storage;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Accounts;

/// <summary>Routes of one's own account.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Accounts").RequireAuthorization().AddEndpointFilter<AccountFaults>().AddEndpointFilter<OwnAccount>()
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        me.MapGet("", (HttpContext context, OwnView view) => TypedResults.Json(view.Of(context.Account()), CambistJson.Wire.Me)).WithName("Me").WithSummary("One's own account.").Produces<Me>();
        me.MapPatch("", ChangeAsync).WithName("ChangeMe").WithSummary("Changes how one is called and converts money.").WithDescription("What is absent or null stays; an empty text takes it out.").Produces<Me>().ProducesProblems();
        me.MapGet("/export", (HttpContext context, PersonalData data) => TypedResults.Json(data.Export(context.Account(), context.Account().Id))).WithName("ExportMe").WithSummary("Everything that is stored of one.").WithDescription(RecentLogin.Says).LimitAsAuth()
            .Produces<object>().RequireRecentLogin();
        me.MapDelete("", EraseAsync).WithName("EraseMe").WithSummary("Erases the account and all that is stored of one.").WithDescription(RecentLogin.Says).Produces(StatusCodes.Status204NoContent).RequireRecentLogin();
        me.MapPost("/password", ChangePasswordAsync).WithName("ChangePassword").WithSummary("Another password. All sessions end, and a new one begins.").LimitAsAuth().Produces<TokenAnswer>().ProducesProblems();
        me.MapPost("/email", ChangeEmail).WithName("ChangeEmail").WithSummary("Another e-mail address, which counts once it is confirmed.").WithDescription(RecentLogin.Says).LimitAsAuth()
            .Produces(StatusCodes.Status202Accepted).ProducesProblems().RequireRecentLogin();
        me.MapGet("/sessions", SessionsOf).WithName("Sessions").WithSummary("Where one is logged in.").Produces<SessionList>();
        me.MapDelete("/sessions/{id}", EndSession).WithName("EndSession").WithSummary("Ends one of one's sessions.").Produces(StatusCodes.Status204NoContent).ProducesProblems();
        me.MapPost("/second-factor", BeginSecondFactorAsync).WithName("BeginSecondFactor").WithSummary("A key for an authenticator app.").WithDescription(RecentLogin.Says)
            .Produces<SecondFactorKey>().Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json").RequireRecentLogin();
        me.MapPost("/second-factor/confirm", ConfirmSecondFactorAsync).WithName("ConfirmSecondFactor").WithSummary("Turns the second factor on, with a code of the new key; tells the recovery codes.").LimitAsAuth()
            .Produces<RecoveryCodes>().ProducesProblems();
        me.MapPost("/second-factor/recovery-codes", RenewRecoveryCodesAsync).WithName("RenewRecoveryCodes").WithSummary("Other recovery codes; those before are worth nothing from then on.").WithDescription(RecentLogin.Says)
            .Produces<RecoveryCodes>().Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json").RequireRecentLogin();
        me.MapDelete("/second-factor", RemoveSecondFactorAsync).WithName("RemoveSecondFactor").WithSummary("Turns the second factor off.").WithDescription(RecentLogin.Says)
            .Produces(StatusCodes.Status204NoContent).RequireRecentLogin();
    }

    private static async Task<IResult> ChangeAsync(MeChange change, HttpContext context, UserManager<Account> users, OwnView view)
    {
        var account = context.Account();
        if (ProfileChange.Apply(account, change) is { } problem)
        {
            return new ProblemResult(problem);
        }

        return Failed(await users.UpdateAsync(account)) ?? (IResult)TypedResults.Json(view.Of(account), CambistJson.Wire.Me);
    }

    private static async Task<IResult> EraseAsync(HttpContext context, PersonalData data)
    {
        var account = context.Account();
        await data.EraseAsync(account, account.Id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(ChangePasswordRequest request, HttpContext context, AccountSecurity security, TokenSessions tokens, CancellationToken cancellationToken)
    {
        if (AuthEndpoints.Missing(("current_password", request.CurrentPassword, "the password"), ("new_password", request.NewPassword, "another password")) is { } missing)
        {
            return missing;
        }

        var account = context.Account();
        return await security.ChangePasswordAsync(account, request.CurrentPassword!, request.NewPassword!, cancellationToken) switch
        {
            ChangeResult.Done => tokens.Begin(account, "password") is { } answer ? TypedResults.Json(answer, CambistJson.Wire.TokenAnswer) : AccountProblems.Unauthorized("not_authorized", "The password was changed once more meanwhile; log in."),
            ChangeResult.Wrong wrong => AccountProblems.Wrong(wrong.Code, wrong.Reason, "new_password"),
            _ => AccountProblems.Of(StatusCodes.Status403Forbidden, "wrong_credentials", "Not allowed", "The password is wrong, or the account is locked for a while after too many attempts."),
        };
    }

    private static IResult ChangeEmail(EmailRequest request, HttpContext context, AccountSecurity security) =>
        AuthEndpoints.Missing(("email", request.Email, "an e-mail address")) is { } missing ? missing
        : security.ChangeEmail(context.Account(), request.Email) is ChangeResult.Wrong wrong ? AccountProblems.Wrong(wrong.Code, wrong.Reason, "email")
        : TypedResults.StatusCode(StatusCodes.Status202Accepted);

    private static JsonHttpResult<SessionList> SessionsOf(HttpContext context, Sessions sessions)
    {
        var current = WhoAsks.SessionOf(context.User);
        return TypedResults.Json(
            new SessionList([.. sessions.Of(context.Account().Id).Select(one =>
                new SessionEntry(Sessions.Shown(one.Id), one.Kind == SessionKind.Page ? "page" : "token", one.CreatedAt, one.UsedAt, one.Id == current))]),
            CambistJson.Wire.SessionList);
    }

    private static IResult EndSession(string id, HttpContext context, Sessions sessions)
    {
        var account = context.Account().Id;
        return sessions.Of(account).FirstOrDefault(one => Sessions.Shown(one.Id) == id) is { } session && sessions.End(account, session.Id)
            ? TypedResults.NoContent()
            : new ProblemResult(Problems.NotFound("session_not_found", "There is no such session of yours.", "id"));
    }

    private static async Task<IResult> BeginSecondFactorAsync(HttpContext context, AccountSecurity security)
    {
        var account = context.Account();
        if (account.HasSecondFactor)
        {
            return AccountProblems.Of(StatusCodes.Status409Conflict, "second_factor_on", "There is a second factor", "Turn it off before a new key is made.");
        }

        return await security.BeginSecondFactorAsync(account) is not { } secret ? ChangedMeanwhile : TypedResults.Json(new SecondFactorKey(secret, AccountSecurity.UriOf(account, secret)), CambistJson.Wire.SecondFactorKey);
    }

    private static async Task<IResult> ConfirmSecondFactorAsync(CodeRequest request, HttpContext context, AccountSecurity security) =>
        AuthEndpoints.Missing(("code", request.Code, "a code of the authenticator app")) is { } missing ? missing
        : await security.ConfirmSecondFactorAsync(context.Account(), request.Code!) is { } codes ? TypedResults.Json(new RecoveryCodes(codes), CambistJson.Wire.RecoveryCodes)
        : AccountProblems.Wrong("wrong_code", "The code is wrong or was used; the app's clock may be off.", "code");

    private static async Task<IResult> RenewRecoveryCodesAsync(HttpContext context, AccountSecurity security) =>
        !context.Account().HasSecondFactor ? AccountProblems.Of(StatusCodes.Status409Conflict, "second_factor_off", "There is no second factor", "Recovery codes belong to a second factor: they are told when one is turned on.")
        : await security.RenewRecoveryCodesAsync(context.Account()) is { } codes ? TypedResults.Json(new RecoveryCodes(codes), CambistJson.Wire.RecoveryCodes)
        : ChangedMeanwhile;

    private static async Task<IResult> RemoveSecondFactorAsync(HttpContext context, AccountSecurity security)
    {
        var account = context.Account();
        return await security.RemoveSecondFactorAsync(account, account.Id) is ChangeResult.Done ? TypedResults.NoContent() : ChangedMeanwhile;
    }

    private static ProblemResult ChangedMeanwhile => AccountProblems.Of(StatusCodes.Status409Conflict, "changed_meanwhile", "The account was changed meanwhile", "Nothing was done; try again.");

    private static ProblemResult? Failed(IdentityResult result) =>
        result.Succeeded ? null : AccountProblems.Of(StatusCodes.Status409Conflict, result.Errors.First().Code, "The account was changed meanwhile", result.Errors.First().Description);
}

/// <summary>What the owner sees of an account.</summary>
internal sealed class OwnView(Database database)
{
    public Me Of(Account account) => new(
        account.Id, account.Email, account.IsEmailConfirmed, AccountStore.NameOf(account.Role), account.Name, account.Phone, account.Profile.TimeZone, account.Profile.Country, account.Profile.RiskTolerance,
        account.Profile.UsualProvider, account.HasSecondFactor, account.RecoveryCodes.Count, PasskeysOf(account.Id), account.CreatedAt);

    private int PasskeysOf(string account)
    {
        using var connection = database.Connect();
        return Convert.ToInt32(connection.Scalar("SELECT count(*) FROM passkey WHERE account_id = @account;", ("account", account)), CultureInfo.InvariantCulture);
    }
}
