using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry;

/// <summary>A model's folder whose files were read and are those that its manifest names.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Manifest">Its <c>model.json</c>.</param>
/// <param name="Files">Its files, with <c>/</c> between folders: the manifests, what they name, and the members' files. Whatever else lies there is no part of the model.</param>
/// <param name="Fingerprint">SHA-256 over the names and contents of these files, in hexadecimal.</param>
public sealed record ModelFolder(string Path, ModelManifest Manifest, IReadOnlyList<string> Files, string Fingerprint)
{
    /// <summary>What a model says of itself.</summary>
    public const string ManifestFile = "model.json";

    /// <summary>The same for people.</summary>
    public const string CardFile = "card.md";

    /// <summary>Reads a folder and checks every file of it.</summary>
    /// <exception cref="ModelFaultException">It is not whole; the message says what is missing or wrong.</exception>
    public static ModelFolder Read(string path)
    {
        var manifest = ReadManifest(path, "");
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Collect(path, "", manifest, sums);
        foreach (var member in manifest.Members ?? [])
        {
            var name = $"{member.Id}/";
            var inner = ReadManifest(path, name);
            if (inner.Id != member.Id || inner.Members is { Count: > 0 })
            {
                throw Incomplete(manifest.Id, $"{name}{ManifestFile} of a single model with the id '{member.Id}' was expected, found '{inner.Id}'{(inner.Members is { Count: > 0 } ? ", an ensemble" : "")}");
            }

            Collect(path, name, inner, sums);
        }

        var listed = string.Concat(sums.Select(file => $"{file.Key} {file.Value}\n"));
        return new ModelFolder(path, manifest, [.. sums.Keys], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(listed))));
    }

    private static ModelManifest ReadManifest(string path, string member)
    {
        var name = member + ManifestFile;
        var file = System.IO.Path.Combine(path, name);
        if (!Directory.Exists(path) || !File.Exists(file))
        {
            throw new ModelFaultException(ModelFault.Missing, Directory.Exists(path) ? $"A model's folder has a file {name}, there is none." : "The model's folder is missing.");
        }

        try
        {
            using var json = File.OpenRead(file);
            var manifest = JsonSerializer.Deserialize(json, ModelJson.Default.ModelManifest) ?? throw new JsonException("It is null.");
            return ManifestRules.Faults(manifest).ToList() is { Count: > 0 } faults ? throw Incomplete(name, string.Join("; ", faults)) : manifest;
        }
        catch (JsonException fault)
        {
            throw new ModelFaultException(ModelFault.Incomplete, $"{name} cannot be read: {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFaultException(ModelFault.Incomplete, $"{name} cannot be read ({fault.GetType().Name}).", fault);
        }
    }

    private static void Collect(string path, string member, ModelManifest manifest, SortedDictionary<string, string> sums)
    {
        sums[member + ManifestFile] = Sum(path, member + ManifestFile);
        foreach (var (name, expected) in manifest.Files)
        {
            var found = Sum(path, member + name);
            if (!found.Equals(expected, StringComparison.OrdinalIgnoreCase))
            {
                throw new ModelFaultException(ModelFault.Changed, $"{member}{name} is not the file that was trained: SHA-256 {expected} was expected, found {found}.");
            }

            sums[member + name] = found;
        }
    }

    private static string Sum(string path, string name)
    {
        var file = new FileInfo(System.IO.Path.Combine(path, name));
        try
        {
            // A link could lead anywhere, and elsewhere tomorrow.
            if (!file.Exists || file.LinkTarget is not null)
            {
                throw new ModelFaultException(file.Exists ? ModelFault.Changed : ModelFault.Missing, $"{name} is {(file.Exists ? "a link and no file" : "missing")}.");
            }

            using var content = file.OpenRead();
            return Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelFaultException(ModelFault.Incomplete, $"{name} cannot be read ({fault.GetType().Name}).", fault);
        }
    }

    private static ModelFaultException Incomplete(string name, string faults) => new(ModelFault.Incomplete, $"{name}: {faults}.");
}
