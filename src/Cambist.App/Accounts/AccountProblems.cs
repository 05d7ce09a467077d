using Cambist.App.Accounts.Passwords;
using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Accounts;

/// <summary>Problems that routes of accounts answer with.</summary>
internal static class AccountProblems
{
    public static ProblemResult LinkOver => new(Problems.Of(StatusCodes.Status422UnprocessableEntity, "link_over", "The link does not work", "It was used, or a newer one was sent, or its time is over: ask for another one.", "token"));

    public static ProblemResult Unauthorized(string code, string detail) => Of(StatusCodes.Status401Unauthorized, code, "Not logged in", detail);

    public static ProblemResult Wrong(string code, string reason, string field) => new(Problems.Of(StatusCodes.Status422UnprocessableEntity, code, "A field has a value that cannot be used", reason, field));

    public static ProblemResult Of(int status, string code, string title, string detail) => new(Problems.Of(status, code, title, detail));
}

/// <summary>What keeps routes that check passwords from answering.</summary>
internal sealed class AccountFaults : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (TooManyLoginsException)
        {
            return new ProblemResult(Problems.Unavailable("busy", "More people log in at this moment than the service takes; try again in a moment."));
        }
    }
}
