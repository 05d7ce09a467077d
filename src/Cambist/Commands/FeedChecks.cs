using System.Globalization;
using Cambist.App.Rates;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambist.Commands;

/// <summary>Connects to each live feed that is on and waits for one sign of life.</summary>
internal static class FeedChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<DoctorCheck>> LookAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        IReadOnlyList<IRateFeed> feeds;
        try
        {
            feeds = [.. services.GetServices<IRateFeed>()];
        }
        catch (OptionsValidationException fault)
        {
            return [DoctorCheck.Failed("configuration", string.Join(" ", fault.Failures), "Correct the key, or turn the feed off by its key Enabled.")];
        }

        var majors = services.GetRequiredService<PanelPairs>().Majors;
        return await Task.WhenAll(services.GetServices<KnownFeed>().Select(known => feeds.FirstOrDefault(feed => feed.Profile.Id == known.Id) is { } feed
            ? LookAsync(feed)
            : Task.FromResult(DoctorCheck.Off($"feed:{known.Id}", known.WhyOff!))));

        async Task<DoctorCheck> LookAsync(IRateFeed feed)
        {
            var (name, section) = ($"feed:{feed.Profile.Id}", $"Rates:Feeds:{feed.Profile.Id}");
            var mend = $"Check the network, a proxy that lets websockets pass, and {section}:BaseUrl; or set {section}:Enabled to false.";
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                var started = TimeProvider.System.GetTimestamp();
                await foreach (var told in feed.ConnectAsync(majors, limit.Token))
                {
                    if (told is not FeedEvent.Unreadable)
                    {
                        var took = TimeProvider.System.GetElapsedTime(started);
                        return DoctorCheck.Ok(name, string.Create(CultureInfo.InvariantCulture, $"speaks, {took.TotalSeconds:0.0} s after it was called"));
                    }
                }

                return DoctorCheck.Failed(name, "It ended the connection without a word.", mend);
            }
            catch (SourceFaultException fault)
            {
                return DoctorCheck.Failed(name, fault.Message, fault.Kind == SourceFault.KeyRefused ? $"Check the key: {SettingChecks.InEnvironment(section + ":ApiKey")} in the environment." : mend);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return DoctorCheck.Failed(name, $"No sign of life within {Patience.TotalSeconds:0} s.", mend);
            }
        }
    }
}
