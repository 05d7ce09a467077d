using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Cambist.App.Storage;

namespace Cambist.App.Tests.Storage;

/// <summary>A database whose connection breaks at the next commit: before it happened, or after it and before the answer came.</summary>
internal sealed class UnansweredDatabase(Database inner) : Database
{
    /// <summary>Whether the next commit happens before the connection breaks; null: it does not break. Back to null afterwards.</summary>
    public bool? NextHappens { get; set; }

    public override string Name => inner.Name;

    public override string Place => inner.Place;

    public override int SchemaVersion => inner.SchemaVersion;

    public override DbConnection Connect() => new Connection(inner.Connect(), this);

    public override string? Fault() => inner.Fault();

    public override void Dispose() => inner.Dispose();

    internal override object Stored(DateTimeOffset instant) => inner.Stored(instant);

    internal override DateTimeOffset InstantAt(DbDataReader row, int column) => inner.InstantAt(row, column);

    private sealed class Connection(DbConnection to, UnansweredDatabase place) : DbConnection
    {
        [AllowNull]
        public override string ConnectionString { get => to.ConnectionString; set => to.ConnectionString = value; }

        public override string Database => to.Database;

        public override string DataSource => to.DataSource;

        public override string ServerVersion => to.ServerVersion;

        public override ConnectionState State => to.State;

        public override void ChangeDatabase(string databaseName) => to.ChangeDatabase(databaseName);

        public override void Close() => to.Close();

        public override void Open() => to.Open();

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new Transaction(to.BeginTransaction(), this, place);

        protected override DbCommand CreateDbCommand() => to.CreateCommand();

        protected override void Dispose(bool disposing)
        {
            to.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Transaction(DbTransaction of, Connection connection, UnansweredDatabase place) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => of.IsolationLevel;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
            var happens = place.NextHappens;
            place.NextHappens = null;
            if (happens ?? true)
            {
                of.Commit();
            }

            if (happens is not null)
            {
                throw new TimeoutException("The connection broke at the commit.");
            }
        }

        public override void Rollback() => of.Rollback();

        protected override void Dispose(bool disposing)
        {
            of.Dispose();
            base.Dispose(disposing);
        }
    }
}
