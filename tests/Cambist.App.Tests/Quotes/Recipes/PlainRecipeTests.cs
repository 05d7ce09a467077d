using Cambist.App.Quotes.Recipes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>The shipped example against an invented page, over plain HTTP.</summary>
public sealed class PlainRecipeTests : IAsyncLifetime
{
    private StandInServer? _server;

    private StandInServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StandInServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task A_page_becomes_a_quote()
    {
        var quote = await QuoteOfAsync(BankPage.Html);

        Assert.Equal(("example-bank", ProviderKind.Bank, Provenance.Live), (quote.Provider, quote.Kind, quote.Provenance));
        Assert.Equal((Eur(1000m), Eur(3.90m), Usd(1080.27m), 1.0845m), (quote.Paid, quote.Fee, quote.Received, quote.ExchangeRate));
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 14, 30, 0, TimeSpan.Zero), quote.CollectedAt);
        Assert.Equal("1–2 business days", quote.Delivery!.Text);
        Assert.Equal("https://bank.example/calculator?from=EUR&to=USD&amount=1000", quote.SourceUrl.AbsoluteUri);
        Assert.Equal(["/robots.txt", "/calculator?from=EUR&to=USD&amount=1000"], Server.Requests.Select(request => request.Address));
    }

    [Theory]
    [InlineData("3.90 EUR", "Ask us", "its checks: a figure 'fee': a number was expected, found 'Ask us'")]
    [InlineData("<p class=\"fee\">3.90 EUR</p>", "", "step 4: a text at '#result .fee' was expected, found no such element")]
    [InlineData("<p class=\"fee\">3.90 EUR</p>", "<p class=\"fee\"> </p>", "step 4: a text at '#result .fee' was expected, found an empty one")]
    [InlineData("<p class=\"fee\">", "<p class=\"fee\">0</p><p class=\"fee\">", "step 4: a text at '#result .fee' was expected, found 2 elements")]
    [InlineData("= 1.0845 USD", "is 1.0845 USD", "step 5: a text like '= ([0-9.,]+) [A-Z]{3}' at '#result .rate' was expected, found '1 EUR is 1.0845 USD'")]
    [InlineData("<time datetime=\"2026-03-27T14:30:00Z\">", "<time>", "step 8: an attribute 'datetime' at '#result time' was expected")]
    [InlineData("<p class=\"paid\">1,000.00", "<p class=\"paid\">900.00", "its checks: a figure 'paid' of 1000 EUR was expected, found 900.00 EUR")]
    [InlineData("1,080.27", "1,080.41", "its checks: (1000 EUR - 3.90 EUR) x 1.0845 = 1080.27 USD to arrive was expected, found 1080.41 USD")]
    [InlineData("1,080.27", "1.080,27", "its checks: a figure 'received': one number like '1,234.56' was expected")]
    [InlineData("1,080.27", "1,080.271", "with at most 2 decimals")]
    [InlineData("1,080.27", "0.00", "an amount above 0")]
    [InlineData("3.90 EUR", "-3.90 EUR", "a number of 0 or more")]
    [InlineData("3.90 EUR", "1,000.00 EUR", "a fee below the 1000 EUR")]
    [InlineData("= 1.0845 USD", "= 1.08 USD", "a rate written to a thousandth of itself")]
    [InlineData("2026-03-27T14:30", "2026-03-27T13:30", "figures of the last 01:00:00")]
    [InlineData("2026-03-27T14:30", "2026-03-27T15:30", "figures of the past")]
    [InlineData("14:30:00Z", "14:30:00", "a time with its offset")]
    [InlineData("id=\"result\"", "id=\"answer\"", "step 2: a text like '^You send' at '#result h2' was expected, found no such element")]
    public async Task A_page_that_is_not_as_the_recipe_says_breaks_it_and_says_where(string good, string bad, string where)
    {
        var fault = await FaultOfAsync(Changed(good, bad));

        Assert.Equal(SourceFault.Unreadable, fault.Kind);
        Assert.StartsWith("The recipe broke at ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(where, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_currencies_that_were_asked_must_stand_in_the_result()
    {
        Server.Answers(BankPage.Path, BankPage.Html, contentType: "text/html");

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Asks("1000", to: "GBP")));

        Assert.Contains("its checks: the text 'GBP' at '#result' was expected, found none", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_says_that_it_has_no_figures_is_told_in_its_words()
    {
        var fault = await FaultOfAsync("<html lang=en><body><h1>Our calculator is Temporarily\n unavailable</h1></body></html>");

        Assert.Equal((SourceFault.Unavailable, "The page says 'temporarily unavailable'."), (fault.Kind, fault.Message));
    }

    [Theory]
    [InlineData("free")]
    [InlineData("no fee")]
    public async Task A_fee_that_the_page_says_is_none_is_none(string words)
    {
        var quote = await QuoteOfAsync(Changed("3.90 EUR", words).Replace("1,080.27", "1,084.50", StringComparison.Ordinal));

        Assert.Equal((Eur(0m), Usd(1084.50m)), (quote.Fee, quote.Received));
    }

    [Fact]
    public async Task Words_about_delivery_that_the_recipe_does_not_know_stay_unknown() =>
        Assert.Null((await QuoteOfAsync(Changed("1-2 business days", "soon"))).Delivery);

    [Fact]
    public async Task A_rate_that_the_page_does_not_tell_is_worked_out_and_the_quote_says_so()
    {
        var quote = await QuoteOfAsync(BankPage.Html, BankPage.Example(("{ \"read\": \"rate\", \"selector\": \"#result .rate\", \"pattern\": \"= ([0-9.,]+) [A-Z]{3}\" },", "")));

        Assert.Equal((1080.27m / 996.10m, Provenance.Estimate), (quote.ExchangeRate, quote.Provenance));
        Assert.Contains("The rate is worked out", quote.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_that_the_page_does_not_tell_is_worked_out_and_rounded_down()
    {
        var quote = await QuoteOfAsync(BankPage.Html, BankPage.Example(("{ \"read\": \"received\", \"selector\": \"#result .received\" },", "")));

        Assert.Equal((Usd(1080.27m), Provenance.Estimate), (quote.Received, quote.Provenance));
    }

    [Fact]
    public async Task A_fee_on_top_is_taken_out_of_the_amount_that_was_asked()
    {
        var html = Changed("1,000.00 EUR", "1,003.90 EUR").Replace("1,080.27", "1,084.50", StringComparison.Ordinal);

        var quote = await QuoteOfAsync(html, BankPage.Example(("deducted", "on_top")));

        Assert.Equal((Eur(1000m), Eur(3.90m), Usd(1080.27m), FeeMode.OnTop), (quote.Paid, quote.Fee, quote.Received, quote.FeeMode));
        Assert.Equal(Provenance.Estimate, quote.Provenance);
        Assert.Contains("The page puts its fee of 3.90 EUR on top of 1000 EUR", quote.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_that_is_to_arrive_is_asked_as_such()
    {
        Server.Answers(BankPage.Path, BankPage.Html, contentType: "text/html");
        var recipe = BankPage.Example(("[\"send\"]", "[\"receive\"]"), ("amount={amount}", "amount={amount}&side={side}"));

        var quote = await AskAsync(BankPage.Asks("1080.27", side: AmountSide.Receive), recipe);

        Assert.Equal((Eur(1000m), Usd(1080.27m)), (quote.Paid, quote.Received));
        Assert.EndsWith("amount=1080.27&side=receive", Server.Requests[^1].Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "1,080.27")]
    [InlineData("de-CH", "1'080.27")]
    [InlineData("de-CH", "1’080.27")]
    public async Task A_page_tells_by_its_language_how_it_writes_numbers(string language, string received)
    {
        var html = Changed("lang=\"en\"", $"lang=\"{language}\"").Replace("1,080.27", received, StringComparison.Ordinal).Replace("1,000.00", "1000.00", StringComparison.Ordinal);

        Assert.Equal(Usd(1080.27m), (await QuoteOfAsync(html, ByLanguage)).Received);
    }

    [Fact]
    public async Task A_page_whose_language_does_not_tell_breaks_the_recipe()
    {
        Server.Answers(BankPage.Path, Changed(" lang=\"en\"", ""), contentType: "text/html");

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask, ByLanguage));

        Assert.Contains("a page whose language tells how it writes numbers was expected, found 'none'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(403, SourceFault.NotInPlan)]
    [InlineData(404, SourceFault.Refused)]
    [InlineData(500, SourceFault.Unavailable)]
    public async Task A_status_is_what_it_says(int status, SourceFault expected)
    {
        Server.Refuses(BankPage.Path, status, "<h1>No</h1>");

        Assert.Equal(expected, (await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask))).Kind);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_for_the_recipe_names_the_page()
    {
        Server.Refuses(BankPage.Path, 302, "", ("Location", "/elsewhere"));

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask));

        Assert.Contains("step 1: the page was expected, found a redirect", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Server.Requests, request => request.Address == "/elsewhere");
    }

    [Fact]
    public async Task A_page_that_never_answers_is_given_up_when_its_time_is_over()
    {
        Server.Hangs(BankPage.Path);

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask, limit: TimeSpan.FromMilliseconds(300)));

        Assert.Equal((SourceFault.Unavailable, "The page did not answer within 0.3 s."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task A_page_that_cannot_be_reached_is_unavailable()
    {
        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask, host: StandInServer.Unreachable));

        Assert.Equal(SourceFault.Unavailable, fault.Kind);
    }

    [Fact]
    public async Task A_page_that_asks_robots_to_stay_away_is_not_visited()
    {
        Server.Answers("/robots.txt", "User-agent: *\nDisallow: /calculator", contentType: "text/plain");

        var fault = await FaultOfAsync(BankPage.Html);

        Assert.Equal(SourceFault.NotInPlan, fault.Kind);
        Assert.Equal("/robots.txt", Assert.Single(Server.Requests).Address);
    }

    [Theory]
    [InlineData("EUR", "USD", "DE", "1000", true)]
    [InlineData("EUR", "USD", null, "1000", true)]
    [InlineData("EUR", "USD", "FR", "1000", false)]
    [InlineData("EUR", "JPY", "DE", "1000", false)]
    [InlineData("USD", "EUR", "DE", "1000", false)]
    [InlineData("EUR", "USD", "DE", "1000.001", false)]
    public void A_recipe_serves_its_currencies_countries_and_whole_minor_units(string from, string to, string? country, string amount, bool serves) =>
        Assert.Equal(serves, Source(BankPage.Example()).Serves(BankPage.Asks(amount, from, to, country: country)));

    [Fact]
    public void A_side_that_the_page_does_not_take_is_not_served() =>
        Assert.False(Source(BankPage.Example()).Serves(BankPage.Asks("1000", side: AmountSide.Receive)));

    [Fact]
    public void A_recipe_is_never_an_official_source()
    {
        var profile = Source(BankPage.Example()).Profile;

        Assert.Equal(("example-bank", false, new Uri("https://bank.example"), TimeSpan.FromMinutes(1)), (profile.Id, profile.IsOfficial, profile.PublicAddress, profile.Gap));
        Assert.Equal(["example-bank"], profile.Providers);
    }

    private static PageRecipe ByLanguage => BankPage.Example(("{ \"decimal\": \".\", \"group\": \",\" }", "null"));

    private static Money Eur(decimal amount) => new(amount, Currency.Parse("EUR"));

    private static Money Usd(decimal amount) => new(amount, Currency.Parse("USD"));

    private static string Changed(string good, string other)
    {
        Assert.Contains(good, BankPage.Html, StringComparison.Ordinal);
        return BankPage.Html.Replace(good, other, StringComparison.Ordinal);
    }

    private Task<CollectedQuote> QuoteOfAsync(string html, PageRecipe? recipe = null)
    {
        Server.Answers(BankPage.Path, html, contentType: "text/html; charset=utf-8");
        return AskAsync(BankPage.Ask, recipe);
    }

    private Task<SourceFaultException> FaultOfAsync(string html) => Assert.ThrowsAsync<SourceFaultException>(() => QuoteOfAsync(html));

    private async Task<CollectedQuote> AskAsync(QuoteAsk ask, PageRecipe? recipe = null, TimeSpan? limit = null, Uri? host = null) =>
        Assert.Single(await Source(recipe ?? BankPage.Example(), limit: limit, host: host).AskAsync(ask, TestContext.Current.CancellationToken));

    private RecipeSource Source(PageRecipe recipe, TimeSpan? limit = null, Uri? host = null)
    {
        var options = new PageBrowserOptions { JobLimit = limit ?? TimeSpan.FromSeconds(30) };
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        return new RecipeSource(
            recipe, new PlainPages(http, options), new RobotsGate(new HttpClient(), TimeProvider.System), new QuoteSourceOptions { BaseUrl = host ?? Server.Address }, options, new FakeTimeProvider(BankPage.Now));
    }
}
