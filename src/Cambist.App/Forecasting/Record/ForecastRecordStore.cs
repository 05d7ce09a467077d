using System.Data.Common;
using System.Globalization;
using Cambist.App.Storage;
using Cambist.Domain.Forecasting.Baselines;

namespace Cambist.App.Forecasting.Record;

/// <summary>A forecast as it is recorded.</summary>
/// <param name="Model">Id of the model.</param>
/// <param name="Pair">Symbol of the pair.</param>
/// <param name="Hour">The instant of the forecast in whole hours since 1970.</param>
/// <param name="Spot">The rate at it.</param>
/// <param name="Said">What was said, by horizon.</param>
internal sealed record SaidForecast(string Model, string Pair, long Hour, double Spot, IReadOnlyList<SaidHorizon> Said);

/// <summary>A recorded forecast some of whose outcomes are awaited.</summary>
/// <param name="Forecast">What was said.</param>
/// <param name="Baseline">What the baseline said at the same instant; null where that is not recorded.</param>
/// <param name="Outcomes">The outcomes by horizon, as <see cref="ForecastBytes"/> has them.</param>
/// <param name="Due">The hour at which it was to be looked at.</param>
internal sealed record AwaitingForecast(SaidForecast Forecast, IReadOnlyList<SaidHorizon>? Baseline, double[] Outcomes, long Due);

/// <summary>What has become known of an awaiting forecast.</summary>
/// <param name="Of">The forecast.</param>
/// <param name="Outcomes">All its outcomes, as far as they are known now.</param>
/// <param name="Due">When to look again; null where nothing is awaited any more.</param>
/// <param name="Scores">What is new, by horizon.</param>
internal sealed record Settlement(AwaitingForecast Of, double[] Outcomes, long? Due, IReadOnlyList<(int Hours, DayScore Score)> Scores);

/// <summary>
/// The record of live forecasts. A forecast is recorded once, whoever comes first, and an outcome counts once, whoever finds it: any number of nodes may do the same work.
/// </summary>
internal sealed class ForecastRecordStore(Database database)
{
    private const int HoursPerDay = 24;

    private const string Sums =
        "n, missing, crps, against_n, against_crps, baseline_crps, log_error, percent_error, percent_no_change, inside_50, inside_80, inside_95, calls, hits";

    private readonly NamedIds _names = new("forecast_name", "name");

    /// <summary>Records forecasts, and returns how many of them were not recorded yet.</summary>
    public int Add(IReadOnlyList<SaidForecast> forecasts)
    {
        using var connection = database.Connect();
        var ids = forecasts.SelectMany(forecast => new[] { forecast.Model, forecast.Pair }).Distinct().ToDictionary(name => name, name => _names.Of(connection, name));
        using var transaction = connection.BeginTransaction();
        var added = 0;
        // In one order on every node, or two of them could wait for each other.
        foreach (var forecast in forecasts.OrderBy(forecast => (ids[forecast.Model], ids[forecast.Pair], forecast.Hour)))
        {
            var awaited = new double[forecast.Said.Count];
            Array.Fill(awaited, ForecastBytes.Awaited);
            added += connection.Execute(
                "INSERT INTO forecast_said (model, pair, hour, spot, said, outcomes, due) VALUES (@model, @pair, @hour, @spot, @said, @outcomes, @due) ON CONFLICT DO NOTHING;",
                ("model", ids[forecast.Model]),
                ("pair", ids[forecast.Pair]),
                ("hour", (int)forecast.Hour),
                ("spot", forecast.Spot),
                ("said", ForecastBytes.Of(forecast.Said)),
                ("outcomes", ForecastBytes.OfOutcomes(awaited)),
                ("due", (int)(forecast.Hour + forecast.Said.Min(horizon => horizon.Hours))));
        }

        transaction.Commit();
        return added;
    }

    /// <summary>Forecasts with an outcome that may be there by an hour, the oldest first.</summary>
    public IReadOnlyList<AwaitingForecast> Awaiting(long hour, int most)
    {
        using var connection = database.Connect();
        return connection.Rows(
            """
            SELECT model.name, pair.name, said.hour, said.spot, said.said, said.outcomes, said.due, baseline.said
            FROM forecast_said AS said
            JOIN forecast_name AS model ON model.id = said.model
            JOIN forecast_name AS pair ON pair.id = said.pair
            LEFT JOIN forecast_said AS baseline ON baseline.pair = said.pair AND baseline.hour = said.hour AND baseline.model = (SELECT id FROM forecast_name WHERE name = @baseline)
            WHERE said.due <= @hour ORDER BY said.due, said.pair, said.hour LIMIT @most;
            """,
            row => new AwaitingForecast(
                new SaidForecast(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetDouble(3), ForecastBytes.Said((byte[])row.GetValue(4))),
                row.IsDBNull(7) ? null : ForecastBytes.Said((byte[])row.GetValue(7)),
                ForecastBytes.Outcomes((byte[])row.GetValue(5)),
                row.GetInt32(6)),
            ("baseline", SeasonalEwma.Id),
            ("hour", (int)hour),
            ("most", most));
    }

    /// <summary>Keeps outcomes and counts them; what somebody else has settled meanwhile is passed over. Returns how many were settled here.</summary>
    public int Settle(IReadOnlyList<Settlement> settlements)
    {
        using var connection = database.Connect();
        var ids = settlements.SelectMany(settled => new[] { settled.Of.Forecast.Model, settled.Of.Forecast.Pair }).Distinct().ToDictionary(name => name, name => _names.Of(connection, name));
        using var transaction = connection.BeginTransaction();
        var done = 0;
        foreach (var settled in settlements.OrderBy(settled => (ids[settled.Of.Forecast.Model], ids[settled.Of.Forecast.Pair], settled.Of.Forecast.Hour)))
        {
            var forecast = settled.Of.Forecast;
            var (model, pair) = (ids[forecast.Model], ids[forecast.Pair]);
            var isOurs = connection.Execute(
                "UPDATE forecast_said SET outcomes = @outcomes, due = @next WHERE model = @model AND pair = @pair AND hour = @hour AND due = @due;",
                ("outcomes", ForecastBytes.OfOutcomes(settled.Outcomes)),
                ("next", (int?)settled.Due),
                ("model", model),
                ("pair", pair),
                ("hour", (int)forecast.Hour),
                ("due", (int)settled.Of.Due)) > 0;
            if (isOurs)
            {
                done++;
                foreach (var (hours, score) in settled.Scores)
                {
                    Count(connection, model, pair, hours, (int)(forecast.Hour / HoursPerDay), score);
                }
            }
        }

        transaction.Commit();
        return done;
    }

    /// <summary>The scores of the days [from, to], of one model and pair or of all.</summary>
    public IReadOnlyList<ScoredDay> Scores(string? model, string? pair, int from, int to)
    {
        using var connection = database.Connect();
        return connection.Rows(
            $"""
            SELECT model.name, pair.name, horizon, day, {Sums} FROM forecast_score AS score
            JOIN forecast_name AS model ON model.id = score.model
            JOIN forecast_name AS pair ON pair.id = score.pair
            WHERE day >= @from AND day <= @to
                AND (CAST(@model AS text) IS NULL OR model.name = @model) AND (CAST(@pair AS text) IS NULL OR pair.name = @pair)
            ORDER BY model.name, pair.name, horizon, day;
            """,
            row => new ScoredDay(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), ScoreOf(row, 4)),
            ("from", from),
            ("to", to),
            ("model", model),
            ("pair", pair));
    }

    /// <summary>What is recorded of a model's forecasts of a pair within [from, to], rising; an outcome is not a number where it is awaited, infinite where no bar tells it.</summary>
    public IReadOnlyList<(SaidForecast Forecast, double[] Outcomes)> Said(string model, string pair, long from, long to)
    {
        using var connection = database.Connect();
        return connection.Rows(
            """
            SELECT hour, spot, said, outcomes FROM forecast_said
            WHERE model = (SELECT id FROM forecast_name WHERE name = @model) AND pair = (SELECT id FROM forecast_name WHERE name = @pair) AND hour >= @from AND hour <= @to ORDER BY hour;
            """,
            row => (
                new SaidForecast(model, pair, row.GetInt32(0), row.GetDouble(1), ForecastBytes.Said((byte[])row.GetValue(2))),
                ForecastBytes.Outcomes((byte[])row.GetValue(3))),
            ("model", model),
            ("pair", pair),
            ("from", (int)from),
            ("to", (int)to));
    }

    /// <summary>Deletes forecasts made before an hour, and scores of days before a day.</summary>
    public void Trim(long hour, int day)
    {
        using var connection = database.Connect();
        connection.Execute("DELETE FROM forecast_said WHERE hour < @hour;", ("hour", (int)hour));
        connection.Execute("DELETE FROM forecast_score WHERE day < @day;", ("day", day));
    }

    private static void Count(DbConnection connection, int model, int pair, int hours, int day, DayScore score) => connection.Execute(
        $"""
        INSERT INTO forecast_score (model, pair, horizon, day, {Sums})
        VALUES (@model, @pair, @horizon, @day, @n, @missing, @crps, @against, @against_crps, @baseline_crps, @log_error, @percent, @no_change, @i50, @i80, @i95, @calls, @hits)
        ON CONFLICT (model, pair, horizon, day) DO UPDATE SET
            n = forecast_score.n + excluded.n, missing = forecast_score.missing + excluded.missing, crps = forecast_score.crps + excluded.crps,
            against_n = forecast_score.against_n + excluded.against_n, against_crps = forecast_score.against_crps + excluded.against_crps,
            baseline_crps = forecast_score.baseline_crps + excluded.baseline_crps, log_error = forecast_score.log_error + excluded.log_error,
            percent_error = forecast_score.percent_error + excluded.percent_error, percent_no_change = forecast_score.percent_no_change + excluded.percent_no_change,
            inside_50 = forecast_score.inside_50 + excluded.inside_50, inside_80 = forecast_score.inside_80 + excluded.inside_80, inside_95 = forecast_score.inside_95 + excluded.inside_95,
            calls = forecast_score.calls + excluded.calls, hits = forecast_score.hits + excluded.hits;
        """,
        ("model", model),
        ("pair", pair),
        ("horizon", hours),
        ("day", day),
        ("n", (int)score.Count),
        ("missing", (int)score.Missing),
        ("crps", score.Crps),
        ("against", (int)score.AgainstCount),
        ("against_crps", score.AgainstCrps),
        ("baseline_crps", score.BaselineCrps),
        ("log_error", score.LogError),
        ("percent", score.PercentError),
        ("no_change", score.PercentNoChange),
        ("i50", (int)score.Inside50),
        ("i80", (int)score.Inside80),
        ("i95", (int)score.Inside95),
        ("calls", (int)score.Calls),
        ("hits", (int)score.Hits));

    private static DayScore ScoreOf(DbDataReader row, int at)
    {
        return new DayScore
        {
            Count = Whole(0),
            Missing = Whole(1),
            Crps = row.GetDouble(at + 2),
            AgainstCount = Whole(3),
            AgainstCrps = row.GetDouble(at + 4),
            BaselineCrps = row.GetDouble(at + 5),
            LogError = row.GetDouble(at + 6),
            PercentError = row.GetDouble(at + 7),
            PercentNoChange = row.GetDouble(at + 8),
            Inside50 = Whole(9),
            Inside80 = Whole(10),
            Inside95 = Whole(11),
            Calls = Whole(12),
            Hits = Whole(13),
        };

        long Whole(int column) => Convert.ToInt64(row.GetValue(at + column), CultureInfo.InvariantCulture);
    }
}
