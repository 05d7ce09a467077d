using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cambist.Client;

/// <summary>Sends requests, with an access token where somebody is logged in, and reads answers.</summary>
internal sealed class CambistCalls(HttpClient http, CambistTokens? tokens)
{
    public const string IdempotencyKey = "Idempotency-Key";

    public Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, address, type, cancellationToken);

    public async Task<T> AskAsync<T>(HttpMethod method, string address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(method, Relative(address)), HttpCompletionOption.ResponseContentRead, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    public async Task<T> SendAsync<TBody, T>(HttpMethod method, string address, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken, (string Name, string? Value) header = default)
    {
        using var response = await SendAsync(method, address, body, bodyType, cancellationToken, header);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Sends what is answered by a status alone.</summary>
    public async Task DoAsync<TBody>(HttpMethod method, string address, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, address, body, bodyType, cancellationToken);
        await RefuseProblemAsync(response, cancellationToken);
    }

    /// <summary>Sends what has no body and is answered by a status alone.</summary>
    public async Task DoAsync(HttpMethod method, string address, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => new HttpRequestMessage(method, Relative(address)), HttpCompletionOption.ResponseContentRead, cancellationToken);
        await RefuseProblemAsync(response, cancellationToken);
    }

    /// <summary>Sends a request; once more with another access token where the first has run out. What is refused for its token had no effect, so it may be sent again.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        var shown = tokens?.Current;
        var response = await SendOnceAsync(make, shown, completion, cancellationToken);
        if (shown is null || response.StatusCode != HttpStatusCode.Unauthorized || !response.Headers.WwwAuthenticate.Any(offer => offer.Scheme == "Bearer"))
        {
            return response;
        }

        response.Dispose();
        await tokens!.RefreshAsync(http, shown, cancellationToken);
        return await SendOnceAsync(make, tokens.Current, completion, cancellationToken);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await RefuseProblemAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync(type, cancellationToken))!;
    }

    public static async Task RefuseProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType == "application/problem+json")
        {
            throw new CambistProblemException((await response.Content.ReadFromJsonAsync(CambistJson.Wire.Problem, cancellationToken))!);
        }

        response.EnsureSuccessStatusCode();
    }

    public static Uri Relative(string address) => new(address, UriKind.Relative);

    private Task<HttpResponseMessage> SendAsync<TBody>(HttpMethod method, string address, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellationToken, (string Name, string? Value) header = default) => SendAsync(
        () => WithHeader(new HttpRequestMessage(method, Relative(address)) { Content = JsonContent.Create(body, bodyType) }, header), HttpCompletionOption.ResponseContentRead, cancellationToken);

    private static HttpRequestMessage WithHeader(HttpRequestMessage request, (string Name, string? Value) header)
    {
        if (header.Value is not null)
        {
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, TokenAnswer? shown, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        using var message = make();
        if (shown is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", shown.AccessToken);
        }

        return await http.SendAsync(message, completion, cancellationToken);
    }
}
