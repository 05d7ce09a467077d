using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.TestKit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class BaselineContractTests : ForecastFamilyContract
{
    protected override IForecastFamily Family => SeasonalEwmaFamily.Baseline;
}

public sealed class FilteredHistoryContractTests : ForecastFamilyContract
{
    protected override IForecastFamily Family => SeasonalEwmaFamily.FilteredHistory;
}

public sealed class RandomWalkContractTests : ForecastFamilyContract
{
    protected override IForecastFamily Family => RandomWalk.Family;
}
