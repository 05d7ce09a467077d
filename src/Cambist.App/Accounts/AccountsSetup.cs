using Cambist.App.Accounts.Pages;
using Cambist.App.Accounts.Passkeys;
using Cambist.App.Accounts.Passwords;
using Cambist.App.Accounts.Retention;
using Cambist.App.Accounts.SecondFactor;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Audit;
using Cambist.App.Edge;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Privacy;
using Cambist.App.Streaming;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cambist.App.Accounts;

/// <summary>What accounts are made of.</summary>
public static class AccountsSetup
{
    private const string ByRequest = "Cambist.ByRequest";
    private const string Mailed = "mailed";

    /// <summary>Registers accounts and how requests show whose they are.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The section <c>Auth</c>.</param>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AuthOptions.Read(configuration);
        services.AddSingleton(options);
        services.AddAccountCore(options);
        services.AddSingleton(RetentionOptions.Read(configuration)).AddSingleton<InactiveNotices>().AddScoped<RetentionSweep>().AddHostedService<RetentionJob>();
        services
            .AddSingleton<SigningKeys>().AddSingleton<AccessTokens>().AddSingleton<EndedSessions>()
            .AddHostedService(provider => provider.GetRequiredService<EndedSessions>())
            .AddHostedService(provider => provider.GetRequiredService<AccountMails>())
            .AddSingleton<PageSessions>().AddScoped<TokenSessions>().AddScoped<OwnView>()
            .AddPasskeys();
        services.Replace(ServiceDescriptor.Singleton(provider => StreamAccountsOf(provider.GetRequiredService<AccessTokens>(), provider.GetRequiredService<EndedSessions>(), provider.GetRequiredService<Sessions>())));
        return services.AddWhoAsks(options);
    }

    /// <summary>Registers accounts for commands of whoever runs the service: over the same database, without a host, and without mails.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The section <c>Auth</c>.</param>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddOperatorAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        var options = AuthOptions.Read(configuration);
        services.AddSingleton(options).AddSingleton<AuditTrail>().AddSingleton<EndedSessions>();
        services.AddOutgoingMail(new ConfigurationBuilder().Build()).AddAccountCore(options);
        return services.AddScoped<OperatorAccounts>();
    }

    private static StreamAccounts StreamAccountsOf(AccessTokens tokens, EndedSessions ended, Sessions sessions) => new(
        async (token, _) => await tokens.ReadAsync(token) is { } holder ? new StreamUser(holder.Account, holder.Session, holder.EndsAt) : null,
        ended.Contains,
        sessions.EndsAt);

    // A page opens a stream with its cookie; whether it is a page of ours the stream looks at itself.
    private static bool IsStreamOfPage(HttpRequest request) => request.Path.StartsWithSegments("/ws", StringComparison.OrdinalIgnoreCase) && request.Headers.Authorization.Count == 0;

    // A request of a page shows whose it is by its cookie, every other by a token: no page of others can send a token, so the API needs no guard against forged requests.
    private static IServiceCollection AddWhoAsks(this IServiceCollection services, AuthOptions options)
    {
        services.AddAuthentication(ByRequest)
            .AddPolicyScheme(ByRequest, displayName: null, policy => policy.ForwardDefaultSelector = context => PageProblems.IsPage(context.Request.Path) || IsStreamOfPage(context.Request) ? PageSessions.Scheme : JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddCookie(PageSessions.Scheme, cookie =>
            {
                cookie.Cookie.Name = Name("cambist", options);
                cookie.Cookie.SecurePolicy = IsHttps(options) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ExpireTimeSpan = options.SessionIdle;
                cookie.SlidingExpiration = true;
                cookie.LoginPath = "/account/login";
                cookie.AccessDeniedPath = "/account/login"; // Who logged in too long ago does it again.
                cookie.ReturnUrlParameter = "return";
                cookie.Events.OnValidatePrincipal = context => context.HttpContext.RequestServices.GetRequiredService<PageSessions>().ValidateAsync(context);
            });
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<AccessTokens>((bearer, tokens) => tokens.Configure(bearer));
        services.AddAuthorizationBuilder()
            .AddPolicy(EdgePolicies.Admin, policy => policy.RequireClaim(AccountClaims.Role, AccountStore.NameOf(AccountRole.Admin)))
            .AddPolicy(EdgePolicies.RecentLogin, policy => policy.RequireAuthenticatedUser().RequireAssertion(asked => RecentLogin.IsIn(asked.User, options, ((HttpContext)asked.Resource!).RequestServices.GetRequiredService<TimeProvider>())));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie = new FormCookie(options) { Name = Name("cambist-form", options), SameSite = SameSiteMode.Strict, HttpOnly = true, IsEssential = true };
            forms.SuppressXFrameOptionsHeader = true; // The policy's frame-ancestors says more.
        });
        services.AddDataProtection().SetApplicationName("cambist");
        services.AddSingleton<ProtectionKeys>().AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => provider.GetRequiredService<ProtectionKeys>());
        return services;
    }

    // A name with __Host- is taken by browsers only from this very host, over TLS and for all of it (RFC 6265bis, 4.1.3.2).
    private static string Name(string name, AuthOptions options) => IsHttps(options) ? "__Host-" + name : name;

    private static bool IsHttps(AuthOptions options) => options.PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Registers accounts without a host: for commands of whoever runs the service, too.</summary>
    internal static IServiceCollection AddAccountCore(this IServiceCollection services, AuthOptions options)
    {
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Tokens.ProviderMap[Mailed] = new TokenProviderDescriptor(typeof(MailedTokens));
            identity.Tokens.ProviderMap[TokenOptions.DefaultAuthenticatorProvider] = new TokenProviderDescriptor(typeof(TotpProvider));
            (identity.Tokens.EmailConfirmationTokenProvider, identity.Tokens.ChangeEmailTokenProvider, identity.Tokens.PasswordResetTokenProvider) = (Mailed, Mailed, Mailed);
        });
        services.AddOutsideClient(BreachedPasswords.Client, options.BreachedPasswords);
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = options.PasswordIterations);

        // An account has no name to validate, its address is read by EmailAddress, and who takes a password asks PasswordRules before it is hashed.
        services.RemoveAll<IUserValidator<Account>>().RemoveAll<IPasswordValidator<Account>>();
        services
            .AddSingleton<AccountStore>().AddSingleton<IUserStore<Account>>(provider => provider.GetRequiredService<AccountStore>())
            .AddSingleton<AccountLocks>().AddSingleton<OneTimeTokens>().AddTransient<MailedTokens>().AddTransient<TotpProvider>()
            .AddSingleton<PasswordGate>().AddSingleton<BreachedPasswords>().AddSingleton<PasswordRules>()
            .AddSingleton<Sessions>().AddSingleton<NobodysPassword>().AddSingleton<AccountMails>()
            .AddScoped<Login>().AddScoped<Registration>().AddScoped<AccountSecurity>().AddScoped<PersonalData>()
            .AddSingleton<IPersonalRecords, SessionRecords>().AddSingleton<IPersonalRecords, PasskeyRecords>().AddSingleton<IPersonalRecords, AuditRecords>();
        return services;
    }

    // Antiforgery refuses every page where its cookie is always secure and the request is not, as behind a proxy that ends TLS and is not known.
    private sealed class FormCookie(AuthOptions options) : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var built = base.Build(context, expiresFrom);
            (built.Path, built.Secure) = ("/", IsHttps(options) || context.Request.IsHttps);
            return built;
        }
    }
}
