using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambist.App.Streaming;

/// <summary>Opens the stream of one account to who shows to be it, by a token or by the session of a page. Whether an account exists is never told.</summary>
internal sealed class PersonalEndpoint(StreamEndpoint streams, StreamDoor door, StreamAccounts accounts, StreamOptions options, TimeProvider clock)
{
    /// <summary>Answers a request.</summary>
    public async Task AcceptAsync(HttpContext context, string account, StreamSource source)
    {
        if ((InAddress(context.Request) ?? streams.Refusal(context)) is { } problem)
        {
            await new ProblemResult(problem).ExecuteAsync(context);
            return;
        }

        var shown = StreamCredentials.Of(context);
        var login = new StreamLogin(account, accounts, door, options, clock);
        if (await EnterAsync(context, shown, login) is { } refusal)
        {
            await new ProblemResult(Refused(context, refusal)).ExecuteAsync(context);
            return;
        }

        try
        {
            await streams.AcceptAsync(context, source, login, shown.SubProtocol);
        }
        finally
        {
            login.Leave();
        }
    }

    // Null where it is the account, or says nothing yet and may still.
    private static async ValueTask<StreamRefusal?> EnterAsync(HttpContext context, StreamCredentials shown, StreamLogin login)
    {
        if (shown.Token is { } token)
        {
            return await login.EnterAsync(token, context.RequestAborted);
        }

        // The cookie goes along whichever page opens the stream, so it counts for pages of this host alone; other allowed ones show a token.
        return PageOrigins.IsOwn(context.Request) && WhoAsks.AccountOf(context.User) is { } id
            ? login.EnterPage(id, WhoAsks.SessionOf(context.User) ?? "")
            : null;
    }

    private static Problem? InAddress(HttpRequest request) => StreamCredentials.AreInAddress(request)
        ? Problems.Of(
            StatusCodes.Status400BadRequest,
            "token_in_address",
            "A token does not go into an address",
            "Addresses are written down on their way. Send the token as 'Authorization: Bearer', as the sub-protocols 'cambist.v1, bearer.<token>', or in the first message; and get a new one, for this one may be known.")
        : null;

    private static Problem Refused(HttpContext context, StreamRefusal refusal)
    {
        if (refusal == StreamRefusal.OfAnother)
        {
            return Problems.Of(StatusCodes.Status403Forbidden, refusal.Code, "The stream is not yours", refusal.Message);
        }

        if (refusal == StreamRefusal.TooMany)
        {
            return StreamEndpoint.TooMany(refusal.Message);
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"invalid_token\"";
        return Problems.Of(StatusCodes.Status401Unauthorized, refusal.Code, "The token is not accepted", refusal.Message);
    }
}
