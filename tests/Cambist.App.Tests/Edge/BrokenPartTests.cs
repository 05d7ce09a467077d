using Cambist.App.Edge.Limits;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>What the world sees of a bug.</summary>
public sealed class BrokenPartTests
{
    private const string Inside = "Host=db7.internal;Password=k3y";

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/rates/latest")]
    public async Task A_bug_is_told_without_a_word_of_what_is_inside_and_lets_nothing_through(string address)
    {
        await using var cambist = await RunningCambist.StartAsync(
            MarketMode.Replay,
            settings: new Dictionary<string, string?> { ["RateLimits:CountLoopback"] = "true", ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" },
            services: services => services.Replace(ServiceDescriptor.Singleton<IRequestCounter>(new BrokenCounter())));

        var answer = await cambist.Http.Get(address);

        Assert.Equal((500, "internal_error"), (answer.Status, answer.Json().GetProperty("code").GetString()));
        Assert.Equal(["code", "detail", "field", "status", "title", "trace_id", "type"], answer.Json().EnumerateObject().Select(one => one.Name).Order());
        Assert.DoesNotContain("k3y", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Counter", answer.Body, StringComparison.Ordinal);
    }

    private sealed class BrokenCounter : IRequestCounter
    {
        public ValueTask<Standing> CountAsync(LimitRule rule, LimitedClient client) => throw new InvalidOperationException(Inside);
    }
}
