using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class ForecastTranscriptTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);
    private static readonly Forecast Asked = new(
        CurrencyPair.Parse("EUR/USD"), Noon, 1.1, "student", Noon, instant => new RateDistribution(1.1, 0.001 * Math.Sqrt((instant - Noon).TotalHours), new StudentShape(0.9, 4.5), 0.0003));

    [Fact]
    public void A_listener_changes_no_answer_and_a_retold_forecast_gives_the_same_to_the_last_bit()
    {
        var listener = new ForecastListener(Asked);
        var (heard, direct) = (Answers(listener.Forecast), Answers(Asked));
        var retold = Answers(listener.Transcript().Retell());

        Assert.Equal(direct, heard);
        Assert.Equal(direct, retold);
    }

    [Fact]
    public void What_was_not_asked_is_not_known()
    {
        var listener = new ForecastListener(Asked);
        Answers(listener.Forecast);
        var retold = listener.Transcript().Retell();

        Assert.Throws<NotAskedException>(() => retold.AfterHours(5));
        Assert.Throws<NotAskedException>(() => retold.AfterHours(6).Quantile(0.33));
        Assert.Throws<NotAskedException>(() => retold.AfterHours(6).ProbabilityAbove(1.2));
        Assert.Throws<NotAskedException>(() => retold.AfterHours(24).Std);
    }

    private static double[] Answers(Forecast forecast) =>
    [
        forecast.Spot, forecast.AfterHours(6).Mean, forecast.AfterHours(6).Std, forecast.AfterHours(6).Quantile(0.05), forecast.AfterHours(6).Quantile(0.123), forecast.AfterHours(6).ProbabilityAbove(1.11),
        forecast.AfterHours(24).Quantile(0.9), forecast.AfterHours(24).ProbabilityAbove(1.09), forecast.AfterHours(0).Quantile(0.1), TouchProbability.Of(forecast, 1.12, Noon.AddDays(3)),
    ];
}
