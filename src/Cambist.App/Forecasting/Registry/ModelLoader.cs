using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Makes a model of its folder.</summary>
/// <param name="folder">The folder, whose files are whole.</param>
/// <param name="manifest">What it says of itself.</param>
/// <param name="loader">Loads the members of an ensemble, each from its own folder inside.</param>
public delegate IVolatilityModel LoadModel(string folder, ModelManifest manifest, ModelLoader loader);

/// <summary>A way to forecast that models can be of.</summary>
/// <param name="Name">What a manifest calls it.</param>
/// <param name="Load">Makes a model of a folder.</param>
public sealed record FamilyLoader(string Name, LoadModel Load);

/// <summary>Brings models from their folders into memory, each as its family does.</summary>
public sealed class ModelLoader
{
    private readonly Dictionary<string, LoadModel> _families = new(StringComparer.Ordinal);

    /// <summary>A loader.</summary>
    /// <exception cref="InvalidOperationException">Two families have one name.</exception>
    public ModelLoader(IEnumerable<FamilyLoader> families)
    {
        foreach (var family in families)
        {
            if (!_families.TryAdd(family.Name, family.Load))
            {
                throw new InvalidOperationException($"A family's name is its own, '{family.Name}' is registered twice.");
            }
        }
    }

    /// <summary>The families that are known.</summary>
    public IEnumerable<string> Families => _families.Keys.Order(StringComparer.Ordinal);

    /// <summary>The model of a folder.</summary>
    /// <exception cref="ModelFaultException">Its family is not known, or no model can be made of its files.</exception>
    public IVolatilityModel Load(string folder, ModelManifest manifest)
    {
        RefuseUnknown(manifest);
        try
        {
            return _families[manifest.Family](folder, manifest, this);
        }
        catch (Exception fault) when (fault is not (ModelFaultException or OutOfMemoryException))
        {
            // A family reads files that may come from anywhere, through libraries with exceptions of their own: whatever they throw, the file is at fault. Those messages may name paths.
            throw new ModelFaultException(
                ModelFault.CannotBeLoaded, $"{manifest.Id} cannot be loaded as {manifest.Family}: {fault.Message.Replace(folder, ".", StringComparison.Ordinal).TrimEnd('.')}.", fault);
        }
    }

    /// <summary>Refuses a manifest whose family, or a member's, is not known.</summary>
    /// <exception cref="ModelFaultException">It is not.</exception>
    public void RefuseUnknown(ModelManifest manifest)
    {
        if (!_families.ContainsKey(manifest.Family))
        {
            throw new ModelFaultException(
                ModelFault.UnknownFamily,
                $"{manifest.Id}: a family of {(_families.Count == 0 ? "this program (it knows none)" : string.Join(", ", Families))} was expected, found '{manifest.Family}'.");
        }
    }
}
