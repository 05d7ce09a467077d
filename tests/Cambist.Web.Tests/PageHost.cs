using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cambist.App.Analytics;
using Cambist.App.Assistant;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Cambist.Web.Tests;

/// <summary>The pages on a real server pipeline, over an assistant that gives one answer and keeps the form that it was asked with.</summary>
internal sealed class PageHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PageHost(WebApplication app) => _app = app;

    public AskForm? Asked { get; private set; }

    public RecordQuestion? AskedOfRecord { get; private set; }

    public static async Task<PageHost> Answering(PageAnswer answer, RecordAnswer? record = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        PageHost? host = null;
        builder.WebHost.UseTestServer();
        builder.Services.AddLogging().AddRouting().AddCambistWeb();
        builder.Services.AddSingleton<AnswerQuestion>(async (form, _, _) =>
        {
            host!.Asked = form;
            await Task.Yield(); // An answer may wait for providers.
            return answer;
        });

        builder.Services.AddSingleton<TellRecord>(question =>
        {
            host!.AskedOfRecord = question;
            return record ?? throw new InvalidOperationException("There is no record.");
        });

        var app = builder.Build();
        app.UseRouting();
        app.MapCambistWeb();
        host = new PageHost(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    public Task<HttpResponseMessage> Get(string address) => _app.GetTestClient().GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

    public async Task<IHtmlDocument> Page(string address)
    {
        using var response = await Get(address);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return await new HtmlParser().ParseDocumentAsync(html, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
