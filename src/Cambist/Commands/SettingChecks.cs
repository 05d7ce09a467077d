using Cambist.App.Accounts.Retention;
using Cambist.App.Accounts;
using Cambist.App.Edge.Limits;
using Cambist.App.Forecasting.Record;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.App.Forecasting.Serving;
using Cambist.App.Forecasting.Training;
using Cambist.App.Notifications.Channels.Email;
using Cambist.App.Privacy;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.App.Streaming;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary>Looks at the configuration of rates, quotes, models, storage, keys, mail and the edge: settings that nobody reads, and values out of range. Of a value that may hold a key nothing is shown.</summary>
internal static class SettingChecks
{
    private const string Name = "configuration";
    private const string Forecasting = "Forecasting";

    private static readonly string[] OfStorage = ["Provider", "ConnectionString"];
    private static readonly string[] OfRates = ["MajorPairs", "MajorInterval", "OtherInterval", "KeepTicksDays", "KeepRefusalsDays", "Sources", "Feeds"];
    private static readonly string[] OfQuotes = ["KeepFor", "MidMoveBps", "Patience", "Sources", "Recipes", "RecipesFolder", "Browser"];
    private static readonly string[] OfModels = [.. typeof(ModelsOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfMlflow = [.. typeof(MlflowOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
    private static readonly string[] OfRecord = [.. typeof(RecordOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfFallback = [.. typeof(FallbackOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfTraining = ["Enabled", "At", "TimeZone"];
    private static readonly string[] OfTrainer = [.. typeof(TrainerOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfServing = [.. typeof(ForecastingOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfQuoteSource = [.. typeof(QuoteSourceOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfSource = [.. typeof(RateSourceOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfLimits = [.. typeof(RateLimitsOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfEdge = ["TrustedProxies", "LargestBody"];
    private static readonly string[] OfCors = ["Origins"];
    private static readonly string[] OfRedis = ["ConnectionString"];
    private static readonly string[] OfStreams = [.. typeof(StreamOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfRetention = [.. typeof(RetentionOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] OfFeed = [.. typeof(FeedOptions).GetProperties().Select(property => property.Name)];

    // Each section below Forecasting with its keys.
    private static readonly SortedList<string, string[]> OfForecasting = new()
    {
        [Last(ModelsOptions.Section)] = OfModels,
        [Last(MlflowOptions.Section)] = OfMlflow,
        [Last(ForecastingOptions.Section)] = OfServing,
        [Last(RecordOptions.Section)] = OfRecord,
        [Last(FallbackOptions.Section)] = OfFallback,
        [Last(TrainingOptions.Section)] = OfTraining,
    };

    /// <summary>How a key is written in the environment.</summary>
    public static string InEnvironment(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Keys that nobody reads, each with the nearest one that somebody does.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="services">What knows the ids; null where it could not be put together, and then ids are not looked at.</param>
    public static IEnumerable<DoctorCheck> UnknownKeys(IConfiguration settings, IServiceProvider? services)
    {
        var unknown = In(settings.GetSection("Storage"), OfStorage).Concat(In(settings.GetSection("Rates"), OfRates)).Concat(In(settings.GetSection("Quotes"), OfQuotes))
            .Concat(In(settings.GetSection(AuthOptions.Section), AuthOptions.Keys))
            .Concat(In(settings.GetSection(TrainerOptions.Section), OfTrainer))
            .Concat(In(settings.GetSection(RateLimitsOptions.Section), OfLimits)).Concat(In(settings.GetSection("Edge"), OfEdge)).Concat(In(settings.GetSection("Cors"), OfCors)).Concat(In(settings.GetSection("Redis"), OfRedis)).Concat(In(settings.GetSection(StreamOptions.Section), OfStreams))
            .Concat(In(settings.GetSection(EncryptionOptions.Section), EncryptionOptions.Keys))
            .Concat(In(settings.GetSection(RetentionOptions.Section), OfRetention))
            .Concat(In(settings.GetSection(EncryptionOptions.Section).GetSection("Vault"), EncryptionOptions.VaultKeys))
            .Concat(In(settings.GetSection("Notifications"), ["Channels"])).Concat(In(settings.GetSection("Notifications:Channels"), ["email"])).Concat(In(settings.GetSection(EmailOptions.Section), EmailOptions.Keys))
            .Concat(In(settings.GetSection(Forecasting), [.. OfForecasting.Keys]))
            .Concat(OfForecasting.SelectMany(part => In(settings.GetSection($"{Forecasting}:{part.Key}"), part.Value)));
        if (services is not null)
        {
            unknown = unknown
                .Concat(In(settings.GetSection("Rates:Sources"), [.. services.GetRequiredService<SourceRoster>().Sources.Select(source => source.Profile.Id)], OfSource))
                .Concat(In(settings.GetSection("Rates:Feeds"), [.. services.GetServices<KnownFeed>().Select(feed => feed.Id)], OfFeed))
                .Concat(In(settings.GetSection("Quotes:Sources"), IdsUnder("Quotes:Sources", services), OfQuoteSource))
                .Concat(In(settings.GetSection("Quotes:Recipes"), IdsUnder("Quotes:Recipes", services), OfQuoteSource));
        }

        return unknown;
    }

    /// <summary>Values out of range, beside those that keep the program from being put together.</summary>
    public static IEnumerable<DoctorCheck> Values(IServiceProvider services) => services.GetRequiredService<SourceRoster>().Sources.SelectMany(Of);

    private static IEnumerable<DoctorCheck> Of(KnownSource source)
    {
        var (section, options) = ($"Rates:Sources:{source.Profile.Id}", source.Options);
        if (source.Profile.PublicAddress is not null && options.BaseUrl is { } address && !(address is { IsAbsoluteUri: true, Scheme: "http" or "https" }))
        {
            yield return Wrong($"{section}:BaseUrl", $"an address as in {source.Profile.PublicAddress}");
        }

        if (options.QuotaPerDay <= 0)
        {
            yield return Wrong($"{section}:QuotaPerDay", "a whole number above 0");
        }

        if (options.Gap < TimeSpan.Zero)
        {
            yield return Wrong($"{section}:Gap", "a time such as 00:00:01.2");
        }
    }

    private static string[] IdsUnder(string section, IServiceProvider services) =>
        [.. services.GetServices<KnownQuoteSource>().Where(known => known.Section.StartsWith(section, StringComparison.Ordinal)).Select(known => known.Profile.Id)];

    private static string Last(string section) => section[(Forecasting.Length + 1)..];

    private static DoctorCheck Wrong(string key, string allowed) =>
        DoctorCheck.Failed(Name, $"{key}: {allowed} expected, found something else.", $"Correct or remove it; in the environment it is {InEnvironment(key)}.");

    private static IEnumerable<DoctorCheck> In(IConfigurationSection section, IReadOnlyList<string> ids, IReadOnlyList<string> known) =>
        In(section, ids).Concat(section.GetChildren().Where(child => ids.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(child => In(child, known)));

    private static IEnumerable<DoctorCheck> In(IConfigurationSection section, IReadOnlyList<string> known) =>
        section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).Select(child => DoctorCheck.Warning(
            Name, $"{child.Path} is read by nobody.", $"Did you mean {section.Path}:{known.MinBy(name => Distance(name, child.Key))}? Known are {string.Join(", ", known)}."));

    // Letters to insert, delete or replace (Levenshtein 1966).
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                (diagonal, row[j]) = (row[j], Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[^1];
    }
}
