using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cambist.App.Accounts;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>A running service with people who have accounts. Passwords are hashed in few rounds, and attempts are counted by account alone unless settings say otherwise.</summary>
internal sealed class AccountHouse : IAsyncDisposable
{
    public const string Email = "ann@example.org";
    public const string Password = "four unrelated words here";
    public static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private AccountHouse(RunningCambist cambist, FakeTimeProvider clock) => (Cambist, Clock) = (cambist, clock);

    public RunningCambist Cambist { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http => Cambist.Http;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<AccountHouse> StartAsync(IReadOnlyDictionary<string, string?>? settings = null, string? database = null, Action<IServiceCollection>? services = null, string? history = null)
    {
        var clock = new FakeTimeProvider(Start);
        var all = new Dictionary<string, string?> { ["Auth:PasswordIterations"] = "10000", ["RateLimits:Auth"] = "0", ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        return new AccountHouse(await RunningCambist.StartAsync(MarketMode.Replay, clock, history, database: database, settings: all, services: services), clock);
    }

    /// <summary>Sends a body, as somebody where there is a token.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri($"/api/v1{path}", UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: CambistJson.Options);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var response = await Http.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return new Answer((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, text);
    }

    public Task<Answer> PostAsync(string path, object? body = null, string? token = null) => SendAsync(HttpMethod.Post, path, body, token);

    public Task<Answer> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, body: null, token);

    public async Task<TokenAnswer> EnterAsync(string email = Email, string password = Password, AccountRole role = AccountRole.User)
    {
        await AddAsync(email, password, role);
        return await LoginAsync(email, password);
    }

    public async Task<Account> AddAsync(string email = Email, string password = Password, AccountRole role = AccountRole.User)
    {
        await using var scope = Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        var (account, fault) = await scope.ServiceProvider.GetRequiredService<Registration>().AddAsync(email, password, role);
        Assert.Null(fault);
        return account!;
    }

    public async Task<TokenAnswer> LoginAsync(string email = Email, string password = Password, string? code = null)
    {
        var answer = await PostAsync("/auth/login", new LoginRequest(email, password, code));
        Assert.Equal(200, answer.Status);
        return JsonSerializer.Deserialize(answer.Text, CambistJson.Wire.TokenAnswer)!;
    }

    public ValueTask DisposeAsync() => Cambist.DisposeAsync();
}

/// <summary>An answer of the API.</summary>
internal sealed record Answer(int Status, JsonElement Json, string Text)
{
    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string this[string name] => Json.GetProperty(name).ToString();
}
