using Cambist.App.Storage;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Storage;

public sealed class StorageSettingsTests : IDisposable
{
    private const string Password = "ax5;zq=87\"correct staple";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sqlite")]
    [InlineData("SQLite")]
    public void SQLite_is_used_unless_told_otherwise(string? provider)
    {
        using var store = Open(provider, null);

        Assert.Equal("SQLite", store.Name);
    }

    [Theory]
    [InlineData("oracle", "Host=x", "Storage:Provider", "'sqlite' or 'postgres'", "'oracle'")]
    [InlineData("postgres", null, "Storage:ConnectionString", "a PostgreSQL connection string", "empty")]
    [InlineData("postgres", " ", "Storage:ConnectionString", "a PostgreSQL connection string", "empty")]
    [InlineData("postgres", "Database=x", "Storage:ConnectionString", "Host=127.0.0.1;Database=", "cannot be read")]
    [InlineData("postgres", "Host=x;Port=many", "Storage:ConnectionString", "Host=127.0.0.1;Database=", "cannot be read")]
    [InlineData("postgres", "postgres://x/y", "Storage:ConnectionString", "Host=127.0.0.1;Database=", "cannot be read")]
    public void A_wrong_value_is_told_with_its_key_and_what_is_allowed(string provider, string? connectionString, params string[] told)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Open(provider, connectionString));

        Assert.All(told, words => Assert.Contains(words, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_not_repeated()
    {
        var fault = Assert.Throws<WrongSettingException>(() => Open("postgres", $"Host=x;Password={Password}"));

        Assert.All(Password.Split(';', '"', '=', ' '), part => Assert.DoesNotContain(part, fault.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_that_does_not_answer_is_named_without_the_password()
    {
        var fault = Assert.Throws<CannotOpenDatabaseException>(() => Open("postgres", "Host=127.0.0.1;Port=1;Database=rates;Username=ann;Password=secret1"));

        Assert.Contains("127.0.0.1:1", fault.Message, StringComparison.Ordinal);
        Assert.Contains("'rates'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_without_an_address_is_told_too()
    {
        var fault = Assert.Throws<CannotOpenDatabaseException>(() => Open("postgres", "Host=nowhere.invalid;Database=rates"));

        Assert.Contains("nowhere.invalid", fault.Message, StringComparison.Ordinal);
    }

    private Database Open(string? provider, string? connectionString) => StorageSettings.Open(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Storage:Provider"] = provider, ["Storage:ConnectionString"] = connectionString }).Build(),
        folder.Path);
}
