using Xunit;

namespace Cambist.App.Tests.Architecture;

public sealed class FeatureTests
{
    [Fact]
    public void Features_use_only_what_the_table_allows() =>
        Assert.Empty(SourceFile.Under("src/Cambist.App", ".cs").SelectMany(FeatureRules.Violations));

    [Theory]
    [InlineData("Storage/Tables.cs", "using Cambist.App.Rates;", "Storage does not use Rates.")]
    [InlineData("Rates/RateBook.cs", "global using static Cambist.App.Quotes.QuoteDesk;", "Rates does not use Quotes.")]
    [InlineData("Rates/Sources/Ecb.cs", "using Desk = Cambist.App.Quotes.QuoteDesk;", "Rates does not use Quotes.")]
    [InlineData("Notifications/Outbox.cs", "internal sealed class Outbox(global::Cambist.App.Goals.GoalBook goals);", "Notifications does not use Goals.")]
    [InlineData("Quotes/QuoteDesk.cs", "using Cambist.App.Forecasting;", "Quotes does not use Forecasting.")]
    [InlineData("Forecasting/ForecastService.cs", "using Cambist.App.Assistant;", "Forecasting does not use Assistant.")]
    [InlineData("Goals/GoalBook.cs", "using Cambist.App.Quotes;", "Goals does not use Quotes.")]
    [InlineData("Accounts/SignIn.cs", "using Cambist.App.Goals;", "Accounts does not use Goals.")]
    [InlineData("Assistant/ConversionAssistant.cs", "using Cambist.App.Analytics;", "Assistant does not use Analytics.")]
    [InlineData("Payments/Transfer.cs", "", "Payments has no row in the table of features.")]
    [InlineData("Extras.cs", "using Cambist.App.Rates;", "The root of the App does not use Rates.")]
    public void A_use_outside_the_table_is_found(string path, string text, string violation) =>
        Assert.Equal([$"src/Cambist.App/{path}: {violation}"], FeatureRules.Violations(new SourceFile($"src/Cambist.App/{path}", text)));

    [Theory]
    [InlineData("CambistApp.cs", "using Cambist.App.Analytics;")]
    [InlineData("Extras.cs", "namespace Cambist.App;")]
    [InlineData("Storage/Tables.cs", "using Cambist.App.Telemetry;")]
    [InlineData("Rates/RateBook.cs", "using Cambist.App.Streaming;\nusing Cambist.Domain.Quotes;\nnamespace Cambist.App.Rates;")]
    [InlineData("Rates/RateBook.cs", "// Cambist.App.Quotes reads the latest rate.")]
    [InlineData("Goals/GoalBook.cs", "using Cambist.App.Notifications;")]
    [InlineData("Accounts/Letters.cs", "using Cambist.App.Notifications.Channels.Email;")]
    [InlineData("Analytics/TrackRecord.cs", "using Cambist.App.Assistant;")]
    public void A_use_of_the_table_is_allowed(string path, string text) =>
        Assert.Empty(FeatureRules.Violations(new SourceFile($"src/Cambist.App/{path}", text)));
}
