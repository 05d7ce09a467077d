using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cambist.Client;

/// <summary>A typed client of the REST interface. Give it an <see cref="HttpClient"/> whose base address is the service's.</summary>
public sealed class CambistClient
{
    private readonly CambistCalls _calls;

    /// <summary>A client.</summary>
    /// <param name="http">What it asks with; its base address is the service's.</param>
    /// <param name="tokens">Whose requests they are; they are refreshed where they have run out. Null: nobody's.</param>
    public CambistClient(HttpClient http, CambistTokens? tokens = null)
    {
        _calls = new CambistCalls(http, tokens);
        Account = new AccountClient(http, _calls, tokens);
        Goals = new GoalClient(_calls);
    }

    /// <summary>Registering, logging in, and one's own account.</summary>
    public AccountClient Account { get; }

    /// <summary>One's goals.</summary>
    public GoalClient Goals { get; }

    /// <summary>Convert now, or wait?</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<AnalyzeResponse> AnalyzeAsync(AnalyzeRequest question, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Post, "api/v1/analyze", question, CambistJson.Wire.AnalyzeRequest, CambistJson.Wire.AnalyzeResponse, cancellationToken);

    /// <summary>What each provider costs all in, best first.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<IReadOnlyList<ProviderQuote>> ProvidersAsync(string fromCurrency, string toCurrency, decimal amount, CancellationToken cancellationToken = default) =>
        GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"api/v1/providers?from_currency={Escaped(fromCurrency)}&to_currency={Escaped(toCurrency)}&amount={amount}"),
            CambistJson.Wire.IReadOnlyListProviderQuote,
            cancellationToken);

    /// <summary>The latest rates of pairs such as <c>EUR/USD</c>; none: every pair that is observed directly.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<LatestRates> LatestRatesAsync(IEnumerable<string> pairs, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/rates/latest?pairs={Escaped(string.Join(',', pairs))}", CambistJson.Wire.LatestRates, cancellationToken);

    /// <summary>Where rates come from: every source and live feed that the service knows, and how each fares.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<RateSources> RateSourcesAsync(CancellationToken cancellationToken = default) => GetAsync("api/v1/rates/sources", CambistJson.Wire.RateSources, cancellationToken);

    /// <summary>A page of the rates that do not count, newest first, each with the reason; pass the page's <see cref="RateRefusals.NextCursor"/> for the next one.</summary>
    /// <param name="since">Nothing that was observed earlier.</param>
    /// <param name="source">Id of a source; null: of all.</param>
    /// <param name="cursor">Where the page begins; null: at the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<RateRefusals> RateRefusalsAsync(DateTimeOffset since, string? source = null, string? cursor = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            $"api/v1/rates/refusals?since={Zulu(since)}{(source is null ? "" : $"&source={Escaped(source)}")}{(cursor is null ? "" : $"&cursor={Escaped(cursor)}")}",
            CambistJson.Wire.RateRefusals,
            cancellationToken);

    /// <summary>The rates of pairs as they change; none: of every pair that is observed directly. The first event is a snapshot, later ones a rate each or a sign of life.</summary>
    /// <param name="pairs">Pairs such as <c>EUR/USD</c>.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public async IAsyncEnumerable<RateEvent> RateStreamAsync(IEnumerable<string> pairs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var address = CambistCalls.Relative($"api/v1/rates/stream?pairs={Escaped(string.Join(',', pairs))}");
        using var response = await _calls.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await CambistCalls.RefuseProblemAsync(response, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var told in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            yield return told.EventType switch
            {
                "snapshot" => new RateEvent(JsonSerializer.Deserialize(told.Data, CambistJson.Wire.LatestRates), null),
                "rate" => new RateEvent(null, JsonSerializer.Deserialize(told.Data, CambistJson.Wire.LatestRate)),
                _ => new RateEvent(null, null),
            };
        }
    }

    /// <summary>A page of recorded bars; pass the page's <see cref="RateHistoryPage.NextCursor"/> for the next one.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<RateHistoryPage> RateHistoryAsync(
        string pair, DateTimeOffset from, DateTimeOffset to, string? cursor = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            $"api/v1/rates/history?pair={Escaped(pair)}&from={Zulu(from)}&to={Zulu(to)}{(cursor is null ? "" : $"&cursor={Escaped(cursor)}")}",
            CambistJson.Wire.RateHistoryPage,
            cancellationToken);

    /// <summary>The forecast of a pair, 1 to 24 hours ahead.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<ForecastResponse> ForecastAsync(string baseCurrency, string quoteCurrency, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/forecasts/{Escaped(baseCurrency)}/{Escaped(quoteCurrency)}", CambistJson.Wire.ForecastResponse, cancellationToken);

    /// <summary>How likely a rate is to reach a target at any moment until an instant, at most 90 days ahead.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<TargetProbability> TargetProbabilityAsync(string pair, decimal target, DateTimeOffset by, CancellationToken cancellationToken = default) =>
        GetAsync(FormattableString.Invariant($"api/v1/targets/probability?pair={Escaped(pair)}&target={target}&by={Zulu(by)}"), CambistJson.Wire.TargetProbability, cancellationToken);

    /// <summary>How live forecasts of the last 90 days fared.</summary>
    /// <param name="model">A model's id; null: all.</param>
    /// <param name="pair">A pair; null: all.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<ForecastRecord> ForecastRecordAsync(string? model = null, string? pair = null, CancellationToken cancellationToken = default) =>
        GetAsync($"api/v1/record/forecasts?model={Escaped(model ?? "")}&pair={Escaped(pair ?? "")}", CambistJson.Wire.ForecastRecord, cancellationToken);

    /// <summary>What following the advice was worth.</summary>
    /// <param name="pair">A pair as it was replayed, such as EUR/USD; null: all.</param>
    /// <param name="amount">An amount; null: all.</param>
    /// <param name="risk">A risk tolerance; null: all.</param>
    /// <param name="side"><c>SELL_BASE</c> or <c>BUY_BASE</c>; null: both.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<AdviceRecord> AdviceRecordAsync(string? pair = null, decimal? amount = null, string? risk = null, string? side = null, CancellationToken cancellationToken = default) =>
        GetAsync(FormattableString.Invariant($"api/v1/record/advice?pair={Escaped(pair ?? "")}&amount={amount}&risk={Escaped(risk ?? "")}&side={Escaped(side ?? "")}"), CambistJson.Wire.AdviceRecord, cancellationToken);

    /// <summary>The forecasting models that the service has, and which of them serves. For admins.</summary>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<ModelList> ModelsAsync(CancellationToken cancellationToken = default) => GetAsync("api/v1/models", CambistJson.Wire.ModelList, cancellationToken);

    /// <summary>Makes a model champion. For admins.</summary>
    /// <param name="id">The model.</param>
    /// <param name="request">Whether it is forced, and why.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CambistProblemException">The service answered with a problem.</exception>
    public Task<ModelSummary> PromoteModelAsync(string id, PromoteModelRequest request, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Post, $"api/v1/models/{Escaped(id)}/promote", request, CambistJson.Wire.PromoteModelRequest, CambistJson.Wire.ModelSummary, cancellationToken);

    private Task<T> GetAsync<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellationToken) => _calls.GetAsync(address, type, cancellationToken);

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static string Zulu(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The service answered with a problem.</summary>
public sealed class CambistProblemException(Problem problem) : Exception($"{problem.Title} ({problem.Code}): {problem.Detail}")
{
    /// <summary>What it said.</summary>
    public Problem Problem { get; } = problem;
}
