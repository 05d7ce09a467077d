namespace Cambist.App.Forecasting.Registry;

/// <summary>What a model may do.</summary>
public enum ModelStage
{
    /// <summary>It forecasts beside the champion, and nobody is shown what it says but in the record.</summary>
    Challenger,

    /// <summary>It serves the pairs for which it has passed its gate. There is at most one.</summary>
    Champion,

    /// <summary>It served or was passed over, and is kept for a while.</summary>
    Retired,
}

/// <summary>Where a model came from.</summary>
public enum ModelOrigin
{
    /// <summary>It came with the program.</summary>
    Shipped,

    /// <summary>It was trained here.</summary>
    Trained,

    /// <summary>Somebody brought it.</summary>
    Imported,
}

/// <summary>Who changed something.</summary>
public enum ModelActor
{
    /// <summary>The program, by what was measured.</summary>
    Gate,

    /// <summary>Somebody over the API.</summary>
    Admin,

    /// <summary>Somebody at the command line.</summary>
    Operator,
}

/// <summary>Who did something, as precisely as it is known.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Account">Id of the account of an admin: the audit trail tells it.</param>
internal sealed record ModelDoer(ModelActor Actor, string? Account = null)
{
    /// <summary>The program.</summary>
    public static readonly ModelDoer Gate = new(ModelActor.Gate);
}

/// <summary>A model of the registry.</summary>
/// <param name="Id">Its id, and the name of its folder.</param>
/// <param name="Family">How it forecasts: <c>har</c>, <c>lstm</c>, <c>gbm</c>, <c>ensemble</c>.</param>
/// <param name="Stage">What it may do.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="CreatedAt">When it was trained.</param>
/// <param name="TrainedUntil">Nothing later has touched it.</param>
/// <param name="RegisteredAt">When it came into this registry.</param>
/// <param name="PromotedAt">When it last became champion; null where it never was.</param>
/// <param name="RetiredAt">When it was retired; null where it is not.</param>
/// <param name="Predecessor">The champion that it replaced; null where there was none, or where that one is gone.</param>
/// <param name="Fingerprint">SHA-256 over all files of its folder, in hexadecimal.</param>
public sealed record RegisteredModel(
    string Id,
    string Family,
    ModelStage Stage,
    ModelOrigin Origin,
    DateTimeOffset CreatedAt,
    DateTimeOffset TrainedUntil,
    DateTimeOffset RegisteredAt,
    DateTimeOffset? PromotedAt,
    DateTimeOffset? RetiredAt,
    string? Predecessor,
    string Fingerprint);

/// <summary>Something that happened to a model.</summary>
/// <param name="Number">Its place in the order of all that happened.</param>
/// <param name="At">When.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="What">One of <see cref="ModelHappening"/>.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Figures">What it was decided from, as a JSON object; null where there are no figures.</param>
public sealed record ModelEvent(long Number, DateTimeOffset At, string Model, string What, ModelActor Actor, string Reason, string? Figures);

/// <summary>What can happen to a model.</summary>
public static class ModelHappening
{
    public const string Registered = "registered";
    public const string Gated = "gated";
    public const string Promoted = "promoted";
    public const string Retired = "retired";
    public const string RolledBack = "rolled-back";
    public const string FellBack = "fell-back";
    public const string Recovered = "recovered";
    public const string Deleted = "deleted";
}

/// <summary>Everything that the registry's tables say at one moment.</summary>
/// <param name="Revision">Number of the newest event: a higher one means that something has changed.</param>
/// <param name="Models">All models, the newest first.</param>
/// <param name="Gates">All verdicts.</param>
/// <param name="Fallbacks">Who does not serve for the time being.</param>
public sealed record ModelBook(long Revision, IReadOnlyList<RegisteredModel> Models, IReadOnlyList<ModelGate> Gates, IReadOnlyList<ModelFallback> Fallbacks)
{
    /// <summary>The champion; null where there is none.</summary>
    public RegisteredModel? Champion => Models.FirstOrDefault(model => model.Stage == ModelStage.Champion);

    /// <summary>The challengers in the order in which they are tried: whoever came first.</summary>
    public IEnumerable<RegisteredModel> Challengers => Models.Where(model => model.Stage == ModelStage.Challenger).OrderBy(model => model.RegisteredAt).ThenBy(model => model.Id, StringComparer.Ordinal);

    /// <summary>A model by its id; null where there is none.</summary>
    public RegisteredModel? Find(string id) => Models.FirstOrDefault(model => model.Id == id);

    /// <summary>The verdict on a model over all pairs; null where it was never measured.</summary>
    public ModelGate? PooledGate(string id) => Gates.FirstOrDefault(gate => gate.Model == id && gate.Pair == ModelGate.AllPairs);
}

/// <summary>A model does not serve for the time being.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Pair">Symbol of the pair that it does not serve; <see cref="ModelGate.AllPairs"/>: none.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record ModelFallback(string Model, string Pair, DateTimeOffset Since, string Reason);
