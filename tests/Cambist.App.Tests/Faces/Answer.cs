using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>What the service said.</summary>
internal sealed record Answer(int Status, string ContentType, HttpResponseHeaders Headers, string Body)
{
    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;

    /// <summary>Checks that it is a problem of RFC 9457 as every face tells it, and gives its detail.</summary>
    public string AssertProblem(int status, string code, string? field)
    {
        Assert.True(status == Status && ContentType == "application/problem+json", $"Expected {status} {code}, was {Status} {ContentType}: {Body}");
        var problem = Json();
        Assert.Equal(["type", "title", "status", "detail", "code", "field", "trace_id"], problem.EnumerateObject().Select(member => member.Name));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal($"urn:cambist:problem:{code}", problem.GetProperty("type").GetString());
        Assert.Equal(Headers.GetValues("X-Correlation-Id").Single(), problem.GetProperty("trace_id").GetString());
        Assert.Equal(field, problem.GetProperty("field").GetString());
        return problem.GetProperty("detail").GetString()!;
    }
}

/// <summary>How tests ask.</summary>
internal static class Asking
{
    public static async Task<Answer> Get(this HttpClient http, string address, string accept = "*/*")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative));
        request.Headers.Add("Accept", accept);
        return await http.Ask(request);
    }

    /// <summary>Asks again until the answer is the wanted one, and moves time on in between where a way is given.</summary>
    public static async Task<Answer> Until(this HttpClient http, string address, Func<Answer, bool> isWanted, Action? meanwhile = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        Answer answer;
        while (!isWanted(answer = await http.Get(address)))
        {
            Assert.False(patience.IsCancellationRequested, $"Another answer of {address} was awaited for 30 s, the last was {answer.Status}: {answer.Body}");
            meanwhile?.Invoke();
        }

        return answer;
    }

    public static Task<Answer> Analyze(this HttpClient http, string body, string contentType = "application/json") =>
        http.Analyze(Encoding.UTF8.GetBytes(body), contentType);

    public static async Task<Answer> Analyze(this HttpClient http, byte[] body, string contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.Add("Content-Type", contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/analyze", UriKind.Relative)) { Content = content };
        return await http.Ask(request);
    }

    public static async Task<Answer> Ask(this HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", response.Headers, body);
    }
}
