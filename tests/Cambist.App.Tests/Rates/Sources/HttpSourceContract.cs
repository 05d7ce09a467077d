using Cambist.App.Rates.Sources;
using Cambist.TestKit;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>What every source that is asked over HTTP must do with the faults that are common to all: end them as what they are, and keep its key to itself.</summary>
public abstract class HttpSourceContract : RateSourceContract, IAsyncLifetime
{
    /// <summary>A key with letters that addresses must escape.</summary>
    protected const string Secret = "k3y+S3cret/7Qx9";

    private const string ErrorPage = $"<!doctype html><title>Error</title><p>{Secret}</p>";
    private const int OverTheLimit = 16 * 1024 * 1024 + 1;

    private StandInServer? _server;

    /// <summary>The path that it asks.</summary>
    protected abstract string Path { get; }

    /// <summary>The operator's key; null where the service wants none.</summary>
    protected virtual string? ApiKey => null;

    protected virtual string ContentType => "application/json";

    protected StandInServer Server => _server!;

    protected RateSourceOptions Options { get; } = new();

    /// <summary>The source over a client.</summary>
    protected abstract IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options);

    public async ValueTask InitializeAsync()
    {
        _server = await StandInServer.StartAsync();
        Options.ApiKey = ApiKey;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_source_that_cannot_be_reached_is_unavailable()
    {
        var fault = await FaultAsync(CreateAt(StandInServer.Unreachable));

        Assert.Equal(SourceFault.Unavailable, fault.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{\"be")]
    public async Task A_wait_for_head_or_body_can_be_ended(string? beginning)
    {
        var stalled = Server.Stalls(Path, beginning);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var look = CreateAt(Server.Address).LatestAsync(WantedPairs, patience.Token);
        await stalled.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => look);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_reset_in_mid_body_is_unavailable(bool isDeclared)
    {
        Server.BreaksOff(Path, With()[..(With().Length / 2)], isDeclared ? With().Length : null);

        Assert.Equal(SourceFault.Unavailable, (await FaultAsync()).Kind);
    }

    [Theory]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(401, SourceFault.KeyRefused)]
    [InlineData(402, SourceFault.NotInPlan)]
    [InlineData(403, SourceFault.NotInPlan)]
    [InlineData(404, SourceFault.Refused)]
    [InlineData(408, SourceFault.Unavailable)]
    [InlineData(500, SourceFault.Unavailable)]
    [InlineData(502, SourceFault.Unavailable)]
    [InlineData(503, SourceFault.Unavailable)]
    [InlineData(520, SourceFault.Unavailable)]
    public async Task A_status_without_readable_words_is_what_it_says(int status, SourceFault expected)
    {
        Server.Refuses(Path, status, ErrorPage);
        var fault = await FaultAsync();

        Assert.Equal((expected, (TimeSpan?)null), (fault.Kind, fault.RetryAfter));
    }

    [Theory]
    [InlineData(429, "120", 120)]
    [InlineData(503, "30", 30)]
    [InlineData(429, "Fri, 27 Mar 2026 14:36:30 GMT", 90)]
    [InlineData(429, "Fri, 27 Mar 2026 14:30:00 GMT", 0)]
    [InlineData(429, "soon", null)]
    [InlineData(429, "-5", null)]
    public async Task The_time_that_it_asks_for_is_told(int status, string retryAfter, int? seconds)
    {
        Server.Refuses(Path, status, "", ("Retry-After", retryAfter), ("Date", "Fri, 27 Mar 2026 14:35:00 GMT"));

        Assert.Equal(seconds, (int?)(await FaultAsync()).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("<!doctype html><title>Just a moment...</title>", "text/html")]
    [InlineData("<html><body/></html>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("42", "application/json")]
    [InlineData("\"text\"", "application/json")]
    [InlineData("[null]", "application/json")]
    [InlineData("{\"rates\":null,\"data\":null,\"result\":null}", "application/json")]
    public async Task An_answer_without_rates_is_unreadable(string body, string contentType)
    {
        Server.Answers(Path, body, contentType: contentType);

        Assert.Equal(SourceFault.Unreadable, (await FaultAsync()).Kind);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_anywhere_is_unreadable()
    {
        var whole = With();
        var last = whole.TrimEnd().Length - 1;
        foreach (var length in new[] { 1, last / 4, last / 2, last * 3 / 4, last })
        {
            Server.Answers(Path, whole[..length], contentType: ContentType);
            Assert.Equal(SourceFault.Unreadable, (await FaultAsync()).Kind);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_over_the_limit_is_not_read_to_its_end(bool isDeclared)
    {
        Server.Floods(Path, OverTheLimit, isDeclared);
        var fault = await FaultAsync();

        Assert.Equal(SourceFault.Unreadable, fault.Kind);
        Assert.Contains("larger than 16 MiB", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_answer_gives_rates_or_a_fault_and_nothing_else()
    {
        var whole = With();
        await Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 40], Gen.String[Gen.Char["{}[]<>\"'/-+.,:eE0123456789 \nnullé"], 0, 12]).SampleAsync(
            async (at, cut, put) =>
            {
                Server.Answers(Path, whole[..at] + put + whole[Math.Min(whole.Length, at + cut)..], contentType: ContentType);
                var fault = await Record.ExceptionAsync(() => CreateAt(Server.Address).LatestAsync(WantedPairs, TestContext.Current.CancellationToken));
                Assert.True(fault is null || IsOfTheSource(fault), fault?.ToString());
            },
            iter: 300,
            threads: 1);
    }

    /// <summary>The fault of a look that the service answers so, whatever its status.</summary>
    protected async Task<SourceFaultException> FaultOfAsync(string body, int status = 200)
    {
        Server.Answers(Path, body, status);
        return await FaultAsync();
    }

    protected override async Task<RateSheet> LookAsync(string answer)
    {
        Server.Answers(Path, answer, contentType: ContentType);
        return await CreateAt(Server.Address).LatestAsync(WantedPairs, TestContext.Current.CancellationToken);
    }

    private static bool IsOfTheSource(Exception fault) => SourceRunner.Translated(fault, TimeSpan.Zero, CancellationToken.None) is not null;

    private Task<SourceFaultException> FaultAsync() => FaultAsync(CreateAt(Server.Address));

    // What an adapter lets through of an answer of another shape, and a sheet without a rate, are unreadable to whoever asks.
    private async Task<SourceFaultException> FaultAsync(IRateSource source)
    {
        try
        {
            var sheet = await source.LatestAsync(WantedPairs, TestContext.Current.CancellationToken);
            Assert.Empty(sheet.Rates);
            return new SourceFaultException(SourceFault.Unreadable, "no rates");
        }
        catch (Exception fault) when (IsOfTheSource(fault))
        {
            foreach (var secret in new[] { Secret, Uri.EscapeDataString(Secret) })
            {
                Assert.DoesNotContain(secret, fault.ToString(), StringComparison.OrdinalIgnoreCase);
            }

            return fault as SourceFaultException ?? new SourceFaultException(SourceFault.Unreadable, fault.Message);
        }
    }

    private IRateSource CreateAt(Uri address) => Create(new HttpClient { BaseAddress = address }, new FakeTimeProvider(Now), Options);
}
