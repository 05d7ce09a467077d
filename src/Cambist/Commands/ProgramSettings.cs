namespace Cambist.Commands;

/// <summary>What the program is configured with: <c>appsettings.json</c> beside it, overridden by the environment.</summary>
internal static class ProgramSettings
{
    public static IConfigurationRoot Read() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables()
        .Build();
}
