using Cambist.App.Assistant.Log;
using Cambist.App.Storage;
using Xunit;

namespace Cambist.App.Tests.Assistant.Log;

public sealed class LongDecisionLogTests
{
    private const int Entries = 100_000;

    [Fact]
    public void A_hundred_thousand_entries_are_whole_and_one_flipped_byte_among_them_is_found()
    {
        var stop = TestContext.Current.CancellationToken;
        using var store = SqliteStore.OpenThrowAway();
        var log = new DecisionLog(store);
        var some = GivenAdvices.Some(1_000); // Each is given a hundred times over.
        for (var written = 0; written < Entries; written += some.Count)
        {
            log.Append(some);
        }

        var whole = log.Verify(cancellationToken: stop);
        Assert.Equal((Entries, null), (whole.Head.Number, whole.Fault));

        using var connection = store.Connect();
        connection.Execute("DROP TRIGGER decision_entry_is_not_changed;");
        var answer = (byte[])connection.Scalar("SELECT answer FROM decision_entry WHERE number = 1234;")!;
        answer[17] ^= 0x40;
        connection.Execute("UPDATE decision_entry SET answer = @answer WHERE number = 1234;", ("answer", answer));

        var verdict = log.Verify(cancellationToken: stop);
        Assert.Equal((1_233, "The log's entry 1234 is not what was written, or the one before it is not."), (verdict.Head.Number, verdict.Fault));
    }
}
