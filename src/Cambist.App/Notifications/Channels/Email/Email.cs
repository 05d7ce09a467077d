using Cambist.App.Privacy;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>
/// One mail to one address, in plain text. A value that could become a second header or a second recipient makes no mail: the constructor and <c>with</c> refuse it.
/// </summary>
/// <param name="Kind">What it is about, in the words of a program: 1 to 40 of <c>a-z 0-9 _ -</c>, such as <c>account_confirm</c>. Logs name it, and the mail carries it in the header <c>Cambist-Kind</c>.</param>
/// <param name="To">The address, as <see cref="EmailAddress"/> reads it.</param>
/// <param name="Subject">1 to 200 letters without control characters.</param>
/// <param name="Text">At most 200,000 letters; lines end with a line feed.</param>
/// <exception cref="ArgumentException">A value is not allowed; the message does not repeat it.</exception>
public sealed record Email(string Kind, string To, string Subject, string Text)
{
    private const int LongestKind = 40;
    private const int LongestSubject = 200;
    private const int LongestText = 200_000;

    /// <summary>What it is about.</summary>
    public string Kind { get; init => field = CheckedKind(value); } = CheckedKind(Kind);

    /// <summary>The address.</summary>
    public string To { get; init => field = CheckedAddress(value); } = CheckedAddress(To);

    /// <summary>What it says in lists of mails.</summary>
    public string Subject { get; init => field = CheckedSubject(value); } = CheckedSubject(Subject);

    /// <summary>What it says.</summary>
    public string Text { get; init => field = CheckedText(value); } = CheckedText(Text);

    /// <summary>Only the kind: an address and a text go into no log.</summary>
    public override string ToString() => $"mail {Kind}";

    private static string CheckedKind(string kind) =>
        kind.Length is > 0 and <= LongestKind && kind.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '_' or '-')
            ? kind
            : throw new ArgumentException($"The kind of a mail is 1 to {LongestKind} of a-z, 0-9, '_' and '-', was something else.", nameof(kind));

    private static string CheckedAddress(string to) => EmailAddress.TryRead(to, out _, out var fault) ? to : throw new ArgumentException(fault, nameof(to));

    private static string CheckedSubject(string subject) =>
        subject.Length is > 0 and <= LongestSubject && !subject.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029')
            ? subject
            : throw new ArgumentException($"A subject has 1 to {LongestSubject} letters and no control characters, was something else.", nameof(subject));

    private static string CheckedText(string text) =>
        text.Length <= LongestText ? text : throw new ArgumentException($"A mail has at most {LongestText} letters, was {text.Length}.", nameof(text));
}
