using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Edge;

public sealed class CorsTests
{
    private const string Ours = "https://app.example.org";

    [Fact]
    public async Task Pages_of_a_configured_origin_may_read_and_others_may_not()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, settings: new Dictionary<string, string?> { ["Cors:Origins"] = $"{Ours},http://localhost:3000" });

        Assert.Equal(Ours, await AllowedAsync(cambist, HttpMethod.Get, Ours));
        Assert.Equal("http://localhost:3000", await AllowedAsync(cambist, HttpMethod.Options, "http://localhost:3000"));
        Assert.Null(await AllowedAsync(cambist, HttpMethod.Get, "https://app.example.org.evil.example"));
        Assert.Null(await AllowedAsync(cambist, HttpMethod.Options, "https://evil.example"));
        Assert.Null(await AllowedAsync(cambist, HttpMethod.Get, "null"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("https://app.example.org/path")]
    [InlineData("app.example.org")]
    [InlineData("ftp://app.example.org")]
    [InlineData("https://me@app.example.org")]
    public async Task What_is_no_origin_is_refused(string origin)
    {
        var fault = await Assert.ThrowsAsync<WrongSettingException>(() => RunningCambist.StartAsync(MarketMode.Live, settings: new Dictionary<string, string?> { ["Cors:Origins"] = origin }));

        Assert.Equal("Cors:Origins", fault.Key);
    }

    private static async Task<string?> AllowedAsync(RunningCambist cambist, HttpMethod method, string origin)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/rates/sources") { Headers = { { "Origin", origin } } };
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,authorization,idempotency-key");
        }

        var answer = await cambist.Http.Ask(request);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? Assert.Single(values) : null;
    }
}
