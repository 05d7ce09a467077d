using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambist.App.Forecasting.Registry;

/// <summary>
/// The folders of registered models, <c>&lt;data&gt;/models/&lt;id&gt;</c>. A folder of that name is always whole: it is written beside its place, brought to the disk and then
/// renamed, and it is renamed away before it is deleted.
/// </summary>
public sealed class ModelFiles
{
    private const string Incoming = ".incoming-";
    private const string Removed = ".removed-";
    private const string NoteFile = "registration.json";

    // Longer than anybody writes a few megabytes: what is older was left by a process that ended.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly Func<string, Stream> _create;

    /// <summary>The folders below one.</summary>
    /// <param name="folder">Where they are; it is created when the first model comes.</param>
    public ModelFiles(string folder)
        : this(folder, path => new FileStream(path, FileMode.CreateNew, FileAccess.Write))
    {
    }

    internal ModelFiles(string folder, Func<string, Stream> create) => (Folder, _create) = (folder, create);

    /// <summary>The folder in which the models' folders are.</summary>
    public string Folder { get; }

    /// <summary>Where a model's folder is, whether it exists or not.</summary>
    public string PathOf(string id) => ManifestRules.IsSafe(id) ? Path.Combine(Folder, id) : throw new ModelFaultException(ModelFault.NotFound, $"'{id}' is no id of a model.");

    /// <summary>Copies a model's files to their place, all or nothing, with a card where it brings none.</summary>
    /// <exception cref="ModelFaultException">They cannot be written; nothing is left of them.</exception>
    internal ModelFolder Install(ModelFolder source, RegistrationNote note)
    {
        var (id, place) = (source.Manifest.Id, PathOf(source.Manifest.Id));
        var staging = Path.Combine(Folder, $"{Incoming}{id}-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            foreach (var file in source.Files)
            {
                Copy(Path.Combine(source.Path, file), Path.Combine(staging, file));
            }

            WriteCard(source, note, staging);
            Write(Path.Combine(staging, NoteFile), JsonSerializer.SerializeToUtf8Bytes(note, RegistrationJson.Default.RegistrationNote));
            var written = ModelFolder.Read(staging);
            if (written.Fingerprint != source.Fingerprint)
            {
                throw new ModelFaultException(ModelFault.Changed, $"{id}: a file changed while it was copied.");
            }

            // Without a row, what is in its place was left by a registration that did not come to its end.
            Remove(id);
            Directory.Move(staging, place);
            return written with { Path = place };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ModelFaultException)
        {
            DeleteLater(staging);
            throw fault is ModelFaultException ? fault : ModelFaultException.OfStorage(id, fault);
        }
    }

    /// <summary>Folders in the place of a model, whether it has a row or not.</summary>
    internal IEnumerable<string> Ids() => Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Where(ManifestRules.IsSafe).Order(StringComparer.Ordinal)
        : [];

    /// <summary>How the model of a folder came; null where it does not say.</summary>
    internal RegistrationNote? NoteOf(string id)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(PathOf(id), NoteFile)), RegistrationJson.Default.RegistrationNote);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes a model's folder away. One that cannot be deleted now, because a file is in use, is deleted at a later start.</summary>
    internal void Remove(string id)
    {
        var place = PathOf(id);
        if (!Directory.Exists(place))
        {
            return;
        }

        var away = Path.Combine(Folder, $"{Removed}{id}-{Guid.NewGuid():N}");
        Directory.Move(place, away);
        DeleteLater(away);
    }

    /// <summary>Deletes what interrupted registrations and deletions left behind.</summary>
    internal void Sweep(DateTimeOffset now)
    {
        var left = Directory.Exists(Folder)
            ? Directory.EnumerateDirectories(Folder, ".*-*").Where(path => IsLeft(Path.GetFileName(path)) && IsAbandoned(path, now)).ToList()
            : [];
        left.ForEach(DeleteLater);
    }

    private static bool IsAbandoned(string path, DateTimeOffset now) => Directory.GetLastWriteTimeUtc(path) < now.UtcDateTime - Abandoned;

    private static bool IsLeft(string name) => name.StartsWith(Incoming, StringComparison.Ordinal) || name.StartsWith(Removed, StringComparison.Ordinal);

    private void WriteCard(ModelFolder source, RegistrationNote note, string staging)
    {
        var given = Path.Combine(source.Path, ModelFolder.CardFile);
        var card = Path.Combine(staging, ModelFolder.CardFile);
        if (File.Exists(card))
        {
            return; // It is one of the files that the manifest names.
        }

        if (File.Exists(given))
        {
            Copy(given, card);
        }
        else
        {
            Write(card, System.Text.Encoding.UTF8.GetBytes(ModelCard.Of(source.Manifest, note.Gates)));
        }
    }

    private void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var source = File.OpenRead(from);
        using var target = _create(to);
        source.CopyTo(target);
        Finish(target);
    }

    private void Write(string path, ReadOnlySpan<byte> content)
    {
        using var target = _create(path);
        target.Write(content);
        Finish(target);
    }

    // The rename must not reach the disk before what it names.
    private static void Finish(Stream stream)
    {
        stream.Flush();
        (stream as FileStream)?.Flush(flushToDisk: true);
    }

    private static void DeleteLater(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The sweep of a later start tries again.
        }
    }
}

/// <summary>How a model came into the registry: kept in its folder, so that a registration that broke off before its row can be brought to its end.</summary>
internal sealed record RegistrationNote(ModelOrigin Origin, ModelActor Actor, string Reason, IReadOnlyList<ModelGate> Gates);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(RegistrationNote))]
internal sealed partial class RegistrationJson : JsonSerializerContext;
