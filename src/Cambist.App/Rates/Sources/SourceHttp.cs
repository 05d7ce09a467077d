using System.Net;
using System.Text.Json;

namespace Cambist.App.Rates.Sources;

/// <summary>Asks a service over HTTP and turns every way in which that can fail into a <see cref="SourceFaultException"/>. The service's own words inside an answer are the source's to read.</summary>
internal static class SourceHttp
{
    /// <summary>How much of its quota a request costs, where it is not 1.</summary>
    public static readonly HttpRequestOptionsKey<int> Cost = new("cambist.cost");

    private const long LargestAnswer = 16 * 1024 * 1024;

    /// <summary>The JSON that a GET brings.</summary>
    /// <param name="http">The client, with the service's address.</param>
    /// <param name="address">What to ask, relative to that address.</param>
    /// <param name="faultIn">What the service itself says about a failure, whatever the status; null where it says none, and then the status decides.</param>
    /// <param name="cost">How much of the quota it costs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFaultException">It did not answer, or not with JSON, or with a failure.</exception>
    public static async Task<JsonDocument> GetJsonAsync(
        this HttpClient http, string address, Func<JsonElement, SourceFaultException?>? faultIn = null, int cost = 1, CancellationToken cancellationToken = default)
    {
        using var request = Get(address, cost);
        return await http.SendJsonAsync(request, faultIn, cancellationToken);
    }

    /// <summary>The JSON that a request brings, for a question that needs a body or headers.</summary>
    /// <param name="http">The client, with the service's address.</param>
    /// <param name="request">What to ask; its address is relative to the service's.</param>
    /// <param name="faultIn">What the service itself says about a failure, whatever the status; null where it says none, and then the status decides.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFaultException">It did not answer, or not with JSON, or with a failure.</exception>
    public static async Task<JsonDocument> SendJsonAsync(
        this HttpClient http, HttpRequestMessage request, Func<JsonElement, SourceFaultException?>? faultIn = null, CancellationToken cancellationToken = default)
    {
        using var response = await http.AskAsync(request, cancellationToken);
        if (faultIn is null)
        {
            response.RefuseFailure();
        }

        JsonDocument answer;
        try
        {
            answer = await response.ReadAsync(static (body, cancel) => JsonDocument.ParseAsync(body, cancellationToken: cancel), cancellationToken);
        }
        catch (SourceFaultException) when (!response.IsSuccessStatusCode)
        {
            // A failure without readable words is still what its status says.
            response.RefuseFailure();
            throw;
        }

        try
        {
            if (faultIn is not null && answer.Read(faultIn) is { } fault)
            {
                throw new SourceFaultException(fault.Kind, fault.Message, fault.RetryAfter ?? RetryAfter(response));
            }

            response.RefuseFailure();
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    // Documentation names some services by their host and some with the beginning of the path: an operator may give either.
    internal static Uri AddressOf(Uri? service, string address)
    {
        if (service is null || Uri.TryCreate(address, UriKind.Absolute, out _))
        {
            return new Uri(address, UriKind.RelativeOrAbsolute);
        }

        var path = address.Split('?')[0];
        if (service.AbsolutePath.EndsWith($"/{path}/", StringComparison.OrdinalIgnoreCase))
        {
            return new Uri($"{string.Concat(Enumerable.Repeat("../", path.Count(letter => letter == '/') + 1))}{address}", UriKind.Relative);
        }

        var segments = path.Split('/');
        for (var count = segments.Length - 1; count > 0; count--)
        {
            var beginning = string.Join('/', segments[..count]) + "/";
            if (service.AbsolutePath.EndsWith("/" + beginning, StringComparison.OrdinalIgnoreCase))
            {
                return new Uri(address[beginning.Length..], UriKind.Relative);
            }
        }

        return new Uri(address, UriKind.Relative);
    }

    /// <summary>Sends a GET and returns when the head of the answer is there.</summary>
    public static async Task<HttpResponseMessage> AskAsync(this HttpClient http, string address, int cost, CancellationToken cancellationToken)
    {
        using var request = Get(address, cost);
        return await http.AskAsync(request, cancellationToken);
    }

    private static HttpRequestMessage Get(string address, int cost)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Options.Set(Cost, cost);
        return request;
    }

    private static async Task<HttpResponseMessage> AskAsync(this HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = AddressOf(http.BaseAddress, request.RequestUri!.OriginalString);
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.Content.Headers.ContentLength > LargestAnswer)
            {
                response.Dispose();
                throw TooLarge();
            }

            return response;
        }
        catch (HttpRequestException fault)
        {
            throw new SourceFaultException(SourceFault.Unavailable, $"It cannot be reached: {Words(fault)}.", inner: fault);
        }
    }

    /// <summary>Throws where the status is no success.</summary>
    /// <exception cref="SourceFaultException">What the status means.</exception>
    public static void RefuseFailure(this HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        throw new SourceFaultException(KindOf(response.StatusCode), $"It answered with HTTP status {(int)response.StatusCode}.", RetryAfter(response));
    }

    /// <summary>What a status other than success means.</summary>
    public static SourceFault KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => SourceFault.Throttled,
        HttpStatusCode.Unauthorized => SourceFault.KeyRefused,
        HttpStatusCode.PaymentRequired or HttpStatusCode.Forbidden => SourceFault.NotInPlan,
        HttpStatusCode.RequestTimeout => SourceFault.Unavailable,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => SourceFault.Refused,
        _ => SourceFault.Unavailable,
    };

    /// <summary>Reads the body, at most 16 MiB of it.</summary>
    /// <exception cref="SourceFaultException">It broke off, is too large, or cannot be parsed.</exception>
    public static async Task<T> ReadAsync<T>(this HttpResponseMessage response, Func<Stream, CancellationToken, Task<T>> parse, CancellationToken cancellationToken)
    {
        try
        {
            using var body = new MemoryStream();
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var chunk = new byte[81_920];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
            {
                body.Write(chunk, 0, read);
                if (body.Length > LargestAnswer)
                {
                    throw TooLarge();
                }
            }

            body.Position = 0;
            return await parse(body, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw new SourceFaultException(SourceFault.Unavailable, $"Its answer broke off: {Words(fault)}.", inner: fault);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidDataException or System.Xml.XmlException)
        {
            throw new SourceFaultException(SourceFault.Unreadable, $"Its answer cannot be read ({response.Content.Headers.ContentType?.MediaType ?? "no content type"}): {fault.Message}", inner: fault);
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } sent => date > sent ? date - sent : TimeSpan.Zero,
        _ => null,
    };

    private static SourceFaultException TooLarge() => new(SourceFault.Unreadable, $"Its answer is larger than {LargestAnswer / 1024 / 1024} MiB.");

    // The message of the handler names host and port, never the path or the query.
    private static string Words(Exception fault) => fault.InnerException?.Message.TrimEnd('.') ?? fault.Message.TrimEnd('.');
}
