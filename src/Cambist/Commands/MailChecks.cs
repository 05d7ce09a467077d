using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Storage;

namespace Cambist.Commands;

/// <summary>Looks at the mail server: whether it can be reached as configured and lets us in. No mail is sent.</summary>
internal static class MailChecks
{
    private const string Name = "mail";

    public static async Task<IReadOnlyList<DoctorCheck>> LookAsync(IConfiguration settings, CancellationToken cancellationToken)
    {
        EmailOptions options;
        try
        {
            options = EmailOptions.Read(settings);
        }
        catch (WrongSettingException fault)
        {
            return [DoctorCheck.Failed("configuration", fault.Message, $"Correct or remove {fault.Key}; in the environment it is {SettingChecks.InEnvironment(fault.Key)}.")];
        }

        if (!options.IsOn)
        {
            return [settings.GetSection(EmailOptions.Section).GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value))
                ? DoctorCheck.Warning(Name, $"no mail is sent: {EmailOptions.Section} has settings, but no Host", $"Set {EmailOptions.HostKey}; in the environment it is {SettingChecks.InEnvironment(EmailOptions.HostKey)}.")
                : DoctorCheck.Off(Name, $"no mail is sent without {EmailOptions.HostKey}")];
        }

        await using var sender = new EmailSender(options, TimeProvider.System);
        try
        {
            return [DoctorCheck.Ok(Name, $"{options.Place} can be reached: {await sender.CheckAsync(cancellationToken)}")];
        }
        catch (EmailFaultException fault)
        {
            return [DoctorCheck.Failed(Name, fault.Message, Mend(fault.Kind))];
        }
    }

    private static string Mend(EmailFault fault) => fault switch
    {
        EmailFault.Unreachable => $"Check {EmailOptions.Section}:Host and Port, and whether a firewall lets this machine through.",
        EmailFault.NotSecure => $"Check {EmailOptions.Section}:Security (starttls is for port 587, tls for 465) and Host, which the certificate must name; AuthorityFile names an authority of your own.",
        EmailFault.LoginRefused => $"Check {EmailOptions.Section}:User and Password or PasswordFile.",
        EmailFault.NotUnderstood => $"Check {EmailOptions.Section}:Port and Security: tls is for port 465, starttls for 587.",
        _ => "docs/email.md says more.",
    };
}
