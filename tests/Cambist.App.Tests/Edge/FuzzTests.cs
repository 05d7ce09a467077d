using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cambist.App.Accounts;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.App.Tests.Storage;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>
/// Every route of the API's description, asked what nobody asks: wrong types, huge and empty values, other alphabets, bytes that are no text, missing and doubled
/// fields, deep nesting, line ends in values and headers. A route that is added is asked too. Whatever is asked, nothing breaks.
/// </summary>
public sealed class FuzzTests
{
    private const int RequestsPerRoute = 150;
    private const string Password = "four unrelated words here";

    // Nothing is refused for being asked too often, and passwords cost little.
    private static readonly Dictionary<string, string?> Settings = new() { ["RateLimits:PerUser"] = "0", ["RateLimits:Anonymous"] = "0", ["RateLimits:Auth"] = "0", ["Auth:PasswordIterations"] = "10000" };

    // The engines take not the same texts: PostgreSQL has no zero byte in one.
    [Theory]
    [InlineData(Engine.Sqlite, 1)]
    [InlineData(Engine.Postgres, 2)]
    public async Task No_route_breaks_whatever_it_is_asked(Engine engine, int seed)
    {
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, ReplayedMarket.Now);
        using var database = engine == Engine.Postgres ? new TestDatabase(engine) : null;
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(ReplayedMarket.Now), folder.Path, database: database?.Place, settings: Settings);
        using var description = JsonDocument.Parse((await cambist.Http.Get("/openapi/v1.json")).Body);
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) };
        using var http = new HttpClient(handler) { BaseAddress = cambist.Http.BaseAddress };
        var routes = FuzzedRoute.All(description.RootElement);
        Assert.NotEmpty(routes);
        var random = new Random(seed);
        var token = await EnterAsync(cambist, http);
        foreach (var route in routes)
        {
            var isReached = false;
            for (var turn = 0; turn < RequestsPerRoute; turn++)
            {
                using var request = route.Request(random);
                var isKnown = random.Next(4) > 0;
                if (isKnown)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                }

                var status = await AssertAnsweredAsync(http, request);
                isReached |= status is not (401 or 403 or 429) || route.Path.StartsWith("/api/v1/auth/", StringComparison.Ordinal);

                // The route may have logged the admin out, or erased the account.
                token = isKnown && (status == 401 || request.Method == HttpMethod.Delete) ? await EnterAsync(cambist, http) : token;
            }

            Assert.True(isReached, $"No request of {route.Method} {route.Path} got past the door.");
        }
    }

    private static async Task<string> EnterAsync(RunningCambist cambist, HttpClient http)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        await using var scope = cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        Assert.NotNull((await scope.ServiceProvider.GetRequiredService<Registration>().AddAsync(email, Password, AccountRole.Admin)).Account);
        return (await new CambistClient(http).Account.LoginAsync(new LoginRequest(email, Password), TestContext.Current.CancellationToken)).AccessToken;
    }

    private static async Task<int> AssertAnsweredAsync(HttpClient http, HttpRequestMessage request)
    {
        // A stream has no end: its head is its answer.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var status = (int)response.StatusCode;
        if (status < 400)
        {
            return status;
        }

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var shown = $"{request.Method} {request.RequestUri} led to {status}: {body[..Math.Min(400, body.Length)]}";
        Assert.True(status is < 500 or 503, shown);
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json" || request.RequestUri!.OriginalString.StartsWith("/readyz", StringComparison.Ordinal) || !request.RequestUri.OriginalString.StartsWith("/api", StringComparison.Ordinal), shown);
        Assert.False(response.Headers.Contains("Injected"), shown);
        return status;
    }
}
