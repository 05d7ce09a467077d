namespace Cambist.App.Rates.Sources;

/// <summary>What kind of failure a source had: it decides whether and when it is asked again.</summary>
public enum SourceFault
{
    /// <summary>It cannot be reached, takes too long, or says that it is broken. Asked again soon.</summary>
    Unavailable,

    /// <summary>Its answer cannot be read: no JSON, cut off, another shape, no figures. Asked again soon.</summary>
    Unreadable,

    /// <summary>It asks for patience. Asked again after the time that it names.</summary>
    Throttled,

    /// <summary>Nothing is left of the day's or month's requests. Asked again tomorrow.</summary>
    QuotaSpent,

    /// <summary>The key is missing, unknown or locked. Somebody must mend it.</summary>
    KeyRefused,

    /// <summary>The plan does not include what was asked. Somebody must mend it.</summary>
    NotInPlan,

    /// <summary>The service does not know what was asked. Asking the same again brings the same.</summary>
    Refused,

    /// <summary>It answered, and the checks accepted none of its rates. Asked again in its turn.</summary>
    Implausible,
}

/// <summary>A source failed to answer. Its message is safe to show: it names no key and no full address.</summary>
public sealed class SourceFaultException(SourceFault kind, string message, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it is.</summary>
    public SourceFault Kind { get; } = kind;

    /// <summary>How long the service asks to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
