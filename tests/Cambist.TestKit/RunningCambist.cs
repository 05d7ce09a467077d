using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace Cambist.TestKit;

/// <summary>The real service in this process, on a free port of loopback, over a store that is gone afterwards. It never asks an outside service.</summary>
public sealed class RunningCambist : IAsyncDisposable
{
    private static readonly string[] SourceIds =
        ["alphavantage", "fixer", "xe", "openexchangerates", "twelvedata", "kraken", "coinbase", "frankfurter", "ecb", "exchange-api", "wise"];

    private static readonly string[] QuoteSourceIds = ["wise", "wise-quote", "kraken", "coinbase", "revolut", "remitly"];

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private RunningCambist(TemporaryFolder folder, Database store, WebApplication app)
    {
        _folder = folder;
        Store = store;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>The folder of what is no database: models, and the keys.</summary>
    public string Folder => _folder.Path;

    /// <summary>Its store.</summary>
    public Database Store { get; }

    /// <summary>A client of its address.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts the service.</summary>
    /// <param name="mode">The kind of market.</param>
    /// <param name="clock">What it takes for now; null: the real time.</param>
    /// <param name="history">A folder of hourly files that are imported before it starts; null: none.</param>
    /// <param name="source">Where its live sources are; null: at an address on which nothing listens.</param>
    /// <param name="feed">Where its live feeds are; null: at an address on which nothing listens.</param>
    /// <param name="database">A PostgreSQL connection string; null: SQLite in a folder of its own.</param>
    /// <param name="services">Last changes to what the service is made of; null: none.</param>
    /// <param name="settings">Configuration beside that; null: none. Kraken and Frankfurter are on, at once as often as asked, other sources are off.</param>
    /// <param name="address">Where it listens; port 0: any free one.</param>
    public static async Task<RunningCambist> StartAsync(
        MarketMode mode, TimeProvider? clock = null, string? history = null, Uri? source = null, Uri? feed = null, string? database = null,
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, string address = "http://127.0.0.1:0")
    {
        var folder = new TemporaryFolder();
        Database store = database is null ? SqliteStore.Open(folder.Path) : PostgresStore.Open(database);
        if (history is not null)
        {
            new HistoryImport(new BarStore(store), TimeProvider.System).Run(history);
        }

        var app = CambistHost.Build(
            address,
            store,
            new MarketFacts(mode),
            own =>
            {
                own.AddLogging(logging => logging.ClearProviders());
                own.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
                services?.Invoke(own);
                own.PostConfigureAll<HttpClientFactoryOptions>(every =>
                    every.HttpMessageHandlerBuilderActions.Add(handler => handler.AdditionalHandlers.Add(new LoopbackOnly())));
            },
            SettingsOf(source ?? StandInServer.Unreachable, feed ?? StandInFeed.Unreachable, folder.File("models"), settings),
            folder.Path);
        await app.StartAsync();
        return new RunningCambist(folder, store, app);
    }

    /// <summary>A part of the running service.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }

    private static Dictionary<string, string?> SettingsOf(Uri source, Uri feed, string models, IReadOnlyDictionary<string, string?>? settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Forecasting:Models:Folder"] = models };
        foreach (var id in SourceIds)
        {
            all[$"Rates:Sources:{id}:BaseUrl"] = source.AbsoluteUri;
            all[$"Rates:Sources:{id}:Gap"] = "00:00:00";
            all[$"Rates:Sources:{id}:Enabled"] = id is "kraken" or "frankfurter" ? null : "false";
        }

        foreach (var id in QuoteSourceIds)
        {
            all[$"Quotes:Sources:{id}:BaseUrl"] = source.AbsoluteUri;
            all[$"Quotes:Sources:{id}:Enabled"] = "false";
        }

        foreach (var id in StandInFeed.Ids)
        {
            all[$"Rates:Feeds:{id}:BaseUrl"] = feed.AbsoluteUri;
        }

        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        return all;
    }
}
