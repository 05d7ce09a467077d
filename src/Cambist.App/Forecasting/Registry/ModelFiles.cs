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
    private const int Attempts = 3;

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

    /// <summary>Copies a model's files to their place, all or nothing, with a card where it brings none. The same files in their place already are left there, and so are others that are whole.</summary>
    /// <exception cref="ModelFaultException">They cannot be written, or another model of the id is in its place; nothing is left of them.</exception>
    /// <param name="source">Where they are.</param>
    /// <param name="note">How the model came.</param>
    /// <param name="hasRow">Whether a row says that these are the model's files: then whatever else is in their place gives way.</param>
    internal ModelFolder Install(ModelFolder source, RegistrationNote note, bool hasRow = false)
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

            return Settle(written with { Path = place }, staging, hasRow);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ModelFaultException)
        {
            DeleteLater(staging);
            throw fault is ModelFaultException ? fault : ModelFaultException.OfStorage(id, fault);
        }
    }

    // Who is first in a place stays there: renaming onto a folder fails, whoever else is renaming. What is not whole, because somebody has damaged it, gives way.
    private ModelFolder Settle(ModelFolder model, string staging, bool hasRow)
    {
        bool GivesWay(ModelFolder? there) => there is null || (hasRow && there.Fingerprint != model.Fingerprint);

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Move(staging, model.Path);
                return model;
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(model.Path))
            {
                var there = WholeIn(model.Path);
                if (GivesWay(there))
                {
                    SetAside(model.Manifest.Id, isStillUnwanted: away => GivesWay(WholeIn(away)));
                    continue;
                }

                if (there!.Fingerprint != model.Fingerprint)
                {
                    throw Taken(model.Manifest.Id);
                }

                DeleteLater(staging);
                return there;
            }
        }
    }

    // What is in a place is looked at again once it is out of everybody's reach, and goes back where it is wanted after all.
    private void SetAside(string id, Func<string, bool> isStillUnwanted)
    {
        var (place, away) = (PathOf(id), Path.Combine(Folder, $"{Removed}{id}-{Guid.NewGuid():N}"));
        try
        {
            Directory.Move(place, away);
        }
        catch (DirectoryNotFoundException)
        {
            return; // Somebody else was faster.
        }

        if (!isStillUnwanted(away))
        {
            try
            {
                Directory.Move(away, place);
                return;
            }
            catch (IOException) when (Directory.Exists(place))
            {
                // Somebody else has filled the place meanwhile.
            }
        }

        DeleteLater(away);
    }

    private static ModelFolder? WholeIn(string path)
    {
        try
        {
            return ModelFolder.Read(path);
        }
        catch (ModelFaultException)
        {
            return null;
        }
    }

    /// <summary>That an id is given to another model.</summary>
    internal static ModelFaultException Taken(string id) => new(ModelFault.AlreadyRegistered, $"A model {id} is registered already; an id is given once.");

    /// <summary>Whether there is a folder in a model's place.</summary>
    internal bool Has(string id) => Directory.Exists(PathOf(id));

    /// <summary>Whether a model's folder is so old that nobody is about to write its row any more.</summary>
    internal bool IsAbandoned(string id, DateTimeOffset now) => HasAged(PathOf(id), now);

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
    /// <param name="id">The model.</param>
    /// <param name="isStillUnwanted">Asked once it is out of its place: where it is wanted after all it goes back.</param>
    internal void Remove(string id, Func<bool> isStillUnwanted)
    {
        if (Has(id))
        {
            SetAside(id, _ => isStillUnwanted());
        }
    }

    /// <summary>Deletes what interrupted registrations and deletions left behind.</summary>
    internal void Sweep(DateTimeOffset now)
    {
        var left = Directory.Exists(Folder)
            ? Directory.EnumerateDirectories(Folder, ".*-*").Where(path => IsLeft(Path.GetFileName(path)) && HasAged(path, now)).ToList()
            : [];
        left.ForEach(DeleteLater);
    }

    private static bool HasAged(string path, DateTimeOffset now) => Directory.GetLastWriteTimeUtc(path) < now.UtcDateTime - Abandoned;

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
