using System.Text.Json;
using Xunit;
using static Cambist.App.Tests.Faces.Shape;

namespace Cambist.App.Tests.Faces;

/// <summary>The shapes of the wire contract, with every field that is promised to clients.</summary>
internal static class WireShapes
{
    public static void Provider(JsonElement provider) => AssertOf(
        provider,
        ("provider", Text),
        ("name", Text),
        ("kind", OneOf("bank", "fintech", "exchange", "money_transfer")),
        ("offer", OrNull(Text)),
        ("status", OneOf("ranked", "unknown", "unavailable")),
        ("note", OrNull(Text)),
        ("exchange_rate", OrNull(Rate)),
        ("mid_rate", Rate),
        ("markup_bps", OrNull(Number)),
        ("spread_cost", OrNull(Money)),
        ("hidden_fee", OrNull(Money)),
        ("fixed_fee", OrNull(Money)),
        ("variable_fee", OrNull(Money)),
        ("total_cost", OrNull(Money)),
        ("total_cost_bps", OrNull(Number)),
        ("send_amount", OrNull(Money)),
        ("receive_amount", OrNull(Money)),
        ("receive_at_least", OrNull(Money)),
        ("better_than_mid", Flag),
        ("pay_in", OneOf("bank_transfer", "card", "cash", "balance", "mobile_wallet")),
        ("pay_out", OneOf("bank_transfer", "card", "cash", "balance", "mobile_wallet")),
        ("promotion", OrNull(promotion => AssertOf(
            promotion, ("exchange_rate", Rate), ("fee", Money), ("receive_amount", Money), ("up_to", OrNull(Money)), ("terms", Text)))),
        ("delivery_time", OrNull(Delivery)),
        ("latest_safe_date", OrNull(Time)),
        ("provenance", OneOf("live", "estimate", "published")),
        ("collected_at", Time),
        ("outdated", Flag),
        ("source_url", Address));

    /// <summary>Advice for which everything is known.</summary>
    private static void Figures(JsonElement figures) => Assert.All(figures.EnumerateObject(), figure => Decimal(figure.Value));

    public static void Advice(JsonElement advice) => AssertOf(
        advice,
        ("recommendation", OneOf("CONVERT_NOW", "WAIT")),
        ("reason", Text),
        ("reasons", ListOf(reason => AssertOf(reason, ("code", Text), ("finding", Text), ("decided", Flag), ("figures", Figures)))),
        ("changes_if", Text),
        ("amount", Money),
        ("amount_side", OneOf("send", "receive")),
        ("from_currency", Currency),
        ("to_currency", Currency),
        ("deadline", Time),
        ("risk_tolerance", OneOf("conservative", "moderate", "aggressive")),
        ("current_rate", Rate),
        ("rate", rate => AssertOf(
            rate, ("source", Text), ("effective_at", Time), ("age_seconds", Number), ("market", OneOf("open", "closed")), ("market_opens_at", OrNull(Time)))),
        ("predicted_rate", Rate),
        ("prediction_interval", interval => AssertOf(interval, ("lower", Rate), ("upper", Rate))),
        ("horizon_hours", Number),
        ("confidence", Number),
        ("best_provider", Provider),
        ("providers", ListOf(Provider)),
        ("expected_savings", Money),
        ("certain_savings", Money),
        ("range", range => AssertOf(range, ("lower", Money), ("upper", Money))),
        ("money_at_risk", Money),
        ("plan", OrNull(plan => AssertOf(
            plan,
            ("transfers", ListOf(transfer => AssertOf(
                transfer,
                ("at", Time), ("provider", Text), ("name", Text), ("offer", Text), ("send_amount", Money), ("receive_amount", Money), ("total_cost", Money),
                ("latest_safe_date", OrNull(Time)), ("why", Text)))),
            ("send_amount", Money), ("receive_amount", Money), ("certain_saving", Money), ("at_risk", OrNull(Money)), ("proven_best", Flag)))),
        ("latest_safe_date", Time),
        ("next_check", Time),
        ("model", Model),
        ("as_of", Time),
        ("simulated", Flag),
        ("disclaimer", Text));

    public static void Model(JsonElement model) => AssertOf(model, ("id", Text), ("edge", Text), ("trained_until", Time), ("status", OneOf("champion", "baseline")), ("why", Text));

    public static void Latest(JsonElement rate) => AssertOf(
        rate,
        ("pair", Text),
        ("rate", Rate),
        ("bid", OrNull(Rate)),
        ("ask", OrNull(Rate)),
        ("spread_bps", OrNull(Number)),
        ("kind", OneOf("live", "reference")),
        ("source", Text),
        ("sources", ListOf(Text)),
        ("effective_at", Time),
        ("observed_at", Time),
        ("age_seconds", Number),
        ("stale", Flag),
        ("market", OneOf("open", "closed")),
        ("simulated", Flag));

    public static void Bar(JsonElement bar) => AssertOf(
        bar, ("time", Time), ("open", Rate), ("high", OrNull(Rate)), ("low", OrNull(Rate)), ("close", Rate), ("source", Text));

    public static void Sources(JsonElement sources) => AssertOf(
        sources,
        ("mode", OneOf("live", "simulated", "replay")),
        ("market", OneOf("open", "closed")),
        ("market_opens_at", OrNull(Time)),
        ("sources", PerhapsListOf(Source)),
        ("feeds", PerhapsListOf(Feed)),
        ("as_of", Time));

    public static void Refusal(JsonElement refusal) => AssertOf(
        refusal,
        ("pair", Text),
        ("source", Text),
        ("verdict", OneOf("quarantined", "rejected")),
        ("code", Text),
        ("detail", Text),
        ("bid", OrNull(Decimal)),
        ("ask", OrNull(Decimal)),
        ("effective_at", OrNull(Time)),
        ("observed_at", Time));

    private static void Source(JsonElement source) => AssertOf(
        source,
        ("id", Text),
        ("name", Text),
        ("kind", OneOf("live", "reference")),
        ("official", Flag),
        ("enabled", Flag),
        ("why_off", OrNull(Text)),
        ("status", OneOf("ok", "failing", "resting", "closed", "waiting", "off")),
        ("cadence_seconds", Number),
        ("last_success_at", OrNull(Time)),
        ("last_published_at", OrNull(Time)),
        ("last_fault", OrNull(Text)),
        ("not_before", OrNull(Time)),
        ("quota_per_day", OrNull(Number)),
        ("quota_spent", OrNull(Number)),
        ("quota_left", OrNull(Number)),
        ("quota_resets_at", OrNull(Time)),
        ("since_start", counts => AssertOf(counts, ("accepted", Number), ("quarantined", Number), ("rejected", Number))),
        ("last_24_hours", PerhapsListOf(count => AssertOf(count, ("verdict", OneOf("accepted", "quarantined", "rejected")), ("code", OrNull(Text)), ("count", Number)))));

    private static void Feed(JsonElement feed) => AssertOf(
        feed,
        ("id", Text),
        ("name", Text),
        ("enabled", Flag),
        ("why_off", OrNull(Text)),
        ("status", OneOf("ok", "failing", "resting", "closed", "waiting", "off")),
        ("since", OrNull(Time)),
        ("last_event_at", OrNull(Time)),
        ("last_rate_at", OrNull(Time)),
        ("last_fault", OrNull(Text)),
        ("maintenance", OrNull(Text)),
        ("reconnects", Number),
        ("gaps", Number),
        ("unreadable", Number),
        ("refused_pairs", PerhapsListOf(Text)));

    private static void Delivery(JsonElement delivery) => AssertOf(delivery, ("min_hours", Number), ("max_hours", Number), ("text", Text));
}
