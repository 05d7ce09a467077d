using System.CommandLine;
using System.Globalization;
using Cambist.App.Quotes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary><c>cambist providers check</c>: which schedules are due for a review, and what each service and page recipe answers to a usual question.</summary>
internal static class ProvidersCheckCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Between them every source finds something that it serves.
    private static readonly (string Pair, string Country)[] UsualQuestions = [("USD/EUR", "US"), ("GBP/EUR", "GB"), ("EUR/USD", "DE"), ("USD/INR", "US"), ("GBP/PKR", "GB")];

    public static Command Create()
    {
        var command = new Command("check", "Check schedules, services and page recipes: what is outdated, what answers, what broke.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = await LocalAssistant.StartAsync(parsed, asksLiveSources: true, cancellationToken);
        var clock = services.GetRequiredService<TimeProvider>();
        var asked = services.GetServices<IQuoteSource>().ToDictionary(source => source.Profile.Id);
        List<DoctorCheck> checks = [.. FeeSchedules.All.Select(schedule => Look(schedule, clock.GetUtcNow()))];
        checks.AddRange(await Task.WhenAll(services.GetServices<KnownQuoteSource>().OrderBy(known => known.Profile.Id, StringComparer.Ordinal).Select(known =>
            asked.TryGetValue(known.Profile.Id, out var source)
                ? LookAsync(known, source, services.GetRequiredService<RateDesk>(), cancellationToken)
                : Task.FromResult(DoctorCheck.Off(NameOf(known), known.WhyOff!)))));

        var report = DoctorReport.Of(checks, clock.GetUtcNow());
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(report);
        }
        else
        {
            report.Write();
        }

        return report.Status == "failed" ? ExitCode.Failed : ExitCode.Done;
    }

    private static DoctorCheck Look(FeeSchedule schedule, DateTimeOffset now)
    {
        var name = $"schedule:{schedule.Id}";
        var offers = schedule.Offers.Count == 1 ? "1 offer" : string.Create(CultureInfo.InvariantCulture, $"{schedule.Offers.Count} offers");
        var outdated = schedule.Offers.Where(offer => offer.IsOutdated(now)).ToArray();
        return outdated is []
            ? DoctorCheck.Ok(name, $"{offers}, the oldest figures of {schedule.Offers.Min(offer => offer.CollectedAt):yyyy-MM-dd}")
            : DoctorCheck.Warning(
                name,
                string.Create(CultureInfo.InvariantCulture, $"{offers}, {outdated.Length} with figures older than {FeeOffer.ReviewAfter.Days} days, the oldest of {outdated.Min(offer => offer.CollectedAt):yyyy-MM-dd}"),
                $"Read them again at {outdated.MinBy(offer => offer.CollectedAt)!.SourceUrl}");
    }

    private static async Task<DoctorCheck> LookAsync(KnownQuoteSource known, IQuoteSource source, RateDesk rates, CancellationToken cancellationToken)
    {
        var name = NameOf(known);
        if (UsualQuestion(source) is not { } ask)
        {
            return DoctorCheck.Skipped(name, "it serves none of the questions that are asked here");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return Judge(name, ask, await source.AskAsync(ask, limit.Token), rates);
        }
        catch (SourceFaultException fault)
        {
            return DoctorCheck.Failed(name, $"{fault.Kind}: {fault.Message}", $"Check the network, a proxy, and {known.Section}:BaseUrl; or set {known.Section}:Enabled to false. What is published is shown meanwhile.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DoctorCheck.Failed(name, $"no answer within {Patience.TotalSeconds:0} s", $"Check the network, a proxy, and {known.Section}:BaseUrl.");
        }
    }

    private static DoctorCheck Judge(string name, QuoteAsk ask, IReadOnlyList<CollectedQuote> quotes, RateDesk rates)
    {
        var told = $"{ask.Amount} of {ask.Pair}: {string.Join(", ", quotes.Select(quote => $"{quote.Name} {quote.Received}"))}";
        if (quotes.Count == 0)
        {
            return DoctorCheck.Warning(name, $"answers, and has nothing for {ask.Amount} of {ask.Pair}", "Ask it about another amount or pair.");
        }

        if (rates.Find(ask.Pair, null) is not { } rate || rate.IsStale(rates.Now))
        {
            return DoctorCheck.Warning(name, $"answers {told}; there is no fresh rate to hold that against", "See cambist rates sources.");
        }

        var question = new PriceQuestion(ask.Pair, ask.Side, ask.Amount, rate.Rate.Mid, rates.Now, ask.Country is { } country ? [country] : []);
        return quotes.Select(quote => (quote.Name, Fault: QuoteChecks.FirstFault(quote, question))).FirstOrDefault(quote => quote.Fault is not null) is { Fault: { } fault } refused
            ? DoctorCheck.Warning(name, $"answers {told}; refused of {refused.Name}: {fault.Detail}", "Compare it with the provider's own page.")
            : DoctorCheck.Ok(name, $"answers {told}");
    }

    private static QuoteAsk? UsualQuestion(IQuoteSource source) => UsualQuestions
        .Select(usual => CurrencyPair.Parse(usual.Pair) is var pair ? new QuoteAsk(pair, AmountSide.Send, new Money(1000m, pair.Base), usual.Country) : null)
        .FirstOrDefault(ask => source.Serves(ask!));

    private static string NameOf(KnownQuoteSource known) => known.Section.Split(':') is [_, "Recipes", ..] ? $"recipe:{known.Profile.Id}" : $"quotes:{known.Profile.Id}";
}
