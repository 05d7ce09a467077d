using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>What a page's form told: each field as text, by its name. An empty field is an absent one.</summary>
public sealed class FormFields
{
    private readonly SortedDictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>Takes the fields; of one that is told more than once the last counts.</summary>
    public FormFields(IEnumerable<(string Name, string? Text)> told)
    {
        foreach (var (name, text) in told)
        {
            _told[name] = text ?? "";
        }
    }

    /// <summary>No field.</summary>
    public static FormFields None { get; } = new([]);

    /// <summary>The text as it was typed; null where there is none.</summary>
    public string? this[string name] => _told.GetValueOrDefault(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <summary>Whether the form has the field, be it empty.</summary>
    public bool Has(string name) => _told.ContainsKey(name);

    /// <summary>The fields of a request's form; null where it brings none.</summary>
    public static FormFields? Of(HttpRequest request) =>
        request.HasFormContentType ? new FormFields(request.Form.Select(field => (field.Key, (string?)field.Value.LastOrDefault()))) : null;

    /// <summary>Two forms of the same fields have the same one. What begins with an underscore is of the page and not of the person: the token against forgery, the form's name.</summary>
    public byte[] Fingerprint()
    {
        var all = new StringBuilder();
        foreach (var (name, text) in _told.Where(field => !field.Key.StartsWith('_')))
        {
            all.Append(CultureInfo.InvariantCulture, $"{name.Length}:{name}{text.Length}:{text}");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString()));
    }
}
