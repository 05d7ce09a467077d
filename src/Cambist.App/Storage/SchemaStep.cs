using System.Globalization;

namespace Cambist.App.Storage;

/// <summary>
/// One numbered change of the database. A step is a file <c>Schema/0001-name.sql</c> in the folder of the feature that owns the tables;
/// the numbers run through all features without a gap, and a step that has been released is never edited.
/// </summary>
internal sealed record SchemaStep(int Number, string Name, string Sql)
{
    private const string Prefix = "schema/";

    /// <summary>The steps embedded in this assembly, in order.</summary>
    public static IReadOnlyList<SchemaStep> All { get; } = Load();

    private static SchemaStep[] Load()
    {
        var assembly = typeof(SchemaStep).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        SchemaStep[] steps = [.. names.Select(Read)];
        for (var index = 0; index < steps.Length; index++)
        {
            if (steps[index].Number != index + 1)
                throw new InvalidOperationException($"Schema steps are numbered 1, 2, 3 … without a gap; expected {index + 1}, found '{steps[index].Name}'.");
        }

        return steps;

        SchemaStep Read(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[Prefix.Length..];
            return new SchemaStep(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }
}
