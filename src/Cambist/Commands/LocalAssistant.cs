using System.CommandLine;
using Cambist.App;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Forecasting.Training;
using Cambist.App.Rates;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cambist.Commands;

/// <summary>The assistant inside the command line: over the store, and for questions about now with one look at the live sources.</summary>
internal static class LocalAssistant
{
    /// <summary>How long live sources are waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>The assistant's services; dispose them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asksLiveSources">Whether rates of now are wanted.</param>
    /// <param name="cancellationToken">Ends the look at the sources.</param>
    public static async Task<ServiceProvider> StartAsync(ParseResult parsed, bool asksLiveSources, CancellationToken cancellationToken)
    {
        var provider = Create(parsed, parsed.OpenStore(), knowsLiveSources: asksLiveSources).BuildServiceProvider();
        if (asksLiveSources)
        {
            await provider.GetRequiredService<Collector>().AskOnceAsync(Patience, cancellationToken);
        }

        return provider;
    }

    /// <summary>What the assistant is made of over a store; nobody is asked.</summary>
    /// <param name="parsed">The command line, which names the folder of data.</param>
    /// <param name="store">The store.</param>
    /// <param name="knowsLiveSources">Whether the sources and feeds are a part of it.</param>
    /// <exception cref="WrongSettingException">A source or feed is configured with a value that is not allowed.</exception>
    public static ServiceCollection Create(ParseResult parsed, Database store, bool knowsLiveSources)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        var settings = ProgramSettings.Read();
        services.AddCambist(store, new MarketFacts(MarketMode.Live)).AddModelSettings(settings, store, parsed.DataFolder()).AddForecastSettings(settings).AddTrainingSettings(settings).AddEdgeSettings(settings);
        if (knowsLiveSources)
        {
            services.AddLiveMarket(settings);
        }

        return services;
    }
}
