using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Demo;

/// <summary>A finished hour of one pair of the simulated market.</summary>
internal readonly record struct SimulatedBar(CurrencyPair Pair, HourlyBar Bar);
