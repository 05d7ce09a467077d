using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace Cambist.TestKit;

/// <summary>The real service in this process, on a free port of loopback, over a store that is gone afterwards. It never asks an outside service.</summary>
public sealed class RunningCambist : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;

    private RunningCambist(TemporaryFolder folder, Database store, WebApplication app)
    {
        _folder = folder;
        Store = store;
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Its store.</summary>
    public Database Store { get; }

    /// <summary>A client of its address.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts the service.</summary>
    /// <param name="mode">The kind of market.</param>
    /// <param name="clock">What it takes for now; null: the real time.</param>
    /// <param name="history">A folder of hourly files that are imported before it starts; null: none.</param>
    /// <param name="source">Where its live sources are; null: at an address on which nothing listens.</param>
    /// <param name="database">A PostgreSQL connection string; null: SQLite in a folder of its own.</param>
    public static async Task<RunningCambist> StartAsync(
        MarketMode mode, TimeProvider? clock = null, string? history = null, Uri? source = null, string? database = null)
    {
        var folder = new TemporaryFolder();
        Database store = database is null ? SqliteStore.Open(folder.Path) : PostgresStore.Open(database);
        if (history is not null)
        {
            new HistoryImport(new BarStore(store), TimeProvider.System).Run(history);
        }

        var app = CambistHost.Build("http://127.0.0.1:0", store, new MarketFacts(mode), services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
            services.PostConfigureAll<HttpClientFactoryOptions>(every =>
            {
                every.HttpClientActions.Add(http => http.BaseAddress = source ?? StandInServer.Unreachable);
                every.HttpMessageHandlerBuilderActions.Add(handler => handler.AdditionalHandlers.Add(new LoopbackOnly()));
            });
        });
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
}
