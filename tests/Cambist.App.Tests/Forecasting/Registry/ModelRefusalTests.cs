using System.Text.Json.Nodes;
using Cambist.App.Forecasting.Registry;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Registry;

/// <summary>What the registry does not take, and that nothing of it stays.</summary>
public sealed class ModelRefusalTests : IDisposable
{
    private readonly ModelHouse _house = new();

    public void Dispose() => _house.Dispose();

    public static TheoryData<string, Action<JsonObject>, string> WrongManifests => new()
    {
        { "incomplete", json => json.Remove("features"), "features expected" },
        { "incomplete", json => json["scaler"]!.AsObject().Remove("std"), "scaler.std expected" },
        { "incomplete", json => json["id"] = "../../etc", "found '../../etc'" },
        { "incomplete", json => json["id"] = "other-1", "begins with the family" },
        { "incomplete", json => json["id"] = "flat-1\n", "begins with the family" },
        { "incomplete", json => json["trained_until"] = "2010-01-01T00:00:00Z", "training span" },
        { "incomplete", json => json["scaler"]!["std"]![0] = 0, "above 0" },
        { "incomplete", json => json["scaler"]!["mean"]!.AsArray().Add(1), "each of 2 features" },
        { "incomplete", json => json["files"]!["../weights.txt"] = new string('0', 64), "'../weights.txt'" },
        { "incomplete", json => json["files"]!["/etc/hostname"] = new string('0', 64), "'/etc/hostname'" },
        { "incomplete", json => json["files"]![TinyModel.WeightsFile] = "abc", "SHA-256" },
        { "missing", json => json["files"]!["model.onnx"] = new string('0', 64), "model.onnx is missing" },
        { "changed", json => json["files"]![TinyModel.WeightsFile] = new string('0', 64), "not the file that was trained" },
        { "unknown_family", json => (json["family"], json["id"]) = ("oracle", "oracle-1"), "flat was expected, found 'oracle'" },
        { "incomplete", json => json["members"] = new JsonArray(new JsonObject { ["id"] = "flat-2", ["weight"] = 0.9 }), "sum to 1" },
        { "missing", json => json["members"] = new JsonArray(new JsonObject { ["id"] = "flat-2", ["weight"] = 1 }), "flat-2/model.json" },
        { "incomplete", json => json["members"] = new JsonArray(new JsonObject { ["weight"] = 1 }), "members with ids" },
        { "incomplete", json => json["members"] = new JsonArray((JsonNode?)null), "members with ids" },
        { "incomplete", json => json["pairs"]![0] = null, "pairs without null" },
        { "incomplete", json => json["features"]![0] = null, "features without null" },
        { "incomplete", json => json["settings"]!["rate"] = null, "settings without null" },
        { "incomplete", json => json["coefficients"] = new JsonArray((JsonNode?)null), "coefficients without null" },
        // 2022-02-25 in Unix milliseconds.
        { "incomplete", json => json["metrics"]!.AsArray().Add(new JsonObject { ["name"] = "gate.EURUSD.until", ["value"] = 1_645_747_200_000 }), "found gate.EURUSD.until = 1645747200000" },
        { "incomplete", json => json["metrics"]!.AsArray().Add(new JsonObject { ["name"] = "gate.EURUSD.n", ["value"] = -1 }), "found gate.EURUSD.n = -1" },
    };

    [Theory]
    [MemberData(nameof(WrongManifests))]
    public void A_model_that_is_not_whole_is_refused_by_name(string code, Action<JsonObject> edit, string told)
    {
        var folder = TinyModel.Write(_house.Drafts, "flat-1");
        TinyModel.Edit(folder, edit);

        AssertRefused(folder, code, told);
    }

    /// <summary>Every node of the shipped model's manifests gone, null, or something else: whatever a folder says of itself, it is a model or it is refused.</summary>
    [Fact]
    public void Whatever_a_manifest_says_it_is_taken_or_refused()
    {
        var shipped = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "models"))[0];
        Assert.NotEmpty(ModelFolder.Read(shipped).Files);
        var (tried, refused) = (0, 0);
        foreach (var file in Directory.GetFiles(shipped, ModelFolder.ManifestFile, SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            var places = Places(JsonNode.Parse(text)!, []).ToList();
            var folder = Directory.CreateDirectory(Path.Combine(_house.Drafts, "spoilt")).FullName;
            foreach (var one in new DirectoryInfo(Path.GetDirectoryName(file)!).EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(Path.GetDirectoryName(file)!, one.FullName));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                one.CopyTo(copy, overwrite: true);
            }

            foreach (var place in places)
            {
                foreach (var spoil in Spoils)
                {
                    var json = JsonNode.Parse(text)!;
                    spoil(json, place);
                    File.WriteAllText(Path.Combine(folder, ModelFolder.ManifestFile), json.ToJsonString());
                    tried++;
                    try
                    {
                        var manifest = ModelFolder.Read(folder).Manifest;
                        Assert.NotNull(ModelCard.Of(manifest, ModelGate.Of(manifest)));
                    }
                    catch (ModelFaultException)
                    {
                        refused++;
                    }
                }
            }

            Directory.Delete(folder, recursive: true);
        }

        Assert.True(refused > tried / 10 && tried > 500, $"{refused} of {tried} were refused");
    }

    private static readonly Action<JsonNode, object[]>[] Spoils =
    [
        (json, place) => Set(json, place, null, isGone: true),
        (json, place) => Set(json, place, null),
        (json, place) => Set(json, place, ""),
        (json, place) => Set(json, place, -1),
        (json, place) => Set(json, place, 1e300),
        (json, place) => Set(json, place, 1_645_747_200_000),
        (json, place) => Set(json, place, new JsonArray()),
        (json, place) => Set(json, place, new JsonArray((JsonNode?)null)),
        (json, place) => Set(json, place, new JsonObject()),
    ];

    // Of a long list the first and the last entries: the thousand coefficients are all of one kind.
    private static IEnumerable<object[]> Places(JsonNode? node, object[] above) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value, [.. above, member.Key]).Prepend([.. above, member.Key])),
        JsonArray entries => Enumerable.Range(0, entries.Count).Where(i => i < 3 || i >= entries.Count - 1).SelectMany(i => Places(entries[i], [.. above, i]).Prepend([.. above, i])),
        _ => [],
    };

    private static void Set(JsonNode root, object[] place, JsonNode? value, bool isGone = false)
    {
        var parent = place[..^1].Aggregate(root, (node, step) => step is int i ? node[i]! : node[(string)step]!);
        switch (place[^1])
        {
            case int i when isGone: parent.AsArray().RemoveAt(i); break;
            case int i: parent[i] = value; break;
            case string name when isGone: parent.AsObject().Remove(name); break;
            case string name: parent[name] = value; break;
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_manifest_that_cannot_be_read_is_refused(string json)
    {
        var folder = TinyModel.Write(_house.Drafts, "flat-1");
        File.WriteAllText(Path.Combine(folder, "model.json"), json);

        AssertRefused(folder, "incomplete", "cannot be read");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_refused() => AssertRefused(Path.Combine(_house.Drafts, "flat-9"), "missing", "folder is missing");

    [Fact]
    public void A_file_that_is_a_link_is_refused()
    {
        var folder = TinyModel.Write(_house.Drafts, "flat-1");
        var weights = Path.Combine(folder, TinyModel.WeightsFile);
        File.Move(weights, weights + ".real");
        File.CreateSymbolicLink(weights, weights + ".real");

        AssertRefused(folder, "changed", "a link");
    }

    [Fact]
    public void A_file_that_its_family_cannot_read_is_refused_without_a_path_of_the_machine()
    {
        var folder = TinyModel.Write(_house.Drafts, "flat-1", weights: "not a number");

        var fault = AssertRefused(folder, "cannot_be_loaded", "flat-1 cannot be loaded as flat");
        Assert.DoesNotContain(_house.Drafts, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_is_given_once()
    {
        var first = _house.Register("flat-1", weights: "0.25");

        var fault = Assert.Throws<ModelFaultException>(() => _house.Register("flat-1", weights: "0.75"));

        Assert.Equal("already_registered", fault.Code);
        Assert.Equal(first.Fingerprint, _house.Registry.Folder(first).Fingerprint);
    }

    [Fact]
    public void A_full_disk_is_named_and_leaves_nothing_behind()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full, which takes nothing as a full disk does");
        var source = ModelFolder.Read(TinyModel.Write(_house.Drafts, "flat-1"));
        var files = new ModelFiles(_house.Options.Folder, path => path.EndsWith("weights.txt", StringComparison.Ordinal) ? new FileStream("/dev/full", FileMode.Open, FileAccess.Write) : File.Create(path));

        var fault = Assert.Throws<ModelFaultException>(() => files.Install(source, new RegistrationNote(ModelOrigin.Trained, ModelActor.Gate, "", [])));

        Assert.Equal("disk_full", fault.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_house.Options.Folder));
    }

    [Fact]
    public void A_champion_that_is_not_whole_is_not_rolled_back_to_or_promoted_even_by_force()
    {
        _house.Crown("flat-1");
        _house.Crown("flat-2");
        File.WriteAllText(_house.PathOf("flat-1", TinyModel.WeightsFile), "0.9");

        Assert.Equal("changed", Assert.Throws<ModelFaultException>(() => _house.Registry.RollBack(ModelActor.Operator)).Code);
        Assert.Equal("changed", Assert.Throws<ModelFaultException>(() => _house.Registry.Promote("flat-1", ModelActor.Operator, isForced: true)).Code);
        Assert.Equal("flat-2", _house.Book.Champion!.Id);
    }

    private ModelFaultException AssertRefused(string folder, string code, string told)
    {
        var fault = Assert.Throws<ModelFaultException>(() => _house.Registry.Register(folder, ModelOrigin.Imported, ModelActor.Operator, "a try"));
        Assert.Equal(code, fault.Code);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Empty(_house.Book.Models);
        Assert.True(!Directory.Exists(_house.Options.Folder) || Directory.GetFileSystemEntries(_house.Options.Folder).Length == 0);
        return fault;
    }
}
