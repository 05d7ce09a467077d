using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Training;

/// <summary>The program that trains networks: section <c>Trainer</c>.</summary>
/// <param name="ExecutablePath">Where it is; null: beside this program, or built in the same checkout.</param>
/// <param name="Layers">LSTM layers of a network.</param>
/// <param name="Hidden">Width of each.</param>
/// <param name="Heads">Attention heads, which share the width.</param>
/// <param name="Mean">Whether a network learns the middle of the returns too. At these horizons there has been nothing to learn, so it does not.</param>
/// <remarks>
/// The usual size scored best on 2018 to 2020; the network of 3 × 128 with 8 heads that is often described learns the noise of its years before it learns more than this one.
/// </remarks>
public sealed record TrainerOptions(string? ExecutablePath = null, int Layers = 1, int Hidden = 64, int Heads = 4, bool Mean = false)
{
    /// <summary>The section's path.</summary>
    public const string Section = "Trainer";

    private const string Name = "cambist-trainer";

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static TrainerOptions Read(IConfiguration configuration)
    {
        var (section, usual) = (configuration.GetSection(Section), new TrainerOptions());
        var options = new TrainerOptions(
            section["ExecutablePath"],
            section.Whole(nameof(Layers), usual.Layers, 1, 8),
            section.Whole(nameof(Hidden), usual.Hidden, 1, 1024),
            section.Whole(nameof(Heads), usual.Heads, 1, 64),
            section.Switch(nameof(Mean)) ?? usual.Mean);
        if (options.ExecutablePath is { Length: > 0 } path && !File.Exists(path))
        {
            throw new WrongSettingException($"{Section}:{nameof(ExecutablePath)}", "the trainer's program expected, there is no file of that name");
        }

        return options.Hidden % options.Heads == 0
            ? options
            : throw new WrongSettingException($"{Section}:{nameof(Heads)}", $"a divisor of {Section}:{nameof(Hidden)} ({options.Hidden}) expected, found {options.Heads}");
    }

    /// <summary>The program's executable; null where there is none.</summary>
    public string? Find() => string.IsNullOrWhiteSpace(ExecutablePath)
        ? CompanionProgram.Find(Name, "Cambist.Trainer", AppContext.BaseDirectory)
        : File.Exists(ExecutablePath) ? ExecutablePath : null;

    /// <summary>The program's executable.</summary>
    /// <exception cref="TrainingFailedException">There is none; the message says how to mend it.</exception>
    public string Require() => Find() ?? throw new TrainingFailedException(
        "trainer_missing",
        $"The program {Name} was not found beside this one: publish src/Cambist.Trainer there (in a checkout: dotnet build src/Cambist.Trainer -c Release), or set {Section}:{nameof(ExecutablePath)}.");
}
