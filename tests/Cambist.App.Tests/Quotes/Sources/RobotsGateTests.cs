using Cambist.App.Quotes.Sources;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>When robots.txt lets an address be asked for (RFC 9309).</summary>
public sealed class RobotsGateTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private StandInServer _server = null!;
    private RobotsGate _gate = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await StandInServer.StartAsync();
        _gate = new RobotsGate(new HttpClient(), _clock);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("", true)]
    [InlineData("User-agent: *\nDisallow:", true)]
    [InlineData("User-agent: *\nDisallow: /", false)]
    [InlineData("User-agent: *\nDisallow: /api", false)]
    [InlineData("\uFEFFUser-agent: *\r\nDisallow: /api # all of it\r\n", false)]
    [InlineData("user-AGENT : *\ndisallow : /api", false)]
    [InlineData("User-agent: *\nDisallow: /API", true)]
    [InlineData("User-agent: *\nDisallow: /api\nAllow: /api/quote", true)]
    [InlineData("User-agent: *\nAllow: /api\nDisallow: /api", true)]
    [InlineData("User-agent: *\nAllow: /api\nDisallow: /api/", false)]
    [InlineData("User-agent: *\nDisallow: /*?amount=", false)]
    [InlineData("User-agent: *\nDisallow: /*amount=1000$", false)]
    [InlineData("User-agent: *\nDisallow: /*amount=100$", true)]
    [InlineData("User-agent: *\nDisallow: /api/quote$", true)]
    [InlineData("User-agent: *\nDisallow: *quote*a*0*0*0", false)]
    [InlineData("User-agent: *\nDisallow: /%61pi/", false)]
    [InlineData("User-agent: other\nDisallow: /", true)]
    [InlineData("User-agent: *\nDisallow: /\n\nUser-agent: Cambist\nDisallow: /private", true)]
    [InlineData("User-agent: Cambist/9\nDisallow: /\n\nUser-agent: *\nAllow: /", false)]
    [InlineData("User-agent: other\nUser-agent: cambist\nDisallow: /api", false)]
    [InlineData("User-agent: cambist\nAllow: /x\nUser-agent: other\nDisallow: /api", true)]
    [InlineData("User-agent: cambist\nAllow: /x\n\nUser-agent: cambist\nDisallow: /api", false)]
    [InlineData("User-agent: *\nCrawl-delay: 5\nUser-agent: other\nDisallow: /api", false)]
    [InlineData("Disallow: /", true)]
    [InlineData("<!doctype html><title>Home</title>", true)]
    public async Task The_longest_rule_for_us_decides(string robots, bool allowed)
    {
        _server.Answers("/robots.txt", robots, contentType: "text/plain");

        Assert.Equal(allowed, await AllowsAsync("/api/quote?amount=1000"));
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(410, true)]
    [InlineData(403, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public async Task Without_the_file_everything_is_allowed_and_where_it_cannot_be_had_nothing(int status, bool allowed)
    {
        _server.Refuses("/robots.txt", status);

        Assert.Equal(allowed, await AllowsAsync("/api"));
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_allows_nothing() =>
        Assert.False(await _gate.AllowsAsync(new Uri(StandInServer.Unreachable, "/api"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_file_is_read_once_a_day()
    {
        _server.Answers("/robots.txt", "User-agent: *\nDisallow: /api", contentType: "text/plain");
        Assert.False(await AllowsAsync("/api"));
        _server.Answers("/robots.txt", "", contentType: "text/plain");
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.False(await AllowsAsync("/api"));
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await AllowsAsync("/api"));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task A_host_in_trouble_is_looked_at_again_soon()
    {
        _server.Refuses("/robots.txt", 503);
        Assert.False(await AllowsAsync("/api"));
        _server.Answers("/robots.txt", "", contentType: "text/plain");
        _clock.Advance(TimeSpan.FromMinutes(30));

        Assert.True(await AllowsAsync("/api"));
    }

    [Fact]
    public async Task What_follows_the_first_half_mebibyte_is_left()
    {
        _server.Answers("/robots.txt", $"User-agent: *\n{new string('#', 512 * 1024)}\nDisallow: /", contentType: "text/plain");

        Assert.True(await AllowsAsync("/api"));
    }

    [Fact]
    public async Task A_wait_for_the_file_can_be_ended()
    {
        var stalled = _server.Stalls("/robots.txt", "User-agent");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var answer = _gate.AllowsAsync(new Uri(_server.Address, "/api"), patience.Token);
        await stalled.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    private Task<bool> AllowsAsync(string address) => _gate.AllowsAsync(new Uri(_server.Address, address), TestContext.Current.CancellationToken);
}
