using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>What sends mails is made of.</summary>
public static class EmailSetup
{
    /// <summary>Registers <see cref="OutgoingMail"/>, which takes mails, and what sends them.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The section <c>Notifications:Channels:email</c> says how.</param>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddOutgoingMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(new RetrySchedule(Random.Shared));
        return services
            .AddSingleton(EmailOptions.Read(configuration))
            .AddSingleton<OutgoingMail>()
            .AddHostedService<MailRunner>();
    }
}
