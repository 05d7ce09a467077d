using System.ComponentModel;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Quotes;
using Cambist.App.Rates;
using Cambist.Client;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Cambist.App.Assistant;

/// <summary>Brings rates up to date before a tool answers, where nothing else does.</summary>
public delegate ValueTask LookAtMarket(CancellationToken cancellationToken);

/// <summary>Notes advice that was given, where it is noted.</summary>
/// <param name="user">Who asked; null: a stranger.</param>
/// <param name="form">The question.</param>
/// <param name="answer">The answer as it goes out.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate ValueTask NoteAdvice(ClaimsPrincipal? user, AskForm form, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken);

/// <summary>
/// What a person's AI assistant may ask, as tools of the Model Context Protocol. They answer as the REST routes do, in the same JSON; what cannot be answered is an error with the same
/// code and sentence.
/// </summary>
[McpServerToolType]
public sealed class AssistantTools(ConversionAssistant assistant, RatesWire rates, ForecastDesk forecasts, LookAtMarket lookAtMarket, NoteAdvice noteAdvice)
{
    /// <summary>What the server says of itself to the assistant that connects.</summary>
    public const string Instructions =
        "Cambist says whether to convert money from one currency to another now or to wait, with which provider, at what all-in cost, and how sure it is. "
        + "Pass its numbers on as they are, with their times and the disclaimer; where it says that something is unknown, say so. It gives information, not financial advice, and moves no money.";

    /// <summary>The advice.</summary>
    [McpServerTool(Name = "ask", Title = "Convert now or wait?", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("Advises whether to convert an amount now or to wait until later, with the best provider, all-in costs of every provider, the expected saving of waiting, how sure it is, and the latest safe date.")]
    public async Task<string> AskAsync(
        [Description("The amount, as in 5000 or 2500.50.")] string amount,
        [Description("ISO 4217 code of the currency one has, as in USD.")] string from_currency,
        [Description("ISO 4217 code of the currency one needs, as in EUR.")] string to_currency,
        [Description("When the money must have arrived: a date such as 2026-03-15 or an ISO 8601 instant. Leave out if there is no deadline.")] string? deadline = null,
        [Description("conservative, moderate or aggressive.")] string? risk_tolerance = null,
        [Description("send: the amount is what one pays in total; receive: the amount is what must arrive.")] string? amount_side = null,
        [Description("Id of the provider that the person would use otherwise, as compare_providers names it.")] string? usual_provider = null,
        [Description("A rate to wait for, in units of to_currency per unit of from_currency. Leave out if the person named none.")] string? target_rate = null,
        [Description("A rate at which to stop waiting, in the same units. Leave out if the person named none.")] string? floor_rate = null,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default)
    {
        await lookAtMarket(cancellationToken);
        var form = new AskForm { Amount = amount, From = from_currency, To = to_currency, By = deadline, Risk = risk_tolerance, Side = amount_side, UsualProvider = usual_provider, TargetRate = target_rate, FloorRate = floor_rate };
        var answer = await assistant.AdviseAsync(form, cancellationToken) switch
        {
            AdviceAnswer.Given given => given.Json,
            AdviceAnswer.Refused refused => throw Refusal(refused.Problem),
            _ => throw new InvalidOperationException("Advice is given or refused."),
        };
        await noteAdvice(user, form, answer, cancellationToken);
        return Encoding.UTF8.GetString(answer);
    }

    /// <summary>The cost table.</summary>
    [McpServerTool(Name = "compare_providers", Title = "Compare providers", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("What banks, fintechs, exchanges and transfer services charge for a conversion all in, cheapest first, with where each figure comes from and how old it is. Unknown fees are said to be unknown.")]
    public async Task<string> CompareProvidersAsync(
        [Description("The amount, as in 5000 or 2500.50.")] string amount,
        [Description("ISO 4217 code of the currency one has.")] string from_currency,
        [Description("ISO 4217 code of the currency one needs.")] string to_currency,
        [Description("send: the amount is what one pays in total; receive: the amount is what must arrive.")] string? amount_side = null,
        CancellationToken cancellationToken = default)
    {
        await lookAtMarket(cancellationToken);
        return await assistant.CompareAsync(new AskForm { Amount = amount, From = from_currency, To = to_currency, Side = amount_side }, patience: null, cancellationToken) switch
        {
            CostTableAnswer.Given given => Json(given.Table, CambistJson.Wire.IReadOnlyListProviderQuote),
            CostTableAnswer.Refused refused => throw Refusal(refused.Problem),
            _ => throw new InvalidOperationException("A cost table is given or refused."),
        };
    }

    /// <summary>The latest rates.</summary>
    [McpServerTool(Name = "latest_rates", Title = "Latest rates", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("The latest mid-market rates with their sources and ages; a stale rate is marked.")]
    public async Task<string> LatestRatesAsync(
        [Description("Pairs separated by commas, as in USD/EUR,GBP/JPY. Leave out for every pair that sources publish.")] string? pairs = null, CancellationToken cancellationToken = default)
    {
        await lookAtMarket(cancellationToken);
        var (latest, problem) = rates.Latest(pairs);
        return latest is null ? throw Refusal(problem!) : Json(latest, CambistJson.Wire.LatestRates);
    }

    /// <summary>The forecast.</summary>
    [McpServerTool(Name = "forecast", Title = "Forecast a rate", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("The distribution of a pair's rate 1 to 24 hours ahead: mean, standard deviation and nine quantiles for each hour, and which model says so. The mean is today's rate unless a model has proven an edge.")]
    public async Task<string> ForecastAsync([Description("A pair such as EUR/USD.")] string pair, CancellationToken cancellationToken = default)
    {
        await lookAtMarket(cancellationToken);
        var (forecast, problem) = forecasts.Forecast(pair);
        return forecast is null ? throw Refusal(problem!) : Json(forecast, CambistJson.Wire.ForecastResponse);
    }

    /// <summary>P(touch).</summary>
    [McpServerTool(Name = "target_probability", Title = "Chance of a target rate", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("How likely a pair's rate is to reach a target at any moment until an instant of the next 90 days.")]
    public async Task<string> TargetProbabilityAsync(
        [Description("A pair such as EUR/USD.")] string pair,
        [Description("The target rate, quote currency per unit of base currency, as in 1.12.")] string target,
        [Description("A date such as 2026-03-15, whose end counts, or an ISO 8601 instant.")] string by,
        [Description("IANA time zone of the date; UTC if left out.")] string? time_zone = null,
        CancellationToken cancellationToken = default)
    {
        await lookAtMarket(cancellationToken);
        var (probability, problem) = forecasts.Reach(pair, target, by, time_zone);
        return probability is null ? throw Refusal(problem!) : Json(probability, CambistJson.Wire.TargetProbability);
    }

    /// <summary>An answer as its route has it.</summary>
    internal static string Json<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);

    /// <summary>A problem as an error of the protocol.</summary>
    internal static McpException Refusal(Problem problem) => new($"{problem.Code}: {problem.Detail}");
}
