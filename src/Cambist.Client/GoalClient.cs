namespace Cambist.Client;

/// <summary>The goals of whoever uses a <see cref="CambistClient"/>. Every method throws <see cref="CambistProblemException"/> where the service answers with a problem.</summary>
public sealed class GoalClient
{
    private const string Goals = "api/v1/goals";

    private readonly CambistCalls _calls;

    internal GoalClient(CambistCalls calls) => _calls = calls;

    /// <summary>Makes a goal.</summary>
    /// <param name="request">What is meant.</param>
    /// <param name="idempotencyKey">Asking again with the same key makes no second one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ConversionGoal> CreateAsync(GoalRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Post, Goals, request, CambistJson.Wire.GoalRequest, CambistJson.Wire.ConversionGoal, cancellationToken, (CambistCalls.IdempotencyKey, idempotencyKey));

    /// <summary>A page of goals, newest first; pass the page's <see cref="GoalPage.NextCursor"/> for the next one.</summary>
    /// <param name="status">Only those that stand like this; null: all.</param>
    /// <param name="cursor">Where the page begins; null: at the newest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<GoalPage> PageAsync(string? status = null, string? cursor = null, CancellationToken cancellationToken = default)
    {
        string[] query = [.. new[] { ("status", status), ("cursor", cursor) }.Where(field => field.Item2 is not null).Select(field => $"{field.Item1}={Uri.EscapeDataString(field.Item2!)}")];
        return _calls.GetAsync(query.Length == 0 ? Goals : $"{Goals}?{string.Join('&', query)}", CambistJson.Wire.GoalPage, cancellationToken);
    }

    /// <summary>A goal with its conversions.</summary>
    public Task<ConversionGoal> GetAsync(string id, CancellationToken cancellationToken = default) => _calls.GetAsync($"{Goals}/{Uri.EscapeDataString(id)}", CambistJson.Wire.ConversionGoal, cancellationToken);

    /// <summary>Changes a goal, pauses it, or resumes it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">What changes.</param>
    /// <param name="ifMatch">The ETag of the goal as it was read: refused where it was changed meanwhile. Null: what is not in the change stays as it is then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ConversionGoal> ChangeAsync(string id, GoalChange change, string? ifMatch = null, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(HttpMethod.Patch, $"{Goals}/{Uri.EscapeDataString(id)}", change, CambistJson.Wire.GoalChange, CambistJson.Wire.ConversionGoal, cancellationToken, ("If-Match", ifMatch));

    /// <summary>Cancels a goal; it stays to be read.</summary>
    public Task CancelAsync(string id, CancellationToken cancellationToken = default) => _calls.DoAsync(HttpMethod.Delete, $"{Goals}/{Uri.EscapeDataString(id)}", cancellationToken);

    /// <summary>Records a conversion that was made.</summary>
    /// <param name="id">The goal's id.</param>
    /// <param name="conversion">The conversion.</param>
    /// <param name="idempotencyKey">Asking again with the same key records no second one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ConversionGoal> RecordAsync(string id, ConversionRequest conversion, string? idempotencyKey = null, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(
            HttpMethod.Post, $"{Goals}/{Uri.EscapeDataString(id)}/conversions", conversion, CambistJson.Wire.ConversionRequest, CambistJson.Wire.ConversionGoal, cancellationToken, (CambistCalls.IdempotencyKey, idempotencyKey));

    /// <summary>The goals that are looked after, their advice, and what was saved.</summary>
    public Task<Dashboard> DashboardAsync(CancellationToken cancellationToken = default) => _calls.GetAsync("api/v1/dashboard", CambistJson.Wire.Dashboard, cancellationToken);
}
