using Cambist.App.Quotes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Quotes;

public sealed class QuoteDeskTests : IAsyncDisposable
{
    private const decimal Mid = 0.92m;

    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));
    private readonly QuoteSourceHealth _health = new();
    private QuoteDesk? _desk;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async ValueTask DisposeAsync() => await (_desk?.DisposeAsync() ?? default);

    [Fact]
    public async Task A_quote_replaces_what_is_published_and_is_priced_with_its_own_figures()
    {
        Over(new ScriptedQuotes("api", ask => ScriptedQuotes.Quote(ask, Now, 0.91998m, fee: 7.33m) with { Received = Eur(913.24m) }));

        var row = await RowAsync("wise");

        Assert.Equal((Provenance.Live, "Quoted transfer", 913.24m, 0.91998m), (row.Offer.Provenance, row.Offer.Title, row.Cost!.Received.Amount, decimal.Round(row.Cost.ExchangeRate, 10)));
    }

    [Fact]
    public async Task A_provider_without_a_schedule_appears_beside_the_others()
    {
        Over(new ScriptedQuotes("api", ask => ScriptedQuotes.Quote(ask, Now, 0.9m, provider: "some-bank", provenance: Provenance.Estimate)));

        Assert.Equal(Provenance.Estimate, (await RowAsync("some-bank")).Offer.Provenance);
        Assert.Equal(FeeSchedules.All.Count + 1, (await AskAsync()).Panel.Providers.Count);
    }

    [Fact]
    public async Task Where_a_service_fails_what_is_published_stays_and_it_is_left_alone()
    {
        var source = Over(new ScriptedQuotes("api", (_, _) => throw new SourceFaultException(SourceFault.Unavailable, "It cannot be reached.")));

        Assert.Same(FeeSchedules.Panel, (await AskAsync()).Panel);
        _clock.Advance(TimeSpan.FromSeconds(29));
        await AskAsync();
        Assert.Equal(1, source.Asked);

        _clock.Advance(TimeSpan.FromSeconds(2));
        await AskAsync();
        Assert.Equal(2, source.Asked);
        Assert.Equal(2, _health.Of("api").FailedInARow);
    }

    [Theory]
    [InlineData(SourceFault.KeyRefused, 5.9, 6.1)]
    [InlineData(SourceFault.NotInPlan, 5.9, 6.1)]
    public async Task What_somebody_must_mend_is_left_alone_for_long(SourceFault fault, double before, double after)
    {
        var source = Over(new ScriptedQuotes("api", (_, _) => throw new SourceFaultException(fault, "No.")));
        await AskAsync();

        _clock.Advance(TimeSpan.FromHours(before));
        await AskAsync();
        Assert.Equal(1, source.Asked);

        _clock.Advance(TimeSpan.FromHours(after - before));
        await AskAsync();
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public async Task The_patience_that_a_service_asks_for_is_granted()
    {
        var source = Over(new ScriptedQuotes("api", (_, _) => throw new SourceFaultException(SourceFault.Throttled, "Too many.", TimeSpan.FromMinutes(7))));
        await AskAsync();

        _clock.Advance(TimeSpan.FromMinutes(6.9));
        await AskAsync(amount: 2000m);
        Assert.Equal(1, source.Asked);

        _clock.Advance(TimeSpan.FromMinutes(0.2));
        await AskAsync(amount: 2000m);
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public async Task A_quote_that_cannot_be_believed_is_counted_and_not_used()
    {
        Over(new ScriptedQuotes("api", ask => ScriptedQuotes.Quote(ask, Now, 1m / Mid)));

        Assert.Same(FeeSchedules.Panel, (await AskAsync()).Panel);
        Assert.Equal((0, 1), (_health.Of("api").Accepted, _health.Of("api").Refused));
        Assert.StartsWith("wise: far_from_mid.", _health.Of("api").LastRefusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_service_delays_nobody_longer_than_allowed_and_is_asked_once()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<CollectedQuote>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new ScriptedQuotes("slow", (_, cancel) => answer.Task.WaitAsync(cancel));
        Over(slow, new ScriptedQuotes("quick", ask => ScriptedQuotes.Quote(ask, Now, 0.91m, provider: "ofx")));

        var quick = _desk!.NextAnswer;
        await AskAsync(TimeSpan.Zero);
        await quick.WaitAsync(LongEnough, Cancelled);
        var meanwhile = await AskAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["slow"], meanwhile.Pending);
        Assert.Equal(0.91m, decimal.Round(Row(meanwhile, "ofx").Cost!.ExchangeRate, 10));

        var next = _desk.NextAnswer;
        answer.SetResult([ScriptedQuotes.Quote(new QuoteAsk(CurrencyPair.Parse("USD/EUR"), AmountSide.Send, Usd(1000m), "US"), Now, 0.919m)]);
        await next.WaitAsync(LongEnough, Cancelled);
        var then = await AskAsync(TimeSpan.Zero);

        Assert.Empty(then.Pending);
        Assert.Equal(0.919m, decimal.Round(Row(then, "wise").Cost!.ExchangeRate, 10));
        Assert.Equal(1, slow.Asked);
    }

    [Fact]
    public async Task A_quote_is_kept_for_four_hours_and_is_an_estimate_after_a_quarter_of_one()
    {
        var source = Over(new ScriptedQuotes("api", ask => ScriptedQuotes.Quote(ask, Now, 0.9154m)));
        await AskAsync();

        _clock.Advance(TimeSpan.FromMinutes(16));
        var later = await RowAsync("wise");
        Assert.Equal((Provenance.Estimate, 1), (later.Offer.Provenance, source.Asked));

        _clock.Advance(TimeSpan.FromHours(4));
        await AskedAgainAsync();
        Assert.Equal(Provenance.Live, (await RowAsync("wise")).Offer.Provenance);
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public async Task Where_mid_moves_the_markup_is_applied_to_the_new_rate_until_a_new_quote_is_there()
    {
        var rate = 0.9154m; // 50 basis points below mid.
        var held = Task.CompletedTask;
        var source = Over(new ScriptedQuotes("api", async (ask, cancel) =>
        {
            await held.WaitAsync(cancel);
            return [ScriptedQuotes.Quote(ask, Now, rate)];
        }));
        await AskAsync();

        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(Provenance.Live, (await RowAsync("wise", Mid * 1.0009m)).Offer.Provenance);
        Assert.Equal(1, source.Asked);

        rate = 0.93m;
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        held = answer.Task;
        var next = _desk!.NextAnswer;
        var moved = Row(await AskAsync(TimeSpan.Zero, Mid * 1.02m), "wise", Mid * 1.02m);
        Assert.Equal((Provenance.Estimate, 0.9154m * 1.02m), (moved.Offer.Provenance, decimal.Round(moved.Cost!.ExchangeRate, 10)));

        answer.SetResult();
        await next.WaitAsync(LongEnough, Cancelled);
        var fresh = await RowAsync("wise", Mid * 1.02m);
        Assert.Equal((Provenance.Live, 0.93m), (fresh.Offer.Provenance, decimal.Round(fresh.Cost!.ExchangeRate, 10)));
    }

    [Fact]
    public async Task The_providers_own_answer_goes_before_what_another_says_of_it()
    {
        Over(
            new ScriptedQuotes("a", ask => ScriptedQuotes.Quote(ask, Now, 0.919m, provenance: Provenance.Estimate)),
            new ScriptedQuotes("b", ask => ScriptedQuotes.Quote(ask, Now, 0.91m)),
            new ScriptedQuotes("c", ask => ScriptedQuotes.Quote(ask, Now.AddMinutes(-1), 0.918m, provenance: Provenance.Estimate)));

        Assert.Equal(0.91m, decimal.Round((await RowAsync("wise")).Cost!.ExchangeRate, 10));
    }

    [Fact]
    public async Task Questions_without_number_neither_grow_the_desk_without_bound_nor_flood_a_service()
    {
        var held = new TaskCompletionSource<IReadOnlyList<CollectedQuote>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = Over(new ScriptedQuotes("api", (_, cancel) => held.Task.WaitAsync(cancel)));
        for (var amount = 1; amount <= 5_000; amount++)
        {
            await _desk!.AskAsync(Question(amount, Mid), TimeSpan.Zero, Cancelled);
        }

        Assert.InRange(source.Asked, 0, 4);
        held.SetResult([]);
    }

    [Fact]
    public async Task A_desk_that_ends_does_not_wait_for_a_service()
    {
        Over(new ScriptedQuotes("api", async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return [];
        }));
        await AskAsync(TimeSpan.FromMilliseconds(1));

        await _desk!.DisposeAsync().AsTask().WaitAsync(LongEnough, Cancelled);
        _desk = null;
    }

    private static Money Usd(decimal amount) => new(amount, Currency.Parse("USD"));

    private static Money Eur(decimal amount) => new(amount, Currency.Parse("EUR"));

    private static PriceQuestion Question(decimal amount, decimal mid) =>
        new(CurrencyPair.Parse("USD/EUR"), AmountSide.Send, Usd(amount), mid, new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero), ["US"]);

    private static ProviderQuote Row(QuotedPanel quoted, string provider, decimal mid = Mid) => quoted.Panel.Rank(Question(1000m, mid)).Single(quote => quote.Provider.Id == provider);

    private ScriptedQuotes Over(params ScriptedQuotes[] sources)
    {
        _desk = new QuoteDesk(sources, _health, QuotesOptions.Default, _clock, NullLogger<QuoteDesk>.Instance);
        return sources[0];
    }

    private Task<QuotedPanel> AskAsync(TimeSpan? patience = null, decimal mid = Mid, decimal amount = 1000m) =>
        _desk!.AskAsync(Question(amount, mid) with { At = Now }, patience ?? LongEnough, Cancelled).AsTask();

    private async Task<ProviderQuote> RowAsync(string provider, decimal mid = Mid)
    {
        var quoted = await AskAsync(mid: mid);
        return quoted.Panel.Rank(Question(1000m, mid) with { At = Now }).Single(quote => quote.Provider.Id == provider);
    }

    private async Task AskedAgainAsync()
    {
        var next = _desk!.NextAnswer;
        await AskAsync(TimeSpan.Zero);
        await next.WaitAsync(LongEnough, Cancelled);
    }
}
