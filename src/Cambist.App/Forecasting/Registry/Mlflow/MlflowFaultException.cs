using System.Net;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>What is known of a request that failed.</summary>
public enum MlflowOutcome
{
    /// <summary>The server answered no: the same again brings the same.</summary>
    Refused,

    /// <summary>The server took nothing, and may later.</summary>
    NotTaken,

    /// <summary>Nobody knows whether it was done: only what may be done twice is asked again at once.</summary>
    Unknown,
}

/// <summary>An MLflow server failed, or said no. The message is safe to show: it names no token, password or full address.</summary>
public sealed class MlflowFaultException(MlflowOutcome outcome, string message, HttpStatusCode? status = null, string? code = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>Whether the request may have been done.</summary>
    public MlflowOutcome Outcome { get; } = outcome;

    /// <summary>The status of the answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>The server's own code, <c>RESOURCE_ALREADY_EXISTS</c>; null where it named none.</summary>
    public string? Code { get; } = code;

    /// <summary>How long it asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether what was asked for does not exist.</summary>
    internal bool IsMissing => Status == HttpStatusCode.NotFound && Code is null or "RESOURCE_DOES_NOT_EXIST" or "NOT_FOUND";

    /// <summary>Whether what was to be made exists; the status is 400 or 409, by the server's age.</summary>
    internal bool IsThere => Code is "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS";

    /// <summary>What a status other than success means.</summary>
    internal static MlflowOutcome Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => MlflowOutcome.NotTaken,
        HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => MlflowOutcome.Unknown,
        _ => MlflowOutcome.Refused,
    };
}
