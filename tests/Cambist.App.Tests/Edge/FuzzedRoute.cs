using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cambist.App.Tests.Edge;

/// <summary>One operation of an OpenAPI document, and requests of it that may be wrong in every way.</summary>
internal sealed record FuzzedRoute(HttpMethod Method, string Path, IReadOnlyList<string> InPath, IReadOnlyList<string> InQuery, IReadOnlyList<string>? InBody)
{
    private const int LargestBody = 64 * 1024;

    private static readonly string[] Headers = ["If-None-Match", "Accept", "Accept-Language", "X-Correlation-Id", "Idempotency-Key", "Authorization", "Origin", "Cookie", "Forwarded", "X-Forwarded-For", "Content-Language"];

    // A path is asked without what would climb out of it: that is another path.
    private static readonly string[] NotInPath = ["", " ", ".", ".."];

    public static IReadOnlyList<FuzzedRoute> All(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Value.ValueKind == JsonValueKind.Object
           select new FuzzedRoute(
               new HttpMethod(operation.Name.ToUpperInvariant()), path.Name,
               Named(path.Value, operation.Value, "path"), Named(path.Value, operation.Value, "query"), Fields(document, operation.Value)),
    ];

    public HttpRequestMessage Request(Random random)
    {
        var path = InPath.Aggregate(Path, (known, name) => known.Replace($"{{{name}}}", Escaped(Odd(random, NotInPath)), StringComparison.Ordinal));
        var query = InQuery.Where(_ => random.Next(4) > 0).Concat(random.Next(10) == 0 ? InQuery : []).Append(random.Next(8) == 0 ? "unknown" : "").Where(name => name.Length > 0)
            .Select(name => $"{name}={(random.Next(20) == 0 ? "%ff%c3%28" : Escaped(Odd(random)))}");
        var request = new HttpRequestMessage(Method, new Uri($"{path}?{string.Join('&', query)}", UriKind.Relative));
        if (random.Next(3) == 0)
        {
            // What the client will not send it leaves out; the rest goes as it is.
            request.Headers.TryAddWithoutValidation(Headers[random.Next(Headers.Length)], Odd(random).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
        }

        if (InBody is not null)
        {
            var body = Body(random);
            request.Content = new ByteArrayContent(body);
            // A server may hang up on what is too large while it is still being sent: who asks first hears the answer.
            request.Headers.ExpectContinue = body.Length > LargestBody;
            request.Content.Headers.TryAddWithoutValidation("Content-Type", OddJson.Pick(random, "application/json", "application/json", "application/json", "application/json; charset=utf-16", "text/plain", "application/xml", ";", ""));
        }

        return request;
    }

    private byte[] Body(Random random)
    {
        if (random.Next(12) == 0)
        {
            return OddJson.Whole(random);
        }

        var members = InBody!.Where(_ => random.Next(5) > 0).Concat(random.Next(8) == 0 ? InBody!.Take(1) : []).Select(name => $"{JsonSerializer.Serialize(name)}:{OddJson.Value(random)}");
        var body = Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
        for (var spoilt = random.Next(6) == 0 ? random.Next(1, 4) : 0; spoilt > 0; spoilt--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static string Odd(Random random, params string[] not)
    {
        string value;
        do
        {
            value = OddJson.Pick(random, OddJson.Words);
        }
        while (not.Contains(value));
        return value;
    }

    private static string Escaped(string value) => string.Concat(Encoding.UTF8.GetBytes(value).Select(letter => char.IsAsciiLetterOrDigit((char)letter) ? ((char)letter).ToString() : $"%{letter:X2}"));

    private static IReadOnlyList<string> Named(JsonElement path, JsonElement operation, string place) =>
    [
        .. new[] { path, operation }.Where(owner => owner.TryGetProperty("parameters", out _))
            .SelectMany(owner => owner.GetProperty("parameters").EnumerateArray())
            .Where(parameter => parameter.GetProperty("in").GetString() == place)
            .Select(parameter => parameter.GetProperty("name").GetString()!),
    ];

    private static IReadOnlyList<string>? Fields(JsonElement document, JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body))
        {
            return null;
        }

        var schema = body.GetProperty("content").EnumerateObject().First().Value.GetProperty("schema");
        return [.. Properties(document, schema)];
    }

    private static IEnumerable<string> Properties(JsonElement document, JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Properties(document, document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]));
        }

        if (schema.TryGetProperty("oneOf", out var either))
        {
            return either.EnumerateArray().SelectMany(one => Properties(document, one));
        }

        return schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name) : [];
    }
}
