using System.Threading.Channels;
using Cambist.App.Streaming;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.App.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>The look at how long the sessions of open streams go on.</summary>
public sealed class PageStreamsTests
{
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Faults => FailingDatabase.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_database_that_fails_for_a_while_ends_no_looks(string fault)
    {
        var looks = Channel.CreateUnbounded<bool>();
        var isAway = false;
        await using var house = await AccountHouse.StartAsync(
            new Dictionary<string, string?> { ["Streams:PingSeconds"] = "3600" },
            services: services =>
            {
                var known = services.Last(service => service.ServiceType == typeof(StreamAccounts)).ImplementationFactory!;
                services.Replace(ServiceDescriptor.Singleton(provider =>
                {
                    var accounts = (StreamAccounts)known(provider);
                    return accounts with { EndOf = session => Look(session, accounts) };
                }));
            });
        var ann = await house.AddAsync();
        using var browser = await Browser.LoggedInAsync(house);
        using var listener = await Listener.ConnectAsync(
            house.Cambist, house.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), $"/ws/{ann.Id}", browser.Cookies.GetCookieHeader(new Uri(browser.Origin)));
        await listener.NextAsync();
        Assert.True(await looks.Reader.ReadAsync(Stop));

        isAway = true;
        house.Clock.Advance(Turn);
        Assert.False(await looks.Reader.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop));
        isAway = false;
        house.Clock.Advance(Turn);

        Assert.True(await looks.Reader.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop));

        DateTimeOffset? Look(string session, StreamAccounts accounts)
        {
            looks.Writer.TryWrite(!isAway);
            return isAway ? throw FailingDatabase.Fault(fault) : accounts.EndOf(session);
        }
    }
}
