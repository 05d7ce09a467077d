using System.Data.Common;
using Cambist.App.Accounts;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>What whoever runs the service does, and that it is told, are one.</summary>
public sealed class OperatorAccountsTests
{
    [Theory]
    [InlineData("unlock", "account.unlocked")]
    [InlineData("sign out", "account.signed_out")]
    public async Task What_cannot_be_told_is_not_done_and_what_is_done_is_told(string act, string kind)
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        var (locks, sessions, trail) = (house.Cambist.Service<AccountLocks>(), house.Cambist.Service<Sessions>(), house.Cambist.Service<AuditTrail>());
        while (locks.TryBegin(tokens.UserId))
        {
            // Until it is locked.
        }

        await using var scope = house.Cambist.Service<IServiceScopeFactory>().CreateAsyncScope();
        var operators = ActivatorUtilities.CreateInstance<OperatorAccounts>(scope.ServiceProvider);
        var account = (await operators.FindAsync(tokens.UserId))!;
        Execute("CREATE TRIGGER trail_is_full BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'full'); END;");
        Assert.ThrowsAny<DbException>(Act);
        Assert.Equal((true, 1), (locks.IsLocked(account.Id), sessions.Of(account.Id).Count));

        Execute("DROP TRIGGER trail_is_full;");
        Act();

        Assert.Equal(act == "unlock" ? (false, 1) : (true, 0), (locks.IsLocked(account.Id), sessions.Of(account.Id).Count));
        Assert.Equal((kind, OperatorAccounts.Actor, account.Id), trail.Last(1).Select(one => (one.Kind, one.Actor, one.Subject)).Single());

        void Act()
        {
            if (act == "unlock")
            {
                operators.Unlock(account);
            }
            else
            {
                operators.SignOut(account);
            }
        }

        void Execute(string sql)
        {
            using var connection = house.Cambist.Store.Connect();
            connection.Execute(sql);
        }
    }
}
