using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Forecasting.Models;

/// <summary>The families of models that can be loaded: how each becomes a model of its folder.</summary>
public static class ModelFamilies
{
    /// <summary>Registers the families that come with the program, one line each.</summary>
    public static IServiceCollection AddModelFamilies(this IServiceCollection services) => services
        .AddModelFamily(HarModel.Family, (_, manifest, _) => Regression(manifest))
        .AddModelFamily(OnnxModel.Family, (folder, manifest, _) => OnnxModel.Load(folder, manifest, FeatureSet.Names))
        .AddModelFamily(TreesModel.Family, (folder, manifest, _) => TreesModel.Load(folder, manifest))
        .AddModelFamily(EnsembleModel.Family, Ensemble);

    // Its coefficients mean what they were fitted to, which the names of the features stand for.
    private static HarModel Regression(ModelManifest manifest) => manifest switch
    {
        { Coefficients: null } => throw new ArgumentException("A regression has coefficients, its model.json has none."),
        _ when !manifest.Features.SequenceEqual(HarModel.Features) => throw new ArgumentException($"A regression reads {string.Join(", ", HarModel.Features)}; its model.json names {string.Join(", ", manifest.Features)}."),
        _ => new HarModel(manifest.Coefficients),
    };

    private static EnsembleModel Ensemble(string folder, ModelManifest manifest, ModelLoader loader)
    {
        var members = new List<(IVolatilityModel, double)>();
        foreach (var member in manifest.Members ?? [])
        {
            var inner = Path.Combine(folder, member.Id);
            members.Add((loader.Load(inner, ModelFolder.Read(inner).Manifest), member.Weight));
        }

        return new EnsembleModel(members);
    }
}
