using System.Text.RegularExpressions;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Registry.Mlflow;

/// <summary>Configuration of the export of models to an MLflow server: section <c>Forecasting:Mlflow</c>.</summary>
public sealed partial class MlflowOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Mlflow";

    /// <summary>Whether models are exported.</summary>
    public bool Enabled { get; set; }

    /// <summary>Where the server is: the address before <c>/api/2.0</c>.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The experiment that holds a run for each model.</summary>
    public string ExperimentName { get; set; } = "cambist";

    /// <summary>The registered model whose versions the models are.</summary>
    public string ModelName { get; set; } = "cambist-forecaster";

    /// <summary>A bearer token; it goes before a user name. It appears in no log, message or answer.</summary>
    public string? Token { get; set; }

    /// <summary>A user name of the server's basic authentication.</summary>
    public string? Username { get; set; }

    /// <summary>Its password. It appears in no log, message or answer.</summary>
    public string? Password { get; set; }

    /// <summary>Where the server is, without anything that may be a secret.</summary>
    public string Place => BaseUrl?.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) ?? "nowhere";

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static MlflowOptions Read(IConfiguration configuration)
    {
        var options = SourceSettings.Read<MlflowOptions>(configuration.GetSection(Section));
        // A file that holds a token often ends with a line break, which no header may hold.
        options.Token = options.Token?.Trim();
        if (options.Token?.Any(letter => letter is <= ' ' or > '~') == true)
        {
            throw new WrongSettingException($"{Section}:{nameof(Token)}", "visible letters of ASCII without spaces expected, found others");
        }

        if (options.Enabled && options.BaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "", Query: "" })
        {
            throw new WrongSettingException($"{Section}:BaseUrl", $"an address such as http://127.0.0.1:5000 expected while {Section}:Enabled is true, without user or query; found {(options.BaseUrl is null ? "nothing" : "something else")}");
        }

        if (!Name.IsMatch(options.ExperimentName) || !Name.IsMatch(options.ModelName))
        {
            throw new WrongSettingException($"{Section}:{(Name.IsMatch(options.ExperimentName) ? nameof(ModelName) : nameof(ExperimentName))}", "1 to 200 letters, digits, spaces, '.', '_' and '-' expected, found something else");
        }

        return (options.Username is { Length: > 0 }) == (options.Password is { Length: > 0 })
            ? options
            : throw new WrongSettingException($"{Section}:Username", $"{Section}:Username and {Section}:Password expected together, found one of them");
    }

    // Slash and colon are not allowed in a model's name; quotation marks would end the words of a search.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,199}\z")]
    private static partial Regex Name { get; }
}
