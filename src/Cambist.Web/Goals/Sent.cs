using Cambist.App.Accounts.Pages;
using Cambist.App.Edge;
using Cambist.App.Goals.Pages;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.Web.Goals;

/// <summary>A form of a page as it came, and what is wrong with it.</summary>
public sealed class Sent
{
    private readonly FormFields? _told;
    private Problem? _problem;
    private string? _field;

    private Sent(FormFields? told) => _told = told;

    /// <summary>The form of that name, where the request sends it.</summary>
    public static Sent Of(HttpContext http, string form) => new(FormFields.Of(http.Request) is { } told && told["_handler"] == form ? told : null);

    /// <summary>Whether the request sends the form of that name.</summary>
    public static bool IsOf(HttpContext http, string form) => Of(http, form).Is;

    /// <summary>What it told; nothing where it was not sent.</summary>
    public FormFields Told => _told ?? FormFields.None;

    /// <summary>Whether this request sends it.</summary>
    public bool Is => _told is not null;

    /// <summary>The key by which it is done once: the one that it came with, and another where that one is used up.</summary>
    public string Key => _problem?.Code != FormAnswer.SentBefore && Told[FormAnswer.KeyField] is { } key ? key : NewKey;

    private string NewKey { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The id of the field at fault; null: none, or none that the form has.</summary>
    public string? Field => _problem is not null && Told.Has(_field ?? "") ? _field : null;

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Fault => _problem?.Detail;

    /// <summary>The text of a field as it was typed, or before anything is sent another one.</summary>
    public string? this[string name, string? shown] => _told is null ? shown : _told[name];

    /// <summary>What is wrong with a field; null where nothing is.</summary>
    public string? ProblemOf(string name) => Field == name ? _problem?.Detail : null;

    /// <summary>Leads on where it is done; else the page is answered once more, with the problem.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">What became of it.</param>
    /// <param name="fieldOf">The form's own name for a field of the wire, where it has another one.</param>
    public void Answer(HttpContext http, FormAnswer answer, Func<string, string>? fieldOf = null)
    {
        if (answer.Address is { } address)
        {
            http.SeeOther(address);
            return;
        }

        _problem = answer.Problem;
        _field = _problem?.Field is { } field ? fieldOf?.Invoke(field) ?? field : null;
        PageStatus.Tell(http, _problem!);
    }
}
