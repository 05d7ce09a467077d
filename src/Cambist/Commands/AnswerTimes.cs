using System.Collections.Concurrent;
using System.Globalization;

namespace Cambist.Commands;

/// <summary>Compares this machine's clock with the dates that answers of outside services carry.</summary>
internal sealed class AnswerTimes
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);

    // A date header has whole seconds, cut off.
    private static readonly TimeSpan HalfOfItsGrain = TimeSpan.FromSeconds(0.5);

    private readonly ConcurrentBag<TimeSpan> _ahead = [];

    /// <summary>A handler that notes the dates of what passes through it.</summary>
    public DelegatingHandler Handler() => new Noting(_ahead);

    /// <summary>How far this machine's clock is off: the median of what the services say, so that one with a wrong clock of its own decides nothing.</summary>
    public DoctorCheck Check()
    {
        if (_ahead.IsEmpty)
        {
            return DoctorCheck.Skipped("clock", "no source answered with a date to compare it with");
        }

        var sorted = _ahead.Order().ToList();
        var median = sorted[sorted.Count / 2];
        var off = string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(median.TotalSeconds):0.0} s {(median > TimeSpan.Zero ? "ahead of" : "behind")} what {sorted.Count} answers say");
        return median.Duration() > Tolerated
            ? DoctorCheck.Warning("clock", off, "Let the system set its clock from the network (NTP): rates of the future are rejected, and old ones look fresh.")
            : DoctorCheck.Ok("clock", off);
    }

    private sealed class Noting(ConcurrentBag<TimeSpan> ahead) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var sent = DateTimeOffset.UtcNow;
            var response = await base.SendAsync(request, cancellationToken);
            if (response.Headers.Date is { } date)
            {
                ahead.Add(sent + (DateTimeOffset.UtcNow - sent) / 2 - (date + HalfOfItsGrain));
            }

            return response;
        }
    }
}
