using System.Threading.Channels;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>A source whose every answer is the test's: at once by a rule, or call by call.</summary>
internal sealed class ScriptedSource(SourceProfile profile, Func<IReadOnlyList<CurrencyPair>, RateSheet>? rule = null) : IRateSource
{
    private readonly Channel<Call> _calls = Channel.CreateUnbounded<Call>();
    private int _open;

    public SourceProfile Profile => profile;

    /// <summary>Every time at which it was asked, and for what.</summary>
    public List<IReadOnlyList<CurrencyPair>> Asked { get; } = [];

    /// <summary>The most calls that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The next call; it waits for its answer.</summary>
    public ValueTask<Call> NextAsync() => _calls.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>A call that has come and that nobody has looked at; null where there is none.</summary>
    public Call? Next() => _calls.Reader.TryRead(out var call) ? call : null;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _open));
        try
        {
            Asked.Add(wanted);
            if (rule is not null)
            {
                return rule(wanted);
            }

            var call = new Call(wanted);
            _calls.Writer.TryWrite(call);
            return await call.Answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    internal sealed record Call(IReadOnlyList<CurrencyPair> Wanted)
    {
        public TaskCompletionSource<RateSheet> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
