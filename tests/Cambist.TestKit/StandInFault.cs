namespace Cambist.TestKit;

/// <summary>What a <see cref="StandInMail"/> does instead of its answer.</summary>
public sealed class StandInFault
{
    /// <summary>Where a client has connected and waits for the greeting.</summary>
    public const string AtConnection = "connection";

    /// <summary>Where a mail was sent to its end.</summary>
    public const string AtEndOfData = ".";

    private readonly TaskCompletionSource _happened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StandInFault(string? answer, bool hangsUp, bool takesMail) => (Answer, HangsUp, TakesMail) = (answer, hangsUp, takesMail);

    /// <summary>Is done when it has happened.</summary>
    public Task Happened => _happened.Task;

    internal string? Answer { get; }

    internal bool HangsUp { get; }

    internal bool TakesMail { get; }

    /// <summary>Another answer: one line, such as <c>550 5.1.1 no such user</c>, or text that is none.</summary>
    public static StandInFault Says(string answer) => new(answer, hangsUp: false, takesMail: false);

    /// <summary>Another answer, and the connection is closed.</summary>
    public static StandInFault SaysAndHangsUp(string answer) => new(answer, hangsUp: true, takesMail: false);

    /// <summary>The connection is closed without an answer.</summary>
    public static StandInFault ClosesTheConnection() => new(answer: null, hangsUp: true, takesMail: false);

    /// <summary>The mail is taken, and the connection is closed before the answer.</summary>
    public static StandInFault TakesItAndHangsUp() => new(answer: null, hangsUp: true, takesMail: true);

    /// <summary>No answer comes, and the connection stays.</summary>
    public static StandInFault FallsSilent() => new(answer: null, hangsUp: false, takesMail: false);

    internal void Happens() => _happened.TrySetResult();
}
