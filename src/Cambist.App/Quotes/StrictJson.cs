using System.Reflection;
using System.Text.Json;

namespace Cambist.App.Quotes;

/// <summary>Reads JSON files that people write: strictly, and with faults that name the file and the path.</summary>
internal static class StrictJson
{
    /// <summary>What one file holds.</summary>
    /// <param name="json">Its text.</param>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="what">What it is to hold, for messages: <c>a schedule</c>.</param>
    /// <param name="options">How its values look.</param>
    /// <exception cref="FormatException">The text is none; the message names the file, the JSON path, what was expected and what was found.</exception>
    public static T Read<T>(string json, string file, string what, JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, options) ?? throw new FormatException($"{file}: $: {what} was expected, found null.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"{file}: {fault.Path ?? "$"}: {fault.Message}", fault);
        }
    }

    /// <summary>What the files hold, by id.</summary>
    /// <exception cref="FormatException">A file cannot be read, or two have the same id; the message names both.</exception>
    public static IReadOnlyList<T> EachIdOnce<T>(IEnumerable<(string File, string Json)> files, Func<string, string, T> read, Func<T, string> id)
    {
        var byId = new SortedDictionary<string, (string File, T Value)>(StringComparer.Ordinal);
        foreach (var (file, json) in files)
        {
            var value = read(json, file);
            if (!byId.TryAdd(id(value), (file, value)))
                throw new FormatException($"{file}: $.id: an id of its own was expected, found \"{id(value)}\", which {byId[id(value)].File} has too.");
        }

        return [.. byId.Values.Select(entry => entry.Value)];
    }

    /// <summary>The files that are embedded under a prefix, by name.</summary>
    public static IEnumerable<(string File, string Json)> Embedded(string prefix)
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Text(assembly.GetManifestResourceStream(name)!)));
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
