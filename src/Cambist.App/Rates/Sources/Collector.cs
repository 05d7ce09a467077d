using System.Text.Json;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Sources;

/// <summary>Asks every source at its own cadence and publishes what it says. Sources do not wait for each other, and a failing one is asked again at its next turn.</summary>
public sealed class Collector(IEnumerable<IRateSource> sources, RateIntake intake, SourceHealth health, TimeProvider clock, ILogger<Collector> log) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Currency Dollar = Currency.Parse("USD");
    private static readonly CurrencyPair[] Pairs = [.. Iso4217.All.Where(currency => currency != Dollar).Select(currency => new CurrencyPair(Dollar, currency))];

    /// <summary>Asks every source once, at the same time, for a program that wants one answer and then ends.</summary>
    public Task AskOnceAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        Task.WhenAll(sources.Select(source => AskAsync(source, patience, cancellationToken)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(sources.Select(source => RunAsync(source, stoppingToken)));

    private async Task RunAsync(IRateSource source, CancellationToken stoppingToken)
    {
        using var turn = new PeriodicTimer(source.Profile.Cadence < TimeSpan.FromSeconds(30) ? TimeSpan.FromSeconds(30) : source.Profile.Cadence, clock);
        do
        {
            await AskAsync(source, Patience, stoppingToken);
        }
        while (await turn.WaitForNextTickAsync(stoppingToken));
    }

    private async Task AskAsync(IRateSource source, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            var sheet = await source.LatestAsync(Pairs, limit.Token);
            if (sheet.Rates.Count == 0)
            {
                throw new SourceFaultException(SourceFault.Unreadable, "Its answer has no rate that can be read.");
            }

            intake.Take(sheet);
            health.Succeeded(source.Profile.Id, clock.GetUtcNow());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The program is ending; the source is not at fault.
        }
        catch (Exception fault) when (IsOfTheSource(fault))
        {
            var told = fault is OperationCanceledException ? $"no answer within {patience.TotalSeconds:0} s" : fault.Message;
            health.Failed(source.Profile.Id, told);
            log.LogWarning("Source {Source} failed: {Fault}", source.Profile.Id, told);
        }
    }

    // Whatever an answer from outside can cause: no connection, no time, no JSON, JSON of another shape, figures that are no rates.
    internal static bool IsOfTheSource(Exception fault) => fault
        is SourceFaultException or HttpRequestException or OperationCanceledException or IOException or JsonException or InvalidDataException
        or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException or OverflowException or IndexOutOfRangeException;
}
