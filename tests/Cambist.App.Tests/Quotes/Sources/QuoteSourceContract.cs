using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>What every source of quotes must do: tell sums that add up, end every fault as a fault of its own, and keep its key to itself.</summary>
public abstract class QuoteSourceContract : IAsyncLifetime
{
    /// <summary>When every question is asked.</summary>
    protected static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 35, 0, TimeSpan.Zero);

    /// <summary>A key with letters that addresses must escape.</summary>
    protected const string Secret = "k3y+S3cret/7Qx9";

    private const string ErrorPage = $"<!doctype html><title>Error</title><p>{Secret}</p>";

    private StandInServer? _server;

    /// <summary>The path that it asks last.</summary>
    protected abstract string Path { get; }

    /// <summary>A good answer there, of a documented shape with invented figures, to <see cref="Sent"/>.</summary>
    protected abstract string Sample { get; }

    /// <summary>A good answer there to <see cref="Wished"/>.</summary>
    protected abstract string SampleOfWish { get; }

    /// <summary>A question of what arrives for an amount.</summary>
    protected virtual QuoteAsk Sent => AskOf("USD/EUR", AmountSide.Send, 1000m, "US");

    /// <summary>A question of what must be paid for an amount.</summary>
    protected virtual QuoteAsk Wished => AskOf("USD/EUR", AmountSide.Receive, 1000m, "US");

    protected StandInServer Server => _server!;

    protected FakeTimeProvider Clock { get; } = new(Now);

    protected QuoteSourceOptions Options { get; } = new();

    /// <summary>The source over a client.</summary>
    protected abstract IQuoteSource Create(HttpClient http);

    public async ValueTask InitializeAsync()
    {
        _server = await StandInServer.StartAsync();
        Prepare();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_arrives_is_what_is_paid_less_the_fee_at_the_rate()
    {
        foreach (var (ask, sample) in new[] { (Sent, Sample), (Wished, SampleOfWish) })
        {
            var quotes = await AskAsync(sample, ask);
            Assert.NotEmpty(quotes);
            Assert.All(quotes, quote => AssertAddsUp(quote, ask));
        }
    }

    [Fact]
    public async Task The_side_that_is_asked_for_is_the_side_that_is_quoted()
    {
        Assert.All(await AskAsync(Sample, Sent), quote => Assert.Equal(Sent.Amount, quote.Paid));
        Assert.All(await AskAsync(SampleOfWish, Wished), quote => Assert.InRange(quote.Received.Amount, Wished.Amount.Amount, Wished.Amount.Amount + Unit(quote)));
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_unavailable() =>
        Assert.Equal(SourceFault.Unavailable, (await FaultAsync(Create(new HttpClient { BaseAddress = StandInServer.Unreachable }))).Kind);

    [Theory]
    [InlineData(null)]
    [InlineData("{\"be")]
    public async Task A_wait_for_head_or_body_can_be_ended(string? beginning)
    {
        var stalled = Server.Stalls(Path, beginning);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var answer = Source().AskAsync(Sent, patience.Token);
        await stalled.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Theory]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(402, SourceFault.NotInPlan)]
    [InlineData(404, SourceFault.Refused)]
    [InlineData(500, SourceFault.Unavailable)]
    [InlineData(503, SourceFault.Unavailable)]
    public async Task A_status_without_readable_words_is_what_it_says(int status, SourceFault expected)
    {
        Server.Refuses(Path, status, ErrorPage, ("Retry-After", "75"));
        var fault = await FaultAsync(Source());

        Assert.Equal((Mapped(expected), TimeSpan.FromSeconds(75)), (fault.Kind, fault.RetryAfter));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_page_that_turns_us_away_is_to_be_mended_by_somebody(int status)
    {
        Server.Refuses(Path, status, ErrorPage);

        Assert.Contains((await FaultAsync(Source())).Kind, new[] { SourceFault.KeyRefused, SourceFault.NotInPlan });
    }

    [Theory]
    [InlineData("<!doctype html><title>Just a moment...</title>", "text/html")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("42", "application/json")]
    [InlineData("[null]", "application/json")]
    [InlineData("{\"providers\":null,\"data\":null,\"result\":null,\"estimate\":null}", "application/json")]
    public async Task An_answer_of_another_shape_is_unreadable(string body, string contentType)
    {
        Server.Answers(Path, body, contentType: contentType);

        Assert.Equal(SourceFault.Unreadable, (await FaultAsync(Source())).Kind);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_anywhere_is_unreadable()
    {
        var last = Sample.TrimEnd().Length - 1;
        foreach (var length in new[] { 1, last / 4, last / 2, last * 3 / 4, last })
        {
            Server.Answers(Path, Sample[..length]);
            Assert.Equal(SourceFault.Unreadable, (await FaultAsync(Source())).Kind);
        }
    }

    [Fact]
    public async Task A_damaged_answer_gives_quotes_or_a_fault_of_the_source_and_nothing_else() =>
        await Gen.Select(Gen.Int[0, Sample.Length - 1], Gen.Int[0, 40], Gen.String[Gen.Char["{}[]<>\"'/-+.,:eE0123456789 \nnullé"], 0, 12]).SampleAsync(
            async (at, cut, put) =>
            {
                Server.Answers(Path, Sample[..at] + put + Sample[Math.Min(Sample.Length, at + cut)..]);
                var fault = await Record.ExceptionAsync(() => Source().AskAsync(Sent, TestContext.Current.CancellationToken));
                Assert.True(fault is null or SourceFaultException, fault?.ToString());
            },
            iter: 200,
            threads: 1);

    protected static QuoteAsk AskOf(string pair, AmountSide side, decimal amount, string? country)
    {
        var currencies = CurrencyPair.Parse(pair);
        return new QuoteAsk(currencies, side, new Money(amount, side == AmountSide.Send ? currencies.Base : currencies.Quote), country);
    }

    /// <summary>Answers what is asked before the last question.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>What a status means for this service.</summary>
    protected virtual SourceFault Mapped(SourceFault status) => status;

    protected IQuoteSource Source() => Create(new HttpClient { BaseAddress = Server.Address });

    protected async Task<IReadOnlyList<CollectedQuote>> AskAsync(string answer, QuoteAsk? ask = null)
    {
        Server.Answers(Path, answer);
        return await Source().AskAsync(ask ?? Sent, TestContext.Current.CancellationToken);
    }

    protected async Task<CollectedQuote> OnlyOfAsync(string answer, QuoteAsk? ask = null) => Assert.Single(await AskAsync(answer, ask));

    protected async Task<SourceFaultException> FaultOfAsync(string answer, int status = 200)
    {
        Server.Answers(Path, answer, status);
        return await FaultAsync(Source());
    }

    private protected RobotsGate Robots() => new(new HttpClient(), Clock);

    private async Task<SourceFaultException> FaultAsync(IQuoteSource source)
    {
        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => source.AskAsync(Sent, TestContext.Current.CancellationToken));
        foreach (var secret in new[] { Secret, Uri.EscapeDataString(Secret) })
        {
            Assert.DoesNotContain(secret, fault.ToString(), StringComparison.OrdinalIgnoreCase);
        }

        return fault;
    }

    private static void AssertAddsUp(CollectedQuote quote, QuoteAsk ask)
    {
        Assert.Equal((ask.Pair, ask.Pair.Base, ask.Pair.Base, ask.Pair.Quote), (quote.Pair, quote.Paid.Currency, quote.Fee.Currency, quote.Received.Currency));
        Assert.InRange((quote.Paid.Amount - quote.Fee.Amount) * quote.ExchangeRate - quote.Received.Amount, -Unit(quote), Unit(quote));
    }

    // A minor unit of what arrives, or of what is sent where that is worth more.
    private static decimal Unit(CollectedQuote quote) => Math.Max(quote.Received.Currency.SmallestAmount, quote.Paid.Currency.SmallestAmount * quote.ExchangeRate);
}
