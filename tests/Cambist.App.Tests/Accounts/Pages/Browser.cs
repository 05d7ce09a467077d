using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Cambist.App.Tests.Accounts.Pages;

/// <summary>A browser without scripts: it keeps cookies, fills in forms as they stand on the page, and follows nothing by itself.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;
    private Uri _at;

    public Browser(AccountHouse house, string? host = null)
    {
        _at = new UriBuilder(house.Http.BaseAddress!) { Host = host ?? house.Http.BaseAddress!.Host }.Uri;
        _http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = _at };
    }

    public CookieContainer Cookies { get; } = new();

    public IHtmlDocument Page { get; private set; } = null!;

    /// <summary>Headers that every request carries beside its own.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public string Origin => _at.GetLeftPart(UriPartial.Authority);

    public static async Task<Browser> LoggedInAsync(AccountHouse house, string email = AccountHouse.Email, string? host = null)
    {
        var browser = new Browser(house, host);
        var entered = await browser.LogInAsync(email);
        Assert.Equal((303, "/"), (entered.Status, entered.Location));
        return browser;
    }

    public async Task<Shown> LogInAsync(string email = AccountHouse.Email, string password = AccountHouse.Password, string address = "/account/login")
    {
        await GetAsync(address);
        return await SubmitAsync("login", ("email", email), ("password", password));
    }

    public Task<Shown> GetAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(_at, address)));

    /// <summary>Sends the form of that name with all that it holds, and some fields filled in.</summary>
    public Task<Shown> SubmitAsync(string form, params (string Name, string Value)[] fields) => SubmitAsync(Form(form), fields);

    public Task<Shown> SubmitAsync(IHtmlFormElement form, params (string Name, string Value)[] fields)
    {
        var all = Fields(form);
        foreach (var (name, value) in fields)
        {
            all[name] = value;
        }

        return PostAsync(form.GetAttribute("action") ?? _at.PathAndQuery, all);
    }

    public Task<Shown> PostAsync(string address, IReadOnlyDictionary<string, string> fields) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(_at, address)) { Content = new FormUrlEncodedContent(fields) });

    /// <summary>Sends what the page's script would.</summary>
    public Task<Shown> AskAsync(string address, string json, string? token = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_at, address)) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("RequestVerificationToken", token ?? Token);
        request.Headers.Add("X-Requested-With", "XMLHttpRequest");
        return SendAsync(request);
    }

    /// <summary>The token of the page's first form.</summary>
    public string Token => Page.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public IHtmlFormElement Form(string name) => Page.Forms.Single(form => form.QuerySelector($"[name=_handler][value='{name}']") is not null || form.GetAttribute("action") == name);

    public static Dictionary<string, string> Fields(IHtmlFormElement form) => form.QuerySelectorAll("input[name], select[name]")
        .Where(input => input.GetAttribute("type") is not ("radio" or "checkbox") || input.HasAttribute("checked"))
        .ToDictionary(input => input.GetAttribute("name")!, input => input is IHtmlSelectElement select ? select.Value ?? "" : input.GetAttribute("value") ?? "");

    public void Dispose() => _http.Dispose();

    private async Task<Shown> SendAsync(HttpRequestMessage request)
    {
        foreach (var (name, value) in Headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await _http.SendAsync(request, Stop);
        request.Dispose();
        var text = await response.Content.ReadAsStringAsync(Stop);
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            _at = request.RequestUri!;
            Page = await new HtmlParser().ParseDocumentAsync(text, Stop);
        }

        return new Shown((int)response.StatusCode, Leads(response.Headers.Location), text, response.Headers.CacheControl?.NoStore == true, response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : []);
    }

    private string? Leads(Uri? location) => location is null ? null : location.IsAbsoluteUri && location.Authority == _at.Authority ? location.PathAndQuery : location.OriginalString;
}

/// <summary>An answer to a browser.</summary>
internal sealed record Shown(int Status, string? Location, string Text, bool IsNotStored, IReadOnlyList<string> Cookies);
