using Cambist.App.Forecasting.Registry;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Cambist.App.Tests.Forecasting.Registry;

/// <summary>A registry of models in folders of its own, over a database of its own, at a time of its own.</summary>
internal sealed class ModelHouse : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly TestDatabase _database;
    private readonly Database _store;
    private readonly ServiceProvider _services;

    public ModelHouse(Engine engine = Engine.Sqlite, int keepRetired = 10, Action<IServiceCollection>? more = null)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
        Options = new ModelsOptions(_folder.File("models"), keepRetired, _folder.File("shipped"));
        _services = Assemble(_store, more);
    }

    public FakeTimeProvider Clock { get; } = new(Now);

    public ModelsOptions Options { get; }

    public Database Database => _store;

    public ModelRegistry Registry => Service<ModelRegistry>();

    public ServingModels Serving => Service<ServingModels>();

    /// <summary>Where models are written before they are registered.</summary>
    public string Drafts => _folder.File("drafts");

    public ModelBook Book => Registry.Store.Read();

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Another process over the same database and folders; dispose it before the house.</summary>
    /// <param name="create">How it creates files; null: as usual.</param>
    public ServiceProvider Neighbour(Func<string, Stream>? create = null) =>
        Assemble(_store, create is null ? null : services => services.AddSingleton(new ModelFiles(Options.Folder, create)));

    public string PathOf(string id, string file = "") => Path.Combine(Options.Folder, id, file);

    /// <summary>Registers a tiny model.</summary>
    public RegisteredModel Register(string id, bool? passed = true, (string, bool)[]? pairs = null, string weights = "0.25")
    {
        var model = Registry.Register(TinyModel.Write(Drafts, id, passed, pairs, weights: weights), ModelOrigin.Trained, ModelActor.Gate, "trained tonight");
        Clock.Advance(TimeSpan.FromMinutes(1));
        return model;
    }

    /// <summary>Registers a tiny model and makes it champion.</summary>
    public RegisteredModel Crown(string id, bool? passed = true, (string, bool)[]? pairs = null, string weights = "0.25")
    {
        Register(id, passed, pairs, weights);
        var champion = Registry.Promote(id, ModelActor.Operator, isForced: passed != true);
        Clock.Advance(TimeSpan.FromMinutes(1));
        return champion;
    }

    public void Dispose()
    {
        _services.Dispose();
        _store.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    private ServiceProvider Assemble(Database store, Action<IServiceCollection>? more)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(store).AddSingleton<TimeProvider>(Clock).AddSingleton(Options).AddModels().AddModelFamily(TinyModel.Family, TinyModel.Load);
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
