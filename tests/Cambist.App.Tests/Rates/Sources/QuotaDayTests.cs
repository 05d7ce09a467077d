using System.Globalization;
using Cambist.App.Rates.Sources;
using Cambist.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Requests counted where they arrive: whatever the process does, a service never gets more of them than its quota has.</summary>
public sealed class QuotaDayTests : IAsyncLifetime
{
    private readonly AskingHouse _house = new(AskingHouse.Midnight);
    private readonly List<HttpClient> _clients = [];
    private StandInServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await StandInServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await _server.DisposeAsync();
        _house.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_process_two_at_once_and_restarts_never_ask_more_than_the_quota(bool isBroken)
    {
        const int quota = 40;
        Answer(isBroken);
        SourceRunner[] runners = [NewRunner(quota), NewRunner(quota)];
        for (var minute = 0; minute < 24 * 60; minute += 2)
        {
            if (minute % 360 == 359)
            {
                _house.Restart();
                runners = [NewRunner(quota), NewRunner(quota)];
            }

            await Task.WhenAll(runners.Select(runner => runner.LookAsync(_house.Intake, TestContext.Current.CancellationToken)));
            _house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.InRange(_server.Requests.Count, quota * 3 / 4, quota);
        await Task.WhenAll(runners.Select(runner => runner.LookAsync(_house.Intake, TestContext.Current.CancellationToken)));
        Assert.InRange(_server.Requests.Count, quota * 3 / 4 + 1, quota + 2);
    }

    [Fact]
    public async Task Retried_requests_are_counted_too()
    {
        Answer(isBroken: true);
        var looking = NewRunner(500).LookAsync(_house.Intake, TestContext.Current.CancellationToken);
        while (!looking.IsCompleted)
        {
            await Task.WhenAny(looking, _house.Clock.PassAsync());
        }

        Assert.Equal(3, _server.Requests.Count);
        Assert.Equal(3, _house.Quotas.SpentOn("openexchangerates", DateOnly.FromDateTime(AskingHouse.Midnight.UtcDateTime)));
    }

    [Theory]
    [InlineData("7200", 7200)]
    [InlineData("date", 5400)]
    public async Task Patience_is_granted_in_seconds_and_until_a_date(string retryAfter, int seconds)
    {
        var told = retryAfter == "date" ? DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("R", CultureInfo.InvariantCulture) : retryAfter;
        _server.Refuses("/api/latest.json", StatusCodes.Status429TooManyRequests, "", ("Retry-After", told), ("Date", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture)));

        await NewRunner(100).LookAsync(_house.Intake, TestContext.Current.CancellationToken);

        Assert.InRange((_house.Health.Of("openexchangerates").NotBefore!.Value - _house.Now).TotalSeconds, seconds - 3, seconds + 3);
    }

    private void Answer(bool isBroken) => _server.Answers("/api/latest.json", _ => isBroken ? "<html>" : Told(), isBroken ? 500 : 200);

    private string Told()
    {
        var euro = (0.92m + _server.Requests.Count * 0.0000001m).ToString(CultureInfo.InvariantCulture);
        return $$$"""{"timestamp":{{{_house.Now.ToUnixTimeSeconds()}}},"base":"USD","rates":{"EUR":{{{euro}}}}}""";
    }

    private SourceRunner NewRunner(int quota)
    {
        var options = new RateSourceOptions { QuotaPerDay = quota, ApiKey = "secret" };
        var known = new KnownSource(OpenExchangeRatesSource.About, options, null);
        var client = new HttpClient(new SourceBudget(known, _house.Quotas, _house.Clock) { InnerHandler = new SocketsHttpHandler() }) { BaseAddress = _server.Address };
        _clients.Add(client);
        return _house.Runner(new OpenExchangeRatesSource(client, _house.Clock, options), known);
    }
}
