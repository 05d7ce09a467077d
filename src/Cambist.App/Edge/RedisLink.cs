using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace Cambist.App.Edge;

/// <summary>The connection to Redis that all share, by configuration: <c>Redis:ConnectionString</c>. It is opened when it is first needed, and opens itself again when it breaks.</summary>
internal sealed class RedisLink : IAsyncDisposable
{
    public const string Key = "Redis:ConnectionString";

    // A request waits for Redis no longer than this.
    private const int PatienceMilliseconds = 500;

    private readonly ConfigurationOptions? _options;
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connection;

    private RedisLink(ConfigurationOptions? options) => _options = options;

    /// <summary>Whether there is to be one.</summary>
    public bool IsConfigured => _options is not null;

    /// <exception cref="WrongSettingException">The key has a value that is none; the message does not repeat it, for it may hold a password.</exception>
    public static RedisLink Read(IConfiguration configuration)
    {
        if (configuration[Key] is not { Length: > 0 } told)
        {
            return new RedisLink(null);
        }

        try
        {
            var options = ConfigurationOptions.Parse(told);
            if (options.EndPoints.Count == 0)
            {
                throw new WrongSettingException(Key, "host:port expected, with what StackExchange.Redis understands behind it; found no host");
            }

            options.AbortOnConnectFail = false;
            options.BacklogPolicy = BacklogPolicy.FailFast;
            options.ClientName ??= "cambist";
            options.AsyncTimeout = Math.Min(options.AsyncTimeout, PatienceMilliseconds);
            return new RedisLink(options);
        }
        catch (ArgumentException)
        {
            throw new WrongSettingException(Key, "host:port expected, with what StackExchange.Redis understands behind it; found something else");
        }
    }

    /// <summary>The connection; it may be broken, and then each command says so.</summary>
    public Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_lock)
        {
            return _connection ??= ConnectionMultiplexer.ConnectAsync(_options ?? throw new InvalidOperationException($"{Key} is not set."));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await (await _connection).DisposeAsync();
        }
    }
}
