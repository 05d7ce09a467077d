using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>The problem answers that features share. A message says what was expected and what was found; the code is stable.</summary>
public static class Problems
{
    public static Problem BadShape(string detail, string? field = null) =>
        Of(StatusCodes.Status400BadRequest, "bad_request", "The request has the wrong shape", detail, field);

    public static Problem Missing(string field, string expected) =>
        Of(StatusCodes.Status400BadRequest, "missing_field", "A field is missing", $"'{field}' is needed: {expected}.", field);

    public static Problem Invalid(string code, string field, string expected, string? found) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, "A field has a value that cannot be used", $"'{field}' is {expected}, was '{Shown(found)}'.", field);

    public static Problem NotFound(string code, string detail, string? field = null) =>
        Of(StatusCodes.Status404NotFound, code, "Not found", detail, field);

    public static Problem Unavailable(string code, string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, code, "Not available now", detail, null);

    public static Problem Unprocessable(string code, string detail, string? field) =>
        Of(StatusCodes.Status422UnprocessableEntity, code, "The question cannot be answered", detail, field);

    /// <summary>A problem of its own kind.</summary>
    /// <param name="status">Of HTTP.</param>
    /// <param name="code">Stable; its type is made of it.</param>
    /// <param name="title">The kind in a few words.</param>
    /// <param name="detail">What was expected and found.</param>
    /// <param name="field">The field at fault; null: none.</param>
    public static Problem Of(int status, string code, string title, string detail, string? field = null) =>
        new() { Type = $"urn:cambist:problem:{code}", Title = title, Status = status, Detail = detail, Code = code, Field = field };

    // What came from outside is echoed in full only while it is short.
    private static string Shown(string? found) => found is { Length: > 60 } ? found[..60] + "…" : found ?? "";
}
