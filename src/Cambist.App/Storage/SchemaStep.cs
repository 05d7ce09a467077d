using System.Globalization;

namespace Cambist.App.Storage;

/// <summary>
/// One numbered change of the database. A step is a file <c>Schema/0001-name.sql</c> for SQLite with <c>0001-name.postgres.sql</c> beside it, in the folder
/// of the feature that owns the tables. Where TimescaleDB is, <c>0001-name.timescale.sql</c> is applied on top of the plain one, if there is such a file.
/// The numbers run through all features without a gap, and a step that has been released is never edited.
/// </summary>
internal sealed record SchemaStep(int Number, string Name, string Sql)
{
    private const string Prefix = "schema/";
    private const string PostgresSuffix = ".postgres.sql";
    private const string TimescaleSuffix = ".timescale.sql";

    private static readonly SchemaStep[] Embedded = Load();

    /// <summary>The steps of SQLite, in order.</summary>
    public static IReadOnlyList<SchemaStep> Sqlite { get; } =
        WithoutGap([.. Embedded.Where(step => !step.Name.EndsWith(PostgresSuffix, StringComparison.Ordinal) && !step.Name.EndsWith(TimescaleSuffix, StringComparison.Ordinal))]);

    /// <summary>The steps of PostgreSQL alone, in order.</summary>
    public static IReadOnlyList<SchemaStep> Postgres { get; } = WithoutGap([.. Embedded.Where(step => step.Name.EndsWith(PostgresSuffix, StringComparison.Ordinal))]);

    /// <summary>The steps of PostgreSQL with TimescaleDB, in order.</summary>
    public static IReadOnlyList<SchemaStep> Timescale { get; } =
    [
        .. Postgres.Select(step => Embedded.FirstOrDefault(more => more.Number == step.Number && more.Name.EndsWith(TimescaleSuffix, StringComparison.Ordinal)) is { } more
            ? more with { Sql = step.Sql + "\n" + more.Sql }
            : step),
    ];

    private static SchemaStep[] Load()
    {
        var assembly = typeof(SchemaStep).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return [.. names.Select(Read)];

        SchemaStep Read(string resource)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[Prefix.Length..];
            return new SchemaStep(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    private static SchemaStep[] WithoutGap(SchemaStep[] steps)
    {
        for (var index = 0; index < steps.Length; index++)
        {
            if (steps[index].Number != index + 1)
                throw new InvalidOperationException($"Schema steps are numbered 1, 2, 3 … without a gap; expected {index + 1}, found '{steps[index].Name}'.");
        }

        return steps;
    }
}
