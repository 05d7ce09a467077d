namespace Cambist.Domain.Decisions;

/// <summary>What one rule found.</summary>
/// <param name="Code">Stable id of the finding: <c>matrix.small_savings</c>.</param>
/// <param name="Text">The finding in words, with its numbers.</param>
public sealed record Finding(string Code, string Text)
{
    /// <summary>The same numbers by name.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>What follows from it alone; null where it only belongs to the picture.</summary>
    public Recommendation? Verdict { get; init; }

    /// <summary>What would turn that verdict; there with a verdict.</summary>
    public string? ChangesIf { get; init; }

    /// <summary>True for the one that decided.</summary>
    public bool Decided { get; init; }
}

/// <summary>A number of a finding.</summary>
/// <param name="Name">What it is, with its unit: <c>expected_saving_usd</c>.</param>
/// <param name="Value">The number.</param>
public readonly record struct Figure(string Name, decimal Value)
{
    /// <summary>A probability, rounded to four digits as the wire has it.</summary>
    public static Figure Probability(string name, double probability) => new(name, (decimal)Math.Round(probability, 4));

    /// <summary>Days, rounded to four digits.</summary>
    public static Figure Days(string name, double days) => new(name, (decimal)Math.Round(days, 4));
}
