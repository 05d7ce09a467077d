using System.Text;

namespace Cambist.Web.Chart;

/// <summary>The chart in words, for those who do not see it.</summary>
internal static class ChartSummary
{
    public static string Of(FanGeometry geometry)
    {
        var words = new StringBuilder();
        if (geometry.Past is [var first, .., var last])
        {
            words.Append($"The mid-market rate went from {Figures.Rate(first.Rate)} to {Figures.Rate(last.Rate)}, ");
            words.Append($"between {Figures.Rate(geometry.Past.Min(point => point.Rate))} and {Figures.Rate(geometry.Past.Max(point => point.Rate))}. ");
        }

        if (geometry.Future is [var now, .., { Quantiles: { } end } then])
        {
            words.Append($"In {(then.At - now.At).TotalHours:0} hours it is as likely above {Figures.Rate(end.Q50)} as below. ");
            words.Append($"It lies between {Figures.Rate(end.Q25)} and {Figures.Rate(end.Q75)} with 50 %, ");
            words.Append($"{Figures.Rate(end.Q10)} and {Figures.Rate(end.Q90)} with 80 %, ");
            words.Append($"{Figures.Rate(end.Q025)} and {Figures.Rate(end.Q975)} with 95 % probability.");
        }

        return words.ToString().TrimEnd();
    }
}
