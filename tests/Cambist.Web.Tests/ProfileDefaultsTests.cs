using Cambist.App.Accounts;
using Cambist.App.Assistant;
using Cambist.Web.Asking;
using Xunit;

namespace Cambist.Web.Tests;

/// <summary>What a person's profile adds to a question.</summary>
public sealed class ProfileDefaultsTests
{
    private static readonly AccountProfile Profile = new("Europe/Berlin", "DE", "aggressive", "wise");

    [Fact]
    public void Where_the_address_says_nothing_the_profile_does()
    {
        var form = Question.Of(new AskForm { Amount = "100", From = "USD", To = "EUR" }, Profile);

        Assert.Equal(("100", "Europe/Berlin", "DE", "aggressive", "wise"), (form.Amount, form.TimeZone, form.Country, form.Risk, form.UsualProvider));
    }

    [Fact]
    public void What_the_address_says_counts_and_an_emptied_field_stays_empty()
    {
        var form = Question.Of(new AskForm { Amount = "100", Country = "US", UsualProvider = "", Risk = "moderate" }, Profile);

        Assert.Equal(("US", null, "moderate", "Europe/Berlin"), (form.Country, form.UsualProvider, form.Risk, form.TimeZone));
    }

    [Fact]
    public void The_default_question_takes_the_profile_too() =>
        Assert.Equal(Question.Default with { TimeZone = "Europe/Berlin", Country = "DE", Risk = "aggressive", UsualProvider = "wise" }, Question.Of(new AskForm(), Profile));
}
