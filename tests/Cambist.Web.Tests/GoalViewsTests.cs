using Bunit;
using Cambist.Client;
using Cambist.Web.Goals;
using Xunit;

namespace Cambist.Web.Tests;

/// <summary>What pages show of goals: what is known, what is not, and what can be heard as well as seen.</summary>
public sealed class GoalViewsTests : BunitContext
{
    [Fact]
    public void Progress_is_a_meter_and_words_and_is_not_rounded_up()
    {
        var card = Render<GoalCard>(of => of.Add(card => card.Goal, GoalSample.Goal));

        Assert.Equal(("49", "49 %"), (card.Find("[role=meter]").GetAttribute("aria-valuenow"), card.Find("[role=meter]").GetAttribute("aria-valuetext")));
        Assert.Equal("600.00 of 12,000.00 USD converted 49 %", card.Find(".bar p").TextContent);
    }

    [Fact]
    public void A_card_tells_what_is_next_and_what_to_do_about_it()
    {
        var card = Render<GoalCard>(of => of.Add(card => card.Goal, GoalSample.Goal));

        Assert.Equal("Next 5,400.00 USD by 15 Dec 2026", string.Join(' ', card.Find(".next").TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("Convert now", card.Find(".badge").TextContent);
        Assert.Contains("by 28 Feb 2027", card.Find(".terms").TextContent, StringComparison.Ordinal); // Midnight in New York is the end of the day before.
    }

    [Theory]
    [InlineData("active", "Nothing due")]
    [InlineData("paused", "Paused")]
    [InlineData("completed", "Completed")]
    [InlineData("expired", "Expired")]
    [InlineData("cancelled", "Given up")]
    public void A_goal_without_advice_says_how_it_stands(string status, string words) =>
        Assert.Equal(words, Render<GoalBadge>(of => of.Add(badge => badge.Goal, GoalSample.Goal with { Status = status, Recommendation = null })).Find(".badge").TextContent);

    [Fact]
    public void Advice_names_its_provider_what_savings_count_against_and_where_costs_are_compared()
    {
        var card = Render<AdviceCard>(of => of.Add(card => card.Goal, GoalSample.Goal).Add(card => card.Providers, GoalSample.Providers));

        Assert.Equal("Convert now", card.Find("h2").TextContent);
        Assert.Contains("Savings count against Chase", card.Markup.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("5,300.00 EUR", card.Markup, StringComparison.Ordinal);
        Assert.Equal("/?amount=6000&side=send&from=USD&to=EUR&by=2027-03-01T05%3A00%3A00Z&risk=moderate&usual=chase&time_zone=America%2FNew_York", card.Find(".links a").GetAttribute("href"));
    }

    [Fact]
    public void What_advice_does_not_know_is_said_and_not_made_up()
    {
        var goal = GoalSample.Goal with { Recommendation = GoalSample.Advice with { ExpectedSavings = null, Confidence = null, LatestSafeDate = null, Counterfactual = null } };

        var card = Render<AdviceCard>(of => of.Add(card => card.Goal, goal).Add(card => card.Providers, []));

        Assert.Equal(3, card.FindAll(".unknown").Count);
        Assert.Contains("No usual provider is named", card.Markup, StringComparison.Ordinal);
        Assert.Contains("<b>wise</b>", card.Markup, StringComparison.Ordinal); // One that is not known by name is called by its id.
    }

    [Fact]
    public void Where_there_is_no_advice_the_reason_takes_its_place()
    {
        var goal = GoalSample.Goal with { Recommendation = null, RecommendationMissing = new GoalNote("no_fresh_rate", "The last rate is two days old.") };

        var card = Render<AdviceCard>(of => of.Add(card => card.Goal, goal).Add(card => card.Providers, []));

        Assert.Equal("The last rate is two days old.", card.Find(".why").TextContent);
    }

    [Theory]
    [InlineData("paused", "The goal is paused: nobody looks at it.")]
    [InlineData("cancelled", "The goal is given up.")]
    public void What_was_advised_before_a_goal_was_paused_or_ended_is_not_said_now(string status, string words)
    {
        var card = Render<AdviceCard>(of => of.Add(card => card.Goal, GoalSample.Goal with { Status = status }).Add(card => card.Providers, []));

        Assert.Equal(("No advice now", words), (card.Find("h2").TextContent, card.Find(".why").TextContent));
    }

    [Fact]
    public void The_schedule_is_a_table_with_a_caption_and_its_notes()
    {
        var card = Render<ScheduleCard>(of => of.Add(card => card.Goal, GoalSample.Goal).AddCascadingValue(TimeZoneInfo.Utc));

        Assert.NotEmpty(card.Find("caption").TextContent);
        Assert.Equal(["Due", "Planned"], card.FindAll("td .badge").Select(badge => badge.TextContent));
        Assert.Equal("any time", card.FindAll("td[data-label='Order by']")[1].TextContent.Trim());
        Assert.Equal("The deadline is at a weekend.", card.Find(".why").TextContent);
    }

    [Fact]
    public void Of_many_parts_those_that_come_next_are_shown_and_all_on_demand()
    {
        var part = GoalSample.Goal.Schedule[1];
        var parts = Enumerable.Range(0, 30).Select(number => part with { Amount = Sample.Usd(100 + number), Status = number < 5 ? "done" : "planned" }).ToList();

        var card = Render<ScheduleCard>(of => of.Add(card => card.Goal, GoalSample.Goal with { Schedule = parts }));

        var tables = card.FindAll("table");
        Assert.Equal((12, "105.00 USD"), (tables[0].QuerySelectorAll("tbody tr").Length, tables[0].QuerySelector("tbody th")!.TextContent));
        Assert.Equal(("All 30 parts", 30), (card.Find("details summary").TextContent, tables[1].QuerySelectorAll("tbody tr").Length));
    }

    [Fact]
    public void A_conversion_tells_what_it_saved_against_whom_or_that_nothing_is_counted()
    {
        var goal = GoalSample.Goal with { Conversions = [GoalSample.Conversion, GoalSample.Conversion with { Saved = Sample.Usd(-2m) }, GoalSample.Conversion with { Saved = null, SavedAgainst = null, SavedUsd = null, Provider = "<i>uncle</i>" }] };

        var card = Render<ConversionsCard>(of => of.Add(card => card.Goal, goal).Add(card => card.Providers, GoalSample.Providers));

        var saved = card.FindAll("td[data-label='Saved']");
        Assert.Equal(("+4.20 USD", "against Chase"), (saved[0].QuerySelector(".gain")!.TextContent, saved[0].QuerySelector("small")!.TextContent));
        Assert.Equal("−2.00 USD", saved[1].QuerySelector(".loss")!.TextContent);
        Assert.Equal("not counted", saved[2].QuerySelector(".unknown")!.TextContent);
        Assert.Equal("<i>uncle</i>", card.FindAll("td[data-label='With']")[2].TextContent);
    }

    [Fact]
    public void Savings_of_nothing_are_no_zero()
    {
        var none = new SavingsSum(Sample.Usd(0m), [], 0, 2, 0);
        var some = new SavingsSum(Sample.Usd(12.5m), [Sample.Usd(10m), GoalSample.Eur(2m)], 3, 2, 1);

        var card = Render<SavingsCard>(of => of.Add(card => card.Savings, new SavingsReport(none, some, some)));

        Assert.Equal("nothing counted", card.Find("dd .unknown").TextContent);
        Assert.Equal("0 conversions, 2 not counted", card.FindAll("dd")[0].QuerySelector("small")!.TextContent);
        Assert.Equal(["+2.00 EUR", "3 conversions, 2 not counted, 1 without a known worth in USD"], card.FindAll("dd")[1].QuerySelectorAll("small").Select(small => small.TextContent));
    }

    [Fact]
    public void What_is_worth_acting_on_comes_by_its_last_safe_order_and_what_waits_is_only_counted()
    {
        var dashboard = new Dashboard(
            [],
            [
                new DashboardRecommendation("1", "later", GoalSample.Advice),
                new DashboardRecommendation("2", "waits", GoalSample.Advice with { Recommendation = "WAIT" }),
                new DashboardRecommendation("3", "<b>sooner</b>", GoalSample.Advice with { LatestSafeDate = GoalSample.Now.AddDays(1) }),
            ],
            Sample.Usd(0m), null!, GoalSample.Now);

        var card = Render<ActNow>(of => of.Add(card => card.Dashboard, dashboard).Add(card => card.Providers, GoalSample.Providers));

        Assert.Equal(["6,000.00 USD for <b>sooner</b>", "6,000.00 USD for later"], card.FindAll("li a").Select(link => link.TextContent));
        Assert.Equal("One part that is due is better waited for", card.Find("header small").TextContent);
    }

    [Fact]
    public void An_answered_question_can_be_carried_into_a_goal()
    {
        var link = Render<KeepAsGoal>(of => of.Add(link => link.Advice, Sample.Advice)).Find("a").GetAttribute("href");

        Assert.StartsWith("/goals/new?amount=5000&amount_side=send&from_currency=USD&to_currency=EUR&deadline=20", link, StringComparison.Ordinal);
    }
}
