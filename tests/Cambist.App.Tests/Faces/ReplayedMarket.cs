using Cambist.App.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The service over seeded history, replayed with a clock that stands on Wednesday 18 March 2026, 12:00 UTC. The store holds two days more, which nobody may see.</summary>
public sealed class ReplayedMarket : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private RunningCambist? _cambist;

    public HttpClient Http => _cambist!.Http;

    public async ValueTask InitializeAsync()
    {
        SeededHistory.Write(_folder.Path, Now.AddDays(2));
        _cambist = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(Now), _folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cambist is not null)
        {
            await _cambist.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>Tests that ask one and the same service.</summary>
[CollectionDefinition(Name)]
public sealed class ReplayedMarketTests : ICollectionFixture<ReplayedMarket>
{
    public const string Name = "replayed market";
}
