using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Tests.Forecasting.Registry;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace Cambist.App.Tests.Forecasting.Serving;

/// <summary>Forecasts over random walks of two pairs, with a registry of tiny models, at Wednesday 18 March 2026, 12:00 UTC and later. Bars of the future are in the store; nobody may see them.</summary>
internal sealed class ForecastHouse : IDisposable
{
    public static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    public static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");

    private const double HourlyVolatility = 0.0008;

    private readonly ModelHouse _house;

    public ForecastHouse(Engine engine = Engine.Sqlite, int weeks = 40, RecordOptions? record = null, FallbackOptions? fallback = null)
    {
        _house = new ModelHouse(engine, more: services =>
        {
            services.AddSingleton<BarStore>().AddSingleton<RateHistory>().AddSingleton(provider => new RateHistory(provider.GetRequiredService<BarStore>()));
            services.AddSingleton(RatesOptions.Default with { MajorPairs = [EurUsd, UsdJpy] }).AddSingleton(new MarketFacts(MarketMode.Live));
            services.AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
            services.AddSingleton(record ?? new RecordOptions()).AddSingleton(fallback ?? new FallbackOptions());
            services.AddForecasts();
        });
        Write(EurUsd, 1.1, weeks, seed: 1);
        Write(UsdJpy, 140, weeks, seed: 2);
    }

    public ModelHouse Models => _house;

    public DateTimeOffset Now => _house.Clock.GetUtcNow();

    public ForecastService Forecasts => _house.Service<ForecastService>();

    public BarStore Bars => _house.Service<BarStore>();

    public ForecastRecordStore Record => _house.Service<ForecastRecordStore>();

    public ForecastAnswer Ask(CurrencyPair? pair = null, DateTimeOffset? asOf = null) => Forecasts.Predict(pair ?? EurUsd, asOf ?? Now, 1.1m);

    /// <summary>What the service does after each hour.</summary>
    public void Refresh() => _house.Service<ForecastRefresh>().Refresh(Now);

    public void Advance(TimeSpan time) => _house.Clock.Advance(time);

    /// <summary>Deletes or changes bars.</summary>
    public void Sql(string command)
    {
        using var connection = _house.Database.Connect();
        using var sql = connection.CreateCommand();
        sql.CommandText = command;
        sql.ExecuteNonQuery();
    }

    public void Dispose() => _house.Dispose();

    public static long Hour(DateTimeOffset instant) => UnixHour.Floor(instant);

    private void Write(CurrencyPair pair, double start, int weeks, int seed)
    {
        var random = new Random(seed);
        var (close, bars) = (start, new List<HourlyBar>());
        for (var hour = ModelHouse.Now.AddDays(-7 * weeks); hour < ModelHouse.Now.AddDays(10); hour = hour.AddHours(1))
        {
            if (FxWeek.IsOpen(hour))
            {
                var open = close;
                close *= Math.Exp(HourlyVolatility * (Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6));
                bars.Add(new HourlyBar(hour, Rate(open), Rate(Math.Max(open, close) * 1.0002), Rate(Math.Min(open, close) * 0.9998), Rate(close), null, null, "walk"));
            }
        }

        Bars.Upsert(pair, bars);
    }

    private static decimal Rate(double rate) => Math.Round((decimal)rate, 6);
}
