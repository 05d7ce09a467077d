using System.Runtime.CompilerServices;
using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>Registered models as families of forecasts.</summary>
internal sealed class LearnedModels
{
    private readonly ConditionalWeakTable<IVolatilityModel, LearnedFamily> _families = [];

    /// <summary>The family of a model in memory.</summary>
    public LearnedFamily Of(LoadedModel model) => _families.GetValue(model.Volatility, _ => model.Family());
}
