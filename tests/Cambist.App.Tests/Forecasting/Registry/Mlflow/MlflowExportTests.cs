using System.Text;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry.Mlflow;

/// <summary>Models told to an MLflow server. Its answers are of a documented shape.</summary>
public sealed class MlflowExportTests : IAsyncLifetime
{
    private const string Secret = "planted-s3cret";
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly HurriedClock _clock = new(ModelHouse.Now);
    private MlflowStandIn _server = null!;
    private ModelHouse _house = null!;

    private MlflowExports Exports => _house.Service<MlflowExports>();

    public async ValueTask InitializeAsync()
    {
        _server = await MlflowStandIn.StartAsync();
        _house = House(_server.Address);
    }

    public ValueTask DisposeAsync()
    {
        _house.Dispose();
        return _server.DisposeAsync();
    }

    [Fact]
    public async Task A_registered_model_becomes_a_run_with_its_facts_files_and_a_version()
    {
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        var (id, run) = Assert.Single(_server.Runs);
        Assert.Equal(("FINISHED", "7", "0.001"), (run.Status, run.Params["model.seed"], run.Params["rate"]));
        Assert.Equal(("cambist", "JOB", "flat-1"), (run.Tags["mlflow.user"], run.Tags["mlflow.source.type"], run.Tags["cambist_model"]));
        Assert.Contains(("crps_skill_24h", 0.009, 24, TinyModel.TrainedUntil.AddDays(2).ToUnixTimeMilliseconds()), run.Metrics);
        Assert.Contains(run.Metrics, metric => metric is { Key: "coverage_80", Value: 0.803, Step: 0 });
        Assert.Equal(
            [$"7/{id}/artifacts/model/card.md", $"7/{id}/artifacts/model/model.json", $"7/{id}/artifacts/model/weights.txt"], _server.Artifacts.Keys.Order());
        Assert.Equal("0.25", Encoding.UTF8.GetString(_server.Artifacts[$"7/{id}/artifacts/model/weights.txt"]));
        var version = Assert.Single(_server.Versions!);
        Assert.Equal(("flat-1", "challenger", "true"), (version["description"]!.GetValue<string>(), version["tag:stage"]!.GetValue<string>(), version["tag:gate_passed"]!.GetValue<string>()));
        Assert.Equal(new Dictionary<string, string> { ["challenger"] = "1" }, _server.Aliases);
        Assert.Equal((id, "1", null), Exports.Of("flat-1") is { } told ? (told.Run, told.Version, told.Fault) : default);
        Assert.Contains($"Bearer {Secret}", _server.Authorizations);
    }

    [Fact]
    public async Task Aliases_follow_promotion_and_rollback()
    {
        _house.Crown("flat-1");
        await Exports.CatchUpAsync(Stop);
        _house.Register("flat-2");
        await Exports.CatchUpAsync(Stop);
        Assert.Equal(("1", "2"), (_server.Aliases["champion"], _server.Aliases["challenger"]));

        _house.Registry.Promote("flat-2", ModelActor.Operator);
        await Exports.CatchUpAsync(Stop);
        Assert.Equal(new Dictionary<string, string> { ["champion"] = "2" }, _server.Aliases);

        _house.Registry.RollBack(ModelActor.Operator);
        await Exports.CatchUpAsync(Stop);
        Assert.Equal(new Dictionary<string, string> { ["champion"] = "1" }, _server.Aliases);
        Assert.Equal((2, 2), (_server.Runs.Count, _server.Versions!.Count));
        Assert.Equal("retired", _server.Versions[1]["tag:stage"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_told_already_is_not_told_again()
    {
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);
        var asked = _server.Asked.Count;

        await Exports.CatchUpAsync(Stop);

        Assert.Equal(asked, _server.Asked.Count);
    }

    [Fact]
    public async Task A_deleted_experiment_is_restored()
    {
        _server.Experiments["3"] = new() { ["experiment_id"] = "3", ["name"] = "cambist", ["lifecycle_stage"] = "deleted" };
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        Assert.Equal("active", _server.Experiments["3"]["lifecycle_stage"]!.GetValue<string>());
        Assert.Equal("FINISHED", Assert.Single(_server.Runs).Value.Status);
    }

    // Calls, and whether what was asked for was done when the answer went wrong.
    public static TheoryData<string, int, bool> Mishaps
    {
        get
        {
            var data = new TheoryData<string, int, bool>();
            foreach (var call in new[] { "experiments/get-by-name", "experiments/create", "runs/create", "runs/log-batch", "runs/update", "artifacts", "registered-models/create", "model-versions/create", "registered-models/alias", "model-versions/set-tag" })
            {
                data.Add(call, 429, false);
                data.Add(call, 503, false);
                data.Add(call, 502, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task A_lost_or_late_answer_leads_to_one_run_one_version_and_no_metric_twice(string call, int status, bool isDone)
    {
        _server.GoesWrong(call, new Mishap(status, isDone));
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        Assert.Null(Exports.Of("flat-1")!.Fault);
        var run = Assert.Single(_server.Runs).Value;
        Assert.Equal("FINISHED", run.Status);
        Assert.Single(_server.Versions!);
        Assert.Equal(run.Metrics.Select(metric => metric.Key).Distinct().Count(), run.Metrics.Count);
        Assert.Equal("1", _server.Aliases["challenger"]);
    }

    [Fact]
    public async Task Metrics_whose_answer_was_lost_are_not_logged_twice()
    {
        // The first batch holds parameters, the second metrics.
        _server.GoesWrong("runs/log-batch", null, new Mishap(502, true));
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        var run = Assert.Single(_server.Runs).Value;
        Assert.Equal(run.Metrics.Select(metric => metric.Key).Distinct().Count(), run.Metrics.Count);
        Assert.NotEmpty(run.Metrics);
    }

    [Fact]
    public async Task A_server_that_stays_broken_has_a_failed_run_and_the_export_can_be_asked_for_again()
    {
        _server.GoesWrong("artifacts", [.. Enumerable.Repeat(new Mishap(500, false), 4)]);
        _house.Crown("flat-1");
        await Exports.CatchUpAsync(Stop);

        Assert.Equal("FAILED", Assert.Single(_server.Runs).Value.Status);
        Assert.Contains("HTTP 500", Exports.Of("flat-1")!.Fault, StringComparison.Ordinal);
        Assert.Equal("flat-1", _house.Book.Champion!.Id);
        Assert.Null(_server.Versions);

        var redone = await Exports.ExportAsync("flat-1", Stop);
        Assert.Equal((null, "1"), (redone.Fault, redone.Version));
        Assert.Equal(["FAILED", "FINISHED"], _server.Runs.Values.Select(run => run.Status).Order());
        Assert.Equal("1", _server.Aliases["champion"]);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_left_after_a_while()
    {
        const int Tries = 4;
        _server.GoesWrong("experiments/get-by-name", [.. Enumerable.Repeat(new Mishap(0, false), Tries)]);
        _house.Register("flat-1");
        var telling = Exports.CatchUpAsync(Stop);
        for (var i = 0; i < Tries; i++)
        {
            await _server.Stalled.WaitAsync(Stop); // Its patience began before it asked.
            _clock.Advance(MlflowServer.Patience);
        }

        await telling;
        Assert.Contains("No answer from", Exports.Of("flat-1")!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_our_name_for_it_is_told_with_what_to_do()
    {
        _server.AllowedHost = "mlflow:5000";
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        var fault = Exports.Of("flat-1")!.Fault!;
        Assert.Contains("Invalid Host header", fault, StringComparison.Ordinal);
        Assert.Contains("--allowed-hosts", fault, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://bucket")]
    [InlineData("file:///mlruns")]
    public async Task Artifacts_that_only_a_storage_protocol_reaches_are_refused_and_the_run_fails(string scheme)
    {
        _server.ArtifactScheme = scheme;
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);

        Assert.Contains("mlflow-artifacts: was expected", Exports.Of("flat-1")!.Fault, StringComparison.Ordinal);
        Assert.Equal("FAILED", Assert.Single(_server.Runs).Value.Status);
        Assert.Empty(_server.Artifacts);
    }

    [Fact]
    public async Task Nothing_listens_and_promotion_goes_on()
    {
        using var house = House(TestKit.StandInServer.Unreachable);
        house.Crown("flat-1");
        await house.Service<MlflowExports>().CatchUpAsync(Stop);

        Assert.Equal("flat-1", house.Book.Champion!.Id);
        Assert.Contains("cannot be reached", house.Service<MlflowExports>().Of("flat-1")!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_no_header_takes_is_a_fault_of_the_export_and_of_nothing_else()
    {
        using var house = House(_server.Address, token: $"{Secret}\n");
        house.Register("flat-1");
        house.Register("flat-2");
        await house.Service<MlflowExports>().CatchUpAsync(Stop);

        Assert.Equal(["flat-1 cannot be told (FormatException).", "flat-2 cannot be told (FormatException)."], house.Service<MlflowExports>().All().Select(export => export.Fault));
        await Assert.ThrowsAsync<MlflowFaultException>(() => house.Service<MlflowExports>().ExportAsync("flat-1", Stop));
    }

    [Fact]
    public async Task Whatever_breaks_while_a_server_is_told_the_service_goes_on()
    {
        using var house = House(_server.Address);
        house.Register("flat-1");
        var exports = new MlflowExports(
            house.Database, house.Registry, house.Service<MlflowOptions>(), new BrokenClients(), _clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<MlflowExports>.Instance);

        await exports.CatchUpAsync(Stop);

        Assert.Equal("flat-1 cannot be told (InvalidOperationException).", exports.Of("flat-1")!.Fault);
    }

    [Theory]
    [InlineData("mlflow-artifacts:/7/ab/artifacts", "model/a b#1.onnx", "/api/2.0/mlflow-artifacts/artifacts/7/ab/artifacts/model/a%20b%231.onnx")]
    [InlineData("mlflow-artifacts://files:8080/7/ab/artifacts", "card.md", "http://files:8080/api/2.0/mlflow-artifacts/artifacts/7/ab/artifacts/card.md")]
    public void Every_part_of_an_artifact_path_is_encoded(string uri, string name, string expected)
    {
        using var http = new HttpClient();
        var server = new MlflowServer(http, new MlflowOptions { BaseUrl = _server.Address }, _clock);

        var address = server.ArtifactAddress(uri, name).AbsoluteUri;

        Assert.Equal(expected.StartsWith('/') ? _server.Address.AbsoluteUri.TrimEnd('/') + expected : expected, address);
    }

    [Theory]
    [InlineData("crps skill (1 h)", "crps skill _1 h_")]
    [InlineData("/../etc", "._/etc")]
    [InlineData("µ", "_")]
    [InlineData("", "_")]
    public void Keys_hold_only_letters_that_every_server_takes(string name, string key) => Assert.Equal(key, MlflowFacts.Key(name));

    [Fact]
    public async Task Many_metrics_and_long_values_keep_the_limits_of_a_batch()
    {
        var folder = TinyModel.Write(_house.Drafts, "flat-1");
        TinyModel.Edit(folder, json =>
        {
            for (var i = 0; i < 2500; i++)
            {
                json["metrics"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["name"] = $"loss_{i}", ["value"] = i });
            }

            for (var i = 0; i < 250; i++)
            {
                json["settings"]![$"layer_{i}"] = new string('x', 900);
            }
        });
        _house.Registry.Register(folder, ModelOrigin.Trained, ModelActor.Gate, "large");
        await Exports.CatchUpAsync(Stop);

        var run = Assert.Single(_server.Runs).Value;
        Assert.Null(Exports.Of("flat-1")!.Fault);
        Assert.True(run.Metrics.Count > 2500 && run.Params.Count > 250);
    }

    [Fact]
    public async Task A_server_that_forgot_everything_is_told_from_the_beginning_at_the_second_request()
    {
        _house.Register("flat-1");
        await Exports.CatchUpAsync(Stop);
        _server.Versions!.Clear();
        _server.Aliases.Clear();

        await Assert.ThrowsAsync<MlflowFaultException>(() => Exports.ExportAsync("flat-1", Stop));
        var redone = await Exports.ExportAsync("flat-1", Stop);

        Assert.Equal((null, "1"), (redone.Fault, _server.Aliases["challenger"]));
    }

    private ModelHouse House(Uri address, string token = Secret) => new(more: services =>
    {
        services.AddSingleton<TimeProvider>(_clock);
        services.AddSingleton(new MlflowOptions { Enabled = true, BaseUrl = address, ExperimentName = "cambist", ModelName = "cambist-forecaster", Token = token });
    });

    private sealed class BrokenClients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("no client today");
    }
}
