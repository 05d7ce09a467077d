using System.Text.Json;
using System.Text.Json.Serialization;
using Cambist.App.Accounts.Pages;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.Client;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambist.App.Accounts.Passkeys;

/// <summary>What the script of the pages asks when a passkey is added or used. Each request carries the token of the page's forms in a header.</summary>
internal static class PasskeyEndpoints
{
    private const string Home = "/";

    public static IServiceCollection AddPasskeys(this IServiceCollection services) => services
        .AddSingleton<PasskeyPlaces>().AddSingleton<PasskeyCeremonies>().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>()
        .AddSingleton<IConfigureOptions<IdentityPasskeyOptions>>(provider => new ConfigureOptions<IdentityPasskeyOptions>(provider.GetRequiredService<PasskeyPlaces>().Configure))
        .AddScoped<PasskeyBook>();

    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var passkeys = routes.MapGroup("/account/passkeys").ExcludeFromDescription().LimitAsAuth().WithMetadata(new RequireAntiforgeryTokenAttribute())
            .AddEndpointFilter<AccountFaults>().AddEndpointFilter<PasskeysOffered>();
        passkeys.MapPost("/login/begin", (HttpContext context, PasskeyBook book) => book.BeginLogInAsync(context));
        passkeys.MapPost("/login", LogInAsync);

        var own = passkeys.MapGroup("").RequireAuthorization(EdgePolicies.RecentLogin).AddEndpointFilter<OwnAccount>();
        own.MapPost("/add/begin", (HttpContext context, PasskeyBook book) => book.BeginAddingAsync(context.Account(), context));
        own.MapPost("/add", AddAsync);
    }

    private static async Task<IResult> LogInAsync(PasskeyAnswer told, HttpContext context, PasskeyBook book, PageSessions sessions)
    {
        if (told.Fault is { } fault)
        {
            return new ProblemResult(fault);
        }

        switch (await book.LogInAsync(told.Credential.GetRawText(), told.State!, context))
        {
            case LoginResult.Done done when await sessions.EnterAsync(context, done.Account, done.By):
                return TypedResults.Ok(new PasskeyDone(LocalAddress.Of(told.Return) ?? Home));
            default:
                return AccountProblems.Of(StatusCodes.Status403Forbidden, "passkey_refused", "Not logged in", "This passkey does not let you in: it was removed, belongs to no account here, took too long, or the address of its account is not confirmed.");
        }
    }

    private static async Task<IResult> AddAsync(PasskeyAnswer told, HttpContext context, PasskeyBook book) =>
        told.Fault is { } fault ? new ProblemResult(fault)
        : await book.AddAsync(context.Account(), told.Name, told.Credential.GetRawText(), told.State!, context) switch
        {
            ChangeResult.Done => TypedResults.Ok(new PasskeyDone("/account/passkeys?note=passkey-added")),
            ChangeResult.Wrong wrong => AccountProblems.Wrong(wrong.Code, wrong.Reason, "credential"),
            _ => AccountProblems.Wrong("passkey_refused", "The passkey was not added: it took too long, or the device did not check who you are.", "credential"),
        };
}

/// <summary>What a browser brings back.</summary>
/// <param name="Credential">What <c>navigator.credentials</c> gave, as JSON.</param>
/// <param name="State">What the question came with.</param>
/// <param name="Name">How a new passkey is called.</param>
/// <param name="Return">Where to go after a log-in.</param>
internal sealed record PasskeyAnswer(JsonElement Credential, string? State, string? Name = null, string? Return = null)
{
    /// <summary>What keeps it from being looked at; null where nothing does.</summary>
    [JsonIgnore]
    public Problem? Fault => Credential.ValueKind != JsonValueKind.Object ? Problems.Missing("credential", "what the browser gave") : State is null ? Problems.Missing("state", "what the question came with") : null;
}

/// <summary>Where to go now.</summary>
internal sealed record PasskeyDone(string Location);

/// <summary>Lets in only where passkeys work.</summary>
internal sealed class PasskeysOffered(PasskeyPlaces places) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => places.AreOffered(context.HttpContext.Request)
        ? next(context)
        : new ValueTask<object?>(AccountProblems.Of(StatusCodes.Status409Conflict, "passkeys_off", "No passkeys here", "Passkeys work where Auth:PublicUrl leads to, over https, or on localhost."));
}
