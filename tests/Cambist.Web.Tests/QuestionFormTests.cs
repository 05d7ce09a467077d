using Bunit;
using Cambist.App.Assistant;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Web.Asking;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class QuestionFormTests : BunitContext
{
    [Fact]
    public void An_address_without_a_question_asks_the_default_one()
    {
        var form = Question.Of(new AskForm());

        Assert.Equal(("5000", "USD", "EUR"), (form.Amount, form.From, form.To));
    }

    [Fact]
    public void An_emptied_amount_is_not_answered_for_the_default_one()
    {
        Assert.Null(Question.Of(new AskForm { Amount = "", From = "USD", To = "EUR" }).Amount);
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("../../etc/passwd", "UTC")]
    [InlineData(null, "UTC")]
    public void An_unknown_time_zone_leaves_the_clock_at_UTC(string? asked, string used)
    {
        Assert.Equal(used, Question.Zone(new AskForm { TimeZone = asked }).Id);
    }

    [Fact]
    public void Every_currency_can_be_chosen_once_and_majors_come_first()
    {
        var codes = Show(Question.Default).FindAll("#from option").Select(option => option.GetAttribute("value")!).ToList();

        Assert.Equal("USD", codes[0]);
        Assert.Equal(Iso4217.All.Select(currency => currency.Code).Order(), codes.Order());
    }

    [Theory]
    [InlineData("amount", "amount")]
    [InlineData("from_currency", "from")]
    [InlineData("deadline", "by")]
    [InlineData("time_zone", "time_zone")]
    public void A_problem_is_told_at_the_field_at_fault(string wireName, string field)
    {
        var form = Show(Question.Default, Sample.Problem with { Field = wireName });

        var input = form.Find($"#{field}");
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal(Sample.Problem.Detail, form.Find("#" + input.GetAttribute("aria-describedby")).TextContent);
        Assert.Single(form.FindAll(".field-problem"));
    }

    [Fact]
    public void A_problem_of_a_choice_is_told_at_the_choice()
    {
        var form = Show(Question.Default with { Risk = "reckless" }, Sample.Problem with { Field = "risk_tolerance" });

        var group = form.Find("fieldset:has(#risk)");
        Assert.Equal("risk-problem", group.GetAttribute("aria-describedby"));
        Assert.Empty(group.QuerySelectorAll("[checked]"));
    }

    [Fact]
    public void A_problem_of_a_folded_field_unfolds_it()
    {
        var form = Show(Question.Default, Sample.Problem with { Field = "country" });

        Assert.True(form.Find("details").HasAttribute("open"));
    }

    [Fact]
    public void A_currency_that_does_not_exist_stays_visible()
    {
        var chosen = Show(Question.Default with { To = "XXQ" }).Find("#to option[selected]");

        Assert.Equal("XXQ", chosen.GetAttribute("value"));
    }

    [Fact]
    public void A_currency_in_small_letters_is_chosen()
    {
        var chosen = Show(Question.Default with { To = "eur" }).Find("#to option[selected]");

        Assert.Equal("EUR", chosen.GetAttribute("value"));
    }

    [Theory]
    [InlineData("2026-12-04", "date")]
    [InlineData("2026-12-04T15:00Z", "text")]
    [InlineData("soon", "text")]
    public void A_deadline_is_kept_as_typed(string typed, string type)
    {
        var field = Show(Question.Default with { By = typed }).Find("#by");

        Assert.Equal(typed, field.GetAttribute("value"));
        Assert.Equal(type, field.GetAttribute("type"));
    }

    [Fact]
    public void Without_a_deadline_the_form_shows_the_one_of_the_advice()
    {
        var form = Render<QuestionForm>(parameters => parameters
            .Add(card => card.Form, Question.Default)
            .Add(card => card.Advice, Sample.Advice));

        Assert.Equal("2026-12-25", form.Find("#by").GetAttribute("value"));
    }

    private IRenderedComponent<QuestionForm> Show(AskForm form, Problem? problem = null) => Render<QuestionForm>(parameters => parameters
        .Add(card => card.Form, form)
        .Add(card => card.Problem, problem));
}
