using System.Text.Json.Serialization;
using Cambist.App.Accounts;
using Cambist.App.Accounts.Pages;
using Cambist.App.Accounts.Passkeys;
using Cambist.App.Analytics;
using Cambist.App.Analytics.Outcomes;
using Cambist.App.Assistant;
using Cambist.App.Assistant.Log;
using Cambist.App.Audit;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Models;
using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Forecasting.Training;
using Cambist.App.Goals;
using Cambist.App.Quotes;
using Cambist.App.Quotes.Recipes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates;
using Cambist.App.Rates.Demo;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Replay;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.App.Streaming;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App;

/// <summary>The assistant without a host: what it is made of, one line a feature.</summary>
public static class CambistApp
{
    // No body of the API is deeper than three.
    private const int DeepestBody = 16;

    /// <summary>Registers the assistant over a store.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="store">Market history.</param>
    /// <param name="market">What kind of market it shows.</param>
    public static IServiceCollection AddCambist(this IServiceCollection services, Database store, MarketFacts market)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(store).AddSingleton(market);
        services.AddStreams();
        services.AddAudit();
        services.AddRates();
        services.AddModels().AddModelFamilies();
        services.AddForecasts();
        services.AddTraining();
        services.AddAdviceOutcomes();
        services.TryAddSingleton(QuotesOptions.Default);
        services.AddSingleton<QuoteSourceHealth>().AddSingleton<QuoteDesk>();
        services.AddDecisionLog();
        services.AddSingleton<ConversionAssistant>().AddSingleton<RecentAnswers>().AddSingleton<AdviceTrail>().AddSingleton<CostTableStream>();
        services.AddSingleton<AdviceReplayStore>().AddSingleton<RecordDesk>().AddSingleton<TellRecord>(provider => provider.GetRequiredService<RecordDesk>().Tell);
        services.AddGoals().AddGoalAdvice();
        services.AddSingleton<FindGoalPerson>(provider => async (account, cancellationToken) => await provider.GetRequiredService<AccountStore>().FindByIdAsync(account, cancellationToken) is { Profile: var profile }
            ? new GoalPerson(profile.TimeZone, profile.Country, profile.RiskTolerance, profile.UsualProvider)
            : null);
        services.AddSingleton<PageAnswers>().AddSingleton<AnswerQuestion>(provider => provider.GetRequiredService<PageAnswers>().AnswerAsync);
        return services;
    }

    /// <summary>Lets rates and quotes come from the world's services, each by <c>Rates:Sources:&lt;id&gt;</c>, <c>Rates:Feeds:&lt;id&gt;</c>, <c>Quotes:Sources:&lt;id&gt;</c> or <c>Quotes:Recipes:&lt;id&gt;</c>.</summary>
    public static IServiceCollection AddLiveMarket(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(RatesOptions.Read(configuration));
        services.AddSource<AlphaVantageSource>(AlphaVantageSource.About, configuration);
        services.AddSource<FixerSource>(FixerSource.About, configuration);
        services.AddSource<XeSource>(XeSource.About, configuration);
        services.AddSource<OpenExchangeRatesSource>(OpenExchangeRatesSource.About, configuration);
        services.AddSource<TwelveDataSource>(TwelveDataSource.About, configuration);
        services.AddSource<KrakenSource>(KrakenSource.About, configuration);
        services.AddSource<CoinbaseSource>(CoinbaseSource.About, configuration);
        services.AddSource<FrankfurterSource>(FrankfurterSource.About, configuration);
        services.AddSource<EcbSource>(EcbSource.About, configuration);
        services.AddSource<ExchangeApiSource>(ExchangeApiSource.About, configuration);
        services.AddSource<WiseSource>(WiseSource.AboutWith(configuration), configuration);
        services.AddSource<FileSource>(FileSource.About, configuration);
        services.AddFeed<KrakenFeed>(KrakenFeed.About, configuration);
        services.AddFeed<TwelveDataFeed>(TwelveDataFeed.About, configuration);
        services.AddCollector();

        services.AddSingleton(QuotesOptions.Read(configuration));
        services.AddQuoteSource<WiseComparisonSource>(WiseComparisonSource.About, configuration);
        services.AddQuoteSource<WiseQuoteSource>(WiseQuoteSource.About, configuration);
        services.AddQuoteSource<KrakenQuoteSource>(KrakenQuoteSource.About, configuration);
        services.AddQuoteSource<CoinbaseQuoteSource>(CoinbaseQuoteSource.About, configuration);
        services.AddQuoteSource<RevolutQuoteSource>(RevolutQuoteSource.About, configuration);
        services.AddQuoteSource<RemitlyQuoteSource>(RemitlyQuoteSource.About, configuration);
        services.AddPageRecipes(configuration);
        return services;
    }

    /// <summary>Lets rates come from a simulated market.</summary>
    public static IServiceCollection AddSimulatedMarket(this IServiceCollection services) => services.AddHostedService<DemoMarketFeed>();

    /// <summary>Lets rates come from the store's history, at the pace of the registered <see cref="ReplayClock"/>.</summary>
    public static IServiceCollection AddReplayedMarket(this IServiceCollection services) => services.AddHostedService<ReplayFeed>();

    /// <summary>Registers what the routes need: problem answers and the API's description.</summary>
    public static IServiceCollection AddCambistApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = CambistJson.Options.PropertyNamingPolicy;
            json.SerializerOptions.MaxDepth = DeepestBody;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, CambistJsonContext.Default);
            foreach (var converter in CambistJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddApiDescription().AddCors().AddCompression();
        services.AddAssistantServerOverHttp();
        return services;
    }

    /// <summary>Maps every route.</summary>
    public static IEndpointRouteBuilder MapCambist(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1");
        api.MapAssistant();
        api.MapRates();
        api.MapForecasts();
        api.MapTargets();
        api.MapForecastRecord();
        api.MapAdviceRecord();
        api.MapModels();
        api.MapGoals();
        api.MapAuth();
        api.MapMe();
        routes.MapAssistantServer();
        routes.MapAccountPages();
        routes.MapPasskeys();
        routes.MapRateTopics();
        routes.MapHealth();
        routes.MapApiDescription();
        return routes;
    }

    /// <summary>What every request passes before it reaches a route.</summary>
    public static IApplicationBuilder UseCambistEdge(this IApplicationBuilder app) => app.UseEdge().UseOwnForms().UseWebSockets();
}
