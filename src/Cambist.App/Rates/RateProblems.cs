using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Says that there is no rate to rest an answer on.</summary>
internal static class RateProblems
{
    /// <summary>The problem of a pair without a fresh rate: never known, or known and too old, with the source, its time, and the cause.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="last">The newest observation of it; null where there is none.</param>
    /// <param name="at">The instant of the question.</param>
    /// <param name="causes">What is known of why, in whole sentences with a blank before each.</param>
    /// <param name="field">The request's field that named the pair.</param>
    public static Problem NoFreshRate(CurrencyPair pair, RateObservation? last, DateTimeOffset at, string causes, string field) => last is null
        ? Problems.NotFound("rate_not_found", $"No source has a rate of {pair} at {At(at)}.{causes} Import history, or enable a source that publishes it.", field)
        : Problems.Unavailable(
            "rate_stale",
            $"No fresh rate of {pair}: '{last.Source}' was last seen at {At(last.EffectiveAt)}, and at {At(at)} nothing newer is known from any source.{causes} No advice is given on a rate this old.");

    internal static string At(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
