using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Says why there is no rate to rest an answer on.</summary>
public static class RateProblems
{
    /// <summary>The problem of a pair without a fresh rate: never known, or known and too old, with the source, its time, and the cause.</summary>
    public static Problem NoFreshRate(CurrencyPair pair, RateObservation? last, DateTimeOffset at, string field = "to_currency")
    {
        if (last is null)
        {
            return Problems.NotFound("rate_not_found", $"No source has a rate of {pair} at {At(at)}. Import history, or enable a source that publishes it.", field);
        }

        var weekend = FxWeek.IsOpen(at) ? "" : $" The market is closed for the weekend until {At(FxWeek.NextOpen(at))}.";
        return Problems.Unavailable(
            "rate_stale",
            $"No fresh rate of {pair}: '{last.Source}' was last seen at {At(last.EffectiveAt)}, and at {At(at)} nothing newer is known from any source (an outage, a holiday, or history that ends there)."
            + weekend + " No advice is given on a rate this old.");
    }

    private static string At(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
