using Cambist.App;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Forecasting.Training;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Privacy;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Streaming;
using Cambist.Web;
using Microsoft.Extensions.Logging.Console;

namespace Cambist;

/// <summary>The web host of the service.</summary>
public static class CambistHost
{
    /// <summary>Where the service listens unless told otherwise.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>The service over a store, not yet started.</summary>
    /// <param name="urls">Where to listen; null: configuration, else http://127.0.0.1:5080.</param>
    /// <param name="store">Market history.</param>
    /// <param name="market">What kind of market it shows.</param>
    /// <param name="services">Last changes to what the service is made of.</param>
    /// <param name="settings">Configuration that goes before all other; null: none.</param>
    /// <param name="data">The folder of data where the store is a server; null: the user's.</param>
    /// <exception cref="CannotListenException">It cannot listen there.</exception>
    public static WebApplication Build(
        string? urls, Database store, MarketFacts market, Action<IServiceCollection> services, IReadOnlyDictionary<string, string?>? settings = null, string? data = null)
    {
        // The manifests of the static files carry the program's name, whichever process hosts the service.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CambistHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddInMemoryCollection(settings);
        // Standard output belongs to the answer of a command.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.WebHost.UseStaticWebAssets();
        var listenOn = urls ?? builder.Configuration["urls"] ?? DefaultUrls;
        if (ListenAddress.Fault(listenOn) is { } fault)
        {
            throw new CannotListenException(fault);
        }

        builder.WebHost.UseUrls(listenOn);
        builder.WebHost.UseServerLimits(builder.Configuration);

        builder.Services.AddCambist(store, market).AddModelSettings(builder.Configuration, store, data).AddForecastSettings(builder.Configuration).AddTrainingSettings(builder.Configuration).AddPrivacy(builder.Configuration, store, data).AddOutgoingMail(builder.Configuration).AddStreamSettings(builder.Configuration).AddEdgeSettings(builder.Configuration).AddCambistApi().AddCambistWeb();
        _ = market.Mode switch
        {
            MarketMode.Simulated => builder.Services.AddSimulatedMarket(),
            MarketMode.Replay => builder.Services.AddReplayedMarket(),
            _ => builder.Services.AddLiveMarket(builder.Configuration),
        };
        services(builder.Services);

        var app = builder.Build();
        app.UseCambistEdge();
        app.MapStaticAssets();
        app.MapCambist();
        app.MapCambistWeb();
        return app;
    }
}
