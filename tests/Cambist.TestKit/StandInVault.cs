using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cambist.TestKit;

/// <summary>A stand-in of one secret of Vault's KV engine, version 2: versions, check-and-set, deletion, and faults on demand. Answers are of a documented shape.</summary>
public sealed class StandInVault : IAsyncDisposable
{
    /// <summary>The token that it accepts.</summary>
    public const string Token = "hvs.planted-t0ken";

    /// <summary>Where the secret is.</summary>
    public const string SecretPath = "/v1/kv/data/fx/keys";

    private readonly Lock _gate = new();
    private readonly Queue<(string? Method, int Status, string Body)> _faults = new();

    private StandInVault(StandInServer server)
    {
        Server = server;
        Listens();
    }

    /// <summary>The server that it is.</summary>
    public StandInServer Server { get; }

    /// <summary>The newest version of the secret, as JSON; null: there is none.</summary>
    public string? Secret { get; private set; }

    /// <summary>The number of the newest version.</summary>
    public int Version { get; private set; }

    /// <summary>Whether the newest version is deleted, which can be undone.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether the newest version is destroyed.</summary>
    public bool IsDestroyed { get; set; }

    /// <summary>Whether the engine is of version 1: it takes every body at every path.</summary>
    public bool IsVersionOne { get; set; }

    /// <summary>Called when a write came in and nothing was done yet; once.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Takes the next write and answers 502 all the same; once.</summary>
    public bool LosesNextAnswer { get; set; }

    /// <summary>The settings of a program that keeps its ring here.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Encryption:Vault:Address"] = Server.Address.AbsoluteUri,
        ["Encryption:Vault:Mount"] = "kv",
        ["Encryption:Vault:Path"] = "fx/keys",
        ["Encryption:Vault:Token"] = Token,
    };

    /// <summary>Starts one without a secret.</summary>
    public static async Task<StandInVault> StartAsync() => new(await StandInServer.StartAsync());

    /// <summary>Answers in Vault's way from now on, after a test made the server do something else.</summary>
    public void Listens() => Server.Answers(SecretPath, Answer);

    /// <summary>Writes a new version.</summary>
    public void Put(string secret)
    {
        lock (_gate)
        {
            (Secret, IsDeleted, IsDestroyed) = (secret, false, false);
            Version++;
        }
    }

    /// <summary>Answers the next request so, one for each call.</summary>
    public void Fails(int status, string body = """{"errors":[]}""", string? method = null)
    {
        lock (_gate)
        {
            _faults.Enqueue((method, status, body));
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private (int Status, string Body) Answer(StandInRequest request)
    {
        lock (_gate)
        {
            if (_faults.TryPeek(out var fault) && (fault.Method is null || fault.Method == request.Method))
            {
                _faults.Dequeue();
                return (fault.Status, fault.Body);
            }

            if (request.Headers.GetValueOrDefault("X-Vault-Token") != Token)
            {
                return (403, """{"errors":["permission denied"]}""");
            }

            return request.Method == "POST" ? Write(request.Body) : Read();
        }
    }

    private (int Status, string Body) Read() => this switch
    {
        { Secret: null } => (404, """{"errors":[]}"""),
        { IsVersionOne: true } => (200, $$"""{"data":{{Secret}}}"""),
        { IsDeleted: false, IsDestroyed: false } => (200, Versioned(Secret, "")),
        _ => (404, Versioned("null", "2026-03-20T08:00:00.123456789Z")),
    };

    private (int Status, string Body) Write(string body)
    {
        var intruder = BeforeWrite;
        BeforeWrite = null;
        intruder?.Invoke();
        if (IsVersionOne)
        {
            Secret = body;
            return (204, "");
        }

        using var told = JsonDocument.Parse(body);
        if (told.RootElement.GetProperty("options").GetProperty("cas").GetInt32() != Version)
        {
            return (400, """{"errors":["check-and-set parameter did not match the current version"]}""");
        }

        Put(told.RootElement.GetProperty("data").GetRawText());
        var answers = !LosesNextAnswer;
        LosesNextAnswer = false;
        return answers ? (200, new JsonObject { ["data"] = new JsonObject { ["version"] = Version } }.ToJsonString()) : (502, "");
    }

    private string Versioned(string data, string deletedAt) =>
        $$$$"""{"data":{"data":{{{{data}}}},"metadata":{"created_time":"2026-03-20T08:00:00.123456789Z","custom_metadata":null,"deletion_time":"{{{{deletedAt}}}}","destroyed":{{{{(IsDestroyed ? "true" : "false")}}}},"version":{{{{Version}}}}}},"warnings":null,"auth":null}""";
}
