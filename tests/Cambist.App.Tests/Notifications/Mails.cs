using Cambist.App.Notifications.Channels.Email;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Cambist.App.Tests.Notifications;

/// <summary>Mails, and what sends them to a stand-in.</summary>
internal static class Mails
{
    public const string Address = "ann.planted@example.org";

    // No other timer waits as long: tests tell it from pauses.
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    public static readonly DateTimeOffset Start = new(2026, 3, 27, 14, 31, 0, TimeSpan.Zero);

    public static Email Some(string kind = "confirm_address", string to = Address, string subject = "Please confirm", string text = "https://cambist.example.org/confirm?token=planted-t0ken\n") => new(kind, to, subject, text);

    public static EmailOptions Options(StandInMail server, params (string Key, string? Value)[] changes)
    {
        var settings = server.Settings;
        settings["Notifications:Channels:email:TimeoutSeconds"] = "7";
        foreach (var (key, value) in changes)
        {
            settings[$"Notifications:Channels:email:{key}"] = value;
        }

        return EmailOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }

    /// <summary>The service's part that sends mails; dispose it.</summary>
    /// <param name="options">The server.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">What is logged.</param>
    /// <param name="before">Is called before anything is sent.</param>
    public static async Task<ServiceProvider> ServiceAsync(EmailOptions options, TimeProvider time, FakeLogCollector logs, Action<OutgoingMail>? before = null)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(logs)))
            .AddSingleton(time)
            .AddSingleton(new RetrySchedule(new FullJitter()))
            .AddOutgoingMail(new ConfigurationBuilder().Build())
            .AddSingleton(options)
            .BuildServiceProvider();
        before?.Invoke(services.GetRequiredService<OutgoingMail>());
        await services.GetRequiredService<IHostedService>().StartAsync(CancellationToken.None);
        return services;
    }

    /// <summary>Ends it as a host does.</summary>
    public static Task StopAsync(this ServiceProvider services) => services.GetRequiredService<IHostedService>().StopAsync(CancellationToken.None);

    // Every wait is as long as it may be, but for a rounding error.
    private sealed class FullJitter : Random
    {
        public override double NextDouble() => 1;
    }
}
