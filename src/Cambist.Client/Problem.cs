using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>An error answer: RFC 9457 problem details with a stable <see cref="Code"/>.</summary>
public sealed record Problem
{
    /// <summary>A URI that names the kind of problem.</summary>
    public string? Type { get; init; }

    /// <summary>The kind of problem in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What was expected and what was found.</summary>
    public required string Detail { get; init; }

    /// <summary>Stable id of the problem: <c>unknown_currency</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The request's field that is at fault; null where none is.</summary>
    public string? Field { get; init; }

    /// <summary>The id of the request, as in the header <c>X-Correlation-Id</c>, by which the service's log knows it; null where it was not asked over HTTP.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
