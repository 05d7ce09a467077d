namespace Cambist.Client;

/// <summary>The question of <c>POST /api/v1/analyze</c>: I have (or need) this much, by then: convert now, or wait?</summary>
public sealed record AnalyzeRequest
{
    /// <summary>How much, in the currency that <see cref="AmountSide"/> names: above zero, no more decimals than the currency has.</summary>
    public required decimal Amount { get; init; }

    /// <summary>ISO 4217 code of the money that the person has.</summary>
    public required string FromCurrency { get; init; }

    /// <summary>ISO 4217 code of the money that the person needs.</summary>
    public required string ToCurrency { get; init; }

    /// <summary>When the money is needed: a date (to the end of that day) or an instant with an offset. Absent: 30 days from now.</summary>
    public string? Deadline { get; init; }

    /// <summary><c>conservative</c>, <c>moderate</c> (default) or <c>aggressive</c>.</summary>
    public string? RiskTolerance { get; init; }

    /// <summary><c>send</c> (default: exactly this much leaves) or <c>receive</c> (exactly this much arrives).</summary>
    public string? AmountSide { get; init; }

    /// <summary>ISO 3166 alpha-2 code of the country that the person sends from. Absent: any country in which the send currency is at home.</summary>
    public string? Country { get; init; }

    /// <summary>Id of the provider that the person would use without advice.</summary>
    public string? UsualProvider { get; init; }

    /// <summary>Ids of providers that must not be advised.</summary>
    public IReadOnlyList<string>? ExcludedProviders { get; init; }

    /// <summary>Ids of the providers' plans that the person is on, as in <c>revolut-premium</c>.</summary>
    public IReadOnlyList<string>? Plans { get; init; }

    /// <summary>How the money must be paid in: <c>any</c> (default), <c>bank_transfer</c>, <c>card</c>, <c>cash</c>, <c>balance</c> or <c>mobile_wallet</c>.</summary>
    public string? PayIn { get; init; }

    /// <summary>How it must be paid out, in the same words.</summary>
    public string? PayOut { get; init; }

    /// <summary>The rate that is waited for, in units of the currency that is needed per unit of the one that one has: until it is reached the advice is to wait as long as it is safe. Absent: none.</summary>
    public decimal? TargetRate { get; init; }

    /// <summary>The rate, in the same units, at which the waiting ends: at it or below the advice is to convert. Absent: none.</summary>
    public decimal? FloorRate { get; init; }

    /// <summary>IANA time zone in which a deadline without a time ends. Absent: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Answer from what was known at this instant of recorded history. Absent: now.</summary>
    public string? AsOf { get; init; }
}

/// <summary>The advice, with everything that it was decided from.</summary>
public sealed record AnalyzeResponse
{
    /// <summary><c>CONVERT_NOW</c> or <c>WAIT</c>.</summary>
    public required string Recommendation { get; init; }

    /// <summary>One plain sentence with the numbers.</summary>
    public required string Reason { get; init; }

    /// <summary>The same as parts: what each rule found, the deciding one first.</summary>
    public required IReadOnlyList<AdviceReason> Reasons { get; init; }

    /// <summary>What would turn the advice, in a sentence.</summary>
    public required string ChangesIf { get; init; }

    /// <summary>The question's amount, in the currency that <see cref="AmountSide"/> names.</summary>
    public required MoneyValue Amount { get; init; }

    /// <summary><c>send</c> or <c>receive</c>.</summary>
    public required string AmountSide { get; init; }

    /// <summary>ISO 4217 code of the money that the person has.</summary>
    public required string FromCurrency { get; init; }

    /// <summary>ISO 4217 code of the money that the person needs.</summary>
    public required string ToCurrency { get; init; }

    /// <summary>When the money is needed.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</summary>
    public required string RiskTolerance { get; init; }

    /// <summary>Mid-market rate, to-currency per unit of from-currency.</summary>
    public required decimal CurrentRate { get; init; }

    /// <summary>Where the rate is from and how old it is.</summary>
    public required RateFacts Rate { get; init; }

    /// <summary>Expected rate at the horizon; null where there is no forecast.</summary>
    public required decimal? PredictedRate { get; init; }

    /// <summary>The 95 % interval of the rate at the horizon; null where there is no forecast.</summary>
    public required RateInterval? PredictionInterval { get; init; }

    /// <summary>Hours from <see cref="AsOf"/> to the instant that waiting is judged at; null where there is no forecast.</summary>
    public required double? HorizonHours { get; init; }

    /// <summary>Probability that waiting to the horizon is cheaper than converting now; null where there is no forecast.</summary>
    public required double? Confidence { get; init; }

    /// <summary>The provider to use now: the one through which most arrives (or least is paid) and that can deliver in time.</summary>
    public required ProviderQuote BestProvider { get; init; }

    /// <summary>Every provider known for the route, best first; those without a price last, with the reason.</summary>
    public required IReadOnlyList<ProviderQuote> Providers { get; init; }

    /// <summary>Expected saving of waiting to the horizon, in USD at the current mid; negative where waiting costs; null where it is unknown.</summary>
    public required MoneyValue? ExpectedSavings { get; init; }

    /// <summary>The part of the expected saving that follows from known fee calendars and not from a forecast.</summary>
    public required MoneyValue? CertainSavings { get; init; }

    /// <summary>The 80 % range of the saving, in USD.</summary>
    public required MoneyRange? Range { get; init; }

    /// <summary>What waiting to the latest safe date costs in the worst 5 % of cases, in USD.</summary>
    public required MoneyValue? MoneyAtRisk { get; init; }

    /// <summary>Transfers over time that are cheaper for certain than converting everything at once now, as long as the rate stays; null where none are.</summary>
    public required TransferPlan? Plan { get; init; }

    /// <summary>The last instant at which an order with <see cref="BestProvider"/> still arrives by the deadline; null where its delivery time is unknown.</summary>
    public required DateTimeOffset? LatestSafeDate { get; init; }

    /// <summary>When to look again.</summary>
    public required DateTimeOffset NextCheck { get; init; }

    /// <summary>The forecast model behind the numbers; null where there is no forecast.</summary>
    public required ModelFacts? Model { get; init; }

    /// <summary>The instant of the advice: nothing later was known.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>True where the market is simulated.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The risk warning that belongs to every advice.</summary>
    public required string Disclaimer { get; init; }
}

/// <summary>Transfers over time that are cheaper for certain, as long as the rate stays.</summary>
/// <param name="Transfers">What to order, in order of time.</param>
/// <param name="SendAmount">Total that is paid for all of them.</param>
/// <param name="ReceiveAmount">What arrives in all, at today's rate.</param>
/// <param name="CertainSaving">What they cost less than converting everything at once now with the best provider, in the send currency, at today's rate.</param>
/// <param name="AtRisk">What the rate takes from the parts that wait in the worst 5 %, in the send currency; null where there is no forecast.</param>
/// <param name="ProvenBest">Whether every possibility was looked at; false: there may be a better plan.</param>
public sealed record TransferPlan(
    IReadOnlyList<PlannedTransfer> Transfers, MoneyValue SendAmount, MoneyValue ReceiveAmount, MoneyValue CertainSaving, MoneyValue? AtRisk, bool ProvenBest);

/// <summary>One transfer of a plan.</summary>
/// <param name="At">When to order it.</param>
/// <param name="Provider">Id of the provider.</param>
/// <param name="Name">The provider's name.</param>
/// <param name="Offer">The product.</param>
/// <param name="SendAmount">What is paid, fees included.</param>
/// <param name="ReceiveAmount">What arrives at today's rate.</param>
/// <param name="TotalCost">Its all-in cost against mid, in the send currency.</param>
/// <param name="LatestSafeDate">The last instant at which the order still arrives by the deadline; null where the delivery time is unknown.</param>
/// <param name="Why">Why so, in plain words.</param>
public sealed record PlannedTransfer(
    DateTimeOffset At,
    string Provider,
    string Name,
    string Offer,
    MoneyValue SendAmount,
    MoneyValue ReceiveAmount,
    MoneyValue TotalCost,
    DateTimeOffset? LatestSafeDate,
    string Why);

/// <summary>What one rule found.</summary>
/// <param name="Code">Stable id of the rule: <c>matrix.small_savings</c>.</param>
/// <param name="Finding">The finding in words, with its numbers.</param>
/// <param name="Decided">True for the rule that decided.</param>
public sealed record AdviceReason(string Code, string Finding, bool Decided)
{
    /// <summary>The numbers of the finding by name, each with its unit in the name: <c>expected_saving_usd</c>.</summary>
    public IReadOnlyDictionary<string, decimal> Figures { get; init; } = new Dictionary<string, decimal>();
}

/// <summary>Where a rate is from and how old it is.</summary>
/// <param name="Source">The source, or the sources joined by <c>+</c> for a cross rate.</param>
/// <param name="EffectiveAt">When it was true in the market.</param>
/// <param name="AgeSeconds">Seconds from then to the instant of the answer.</param>
/// <param name="Market"><c>open</c> or <c>closed</c> (weekend of the FX week).</param>
/// <param name="MarketOpensAt">When the market opens again; null while it is open.</param>
public sealed record RateFacts(string Source, DateTimeOffset EffectiveAt, double AgeSeconds, string Market, DateTimeOffset? MarketOpensAt);

/// <summary>An interval of a rate.</summary>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public sealed record RateInterval(
    decimal Lower,
    decimal Upper);

/// <summary>An amount of money: <c>{"amount":"12.34","currency":"EUR"}</c>.</summary>
/// <param name="Amount">The amount; a string on the wire so that no client rounds it.</param>
/// <param name="Currency">ISO 4217 code.</param>
public sealed record MoneyValue(
    decimal Amount,
    string Currency);

/// <summary>A range of money.</summary>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public sealed record MoneyRange(MoneyValue Lower, MoneyValue Upper);

/// <summary>The model behind a forecast.</summary>
/// <param name="Id">Its id: <c>baseline</c>.</param>
/// <param name="Edge">What it has proven on the mean of this pair: <c>no proven edge</c> for every model whose mean is the current rate.</param>
/// <param name="TrainedUntil">The last instant of the history that its parameters were fitted on.</param>
/// <param name="Status"><c>champion</c> (the model that passed its gate) or <c>baseline</c> (no model serves this pair).</param>
/// <param name="Why">Why this one, in a sentence without its full stop.</param>
public sealed record ModelFacts(string Id, string Edge, DateTimeOffset TrainedUntil, string Status = "baseline", string? Why = null);
