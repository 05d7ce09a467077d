using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Rates;

public sealed class RatesOptionsTests
{
    [Theory]
    [InlineData("30", 30)]
    [InlineData("30s", 30)]
    [InlineData("1.5", 1.5)]
    [InlineData("00:00:45", 45)]
    [InlineData("86400", 86400)]
    [InlineData("1.00:00:00", 86400)]
    [InlineData("", 30)]
    public void An_interval_is_told_in_seconds_or_as_a_time(string told, double seconds) =>
        Assert.Equal(seconds, Read(("MajorInterval", told)).MajorInterval.TotalSeconds);

    [Theory]
    [InlineData("MajorInterval", "0")]
    [InlineData("MajorInterval", "-30")]
    [InlineData("OtherInterval", "0.5")]
    [InlineData("OtherInterval", "86401")]
    [InlineData("MajorInterval", "NaN")]
    [InlineData("MajorInterval", "1e3")]
    [InlineData("MajorInterval", "∞")]
    [InlineData("OtherInterval", "often")]
    [InlineData("MajorInterval", "s")]
    [InlineData("MajorInterval", "99999999999999999999")]
    [InlineData("KeepTicksDays", "0")]
    [InlineData("KeepTicksDays", "-1")]
    [InlineData("KeepTicksDays", "1.5")]
    [InlineData("KeepRefusalsDays", "36501")]
    [InlineData("KeepRefusalsDays", "ninety")]
    [InlineData("MajorPairs", "EUR")]
    [InlineData("MajorPairs", "EUR/USD EUR/EUR")]
    [InlineData("MajorPairs", "EUR/USD,EUR/XYZ")]
    public void What_is_not_allowed_is_refused_with_key_found_and_allowed(string key, string told)
    {
        var refused = Assert.Throws<WrongSettingException>(() => Read((key, told)));

        Assert.Contains($"Rates:{key}", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{told.Split(' ', ',')[^1]}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("expected", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_are_a_list_or_words() => Assert.All(
        [Read(("MajorPairs:0", "EUR/USD"), ("MajorPairs:1", "USD/JPY")), Read(("MajorPairs", "EUR/USD, USD/JPY EUR/USD")), Read(("MajorPairs", "EURUSD USDJPY"))],
        options => Assert.Equal(["EUR/USD", "USD/JPY"], options.MajorPairs.Select(pair => pair.ToString())));

    [Fact]
    public void Without_configuration_majors_are_asked_every_30_seconds_and_others_every_5_minutes()
    {
        var options = Read();
        Assert.Equal((30, 300), (options.MajorInterval.TotalSeconds, options.OtherInterval.TotalSeconds));
        Assert.Equal(14, options.MajorPairs.Count);
    }

    private static RatesOptions Read(params (string Key, string Value)[] settings) => RatesOptions.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Rates:{setting.Key}", (string?)setting.Value))).Build());
}
