namespace Cambist.App.Audit;

/// <summary>A row by which somebody outside remembers how far a chain went.</summary>
/// <param name="Number">Its number; 0: there was none.</param>
/// <param name="Hash">Its hash.</param>
public sealed record ChainHead(long Number, byte[] Hash);

/// <summary>What a look at a whole chain found.</summary>
/// <param name="Head">The last row that is right.</param>
/// <param name="Fault">What is wrong after it, in a sentence; null where nothing is.</param>
public sealed record ChainVerdict(ChainHead Head, string? Fault);

/// <summary>A row as the walk through a chain takes it.</summary>
/// <param name="Head">Its number and hash.</param>
/// <param name="Expected">The hash that it has when it is what was written.</param>
/// <param name="Fault">What is wrong with what it names; null where nothing is.</param>
internal readonly record struct ChainLink(ChainHead Head, byte[] Expected, string? Fault = null);
