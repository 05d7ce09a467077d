using System.Globalization;
using Cambist.App.Forecasting.Registry;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>What registered models say of a pair's hour, asked once an hour; and when what they say is not served.</summary>
internal sealed class ModelOutlooks(LivePairs live, ModelShapes shapes, LearnedModels learned)
{
    // A model corrects the baseline by tens of per cent, in the wildest hours by two or three times; more is a fault of the model or of its data.
    private const double MostTimes = 8;

    private static readonly int[] LooksAtHours = [1, 4, 12, 24];

    /// <summary>Hours ahead at which a model's mean is in its forecasts of a pair.</summary>
    public IReadOnlyList<int> MeanHours(LoadedModel model, CurrencyPair pair) => learned.Of(model).MeanHours(pair);

    /// <summary>What a model says of an hour of now.</summary>
    public ModelHour Of(PairHour hour, LoadedModel model, DateTimeOffset now)
    {
        var pulse = live.Pulse(now);
        if (hour.Unsound is { } unsound)
        {
            return Not(pulse, unsound);
        }

        var asOf = UnixHour.ToInstant(hour.Hour);
        if (LearnedFrom(model, asOf) is { } learnedFrom)
        {
            return Not(pulse, learnedFrom);
        }

        if (hour.Track is not { } track)
        {
            return Not(pulse, $"too few hours of {hour.Bars!.Pair} are recorded for a learned model");
        }

        var (ofWeek, why) = shapes.Of(track.Path.Pair, model, LearnedFamily.WeekOf(track, asOf), asOf);
        if (ofWeek is null)
        {
            return Not(pulse, why!);
        }

        if (hour.Outlooks.TryGetValue(model.Row.Fingerprint, out var known) && ReferenceEquals(known.Pulse, pulse) && ReferenceEquals(known.Shapes, ofWeek))
        {
            return known;
        }

        return hour.Outlooks[model.Row.Fingerprint] = Ask(track, pulse, ofWeek, model, asOf, hour.Baseline!);
    }

    /// <summary>Begins with the market of an hour of the past, unless somebody is at it.</summary>
    public void Anticipate(DateTimeOffset asOf) => shapes.AnticipatePulse(asOf);

    /// <summary>What a model says of an hour of the past.</summary>
    public ModelHour Past(PairHour hour, LoadedModel model)
    {
        var asOf = UnixHour.ToInstant(hour.Hour);
        if (hour.Unsound is { } unsound)
        {
            return Not(MarketPulse.None, unsound);
        }

        if (LearnedFrom(model, asOf) is { } learnedFrom)
        {
            return Not(MarketPulse.None, learnedFrom);
        }

        var (track, pulse, ofWeek, why) = shapes.Past(hour.Bars!.Pair, model, asOf);
        return track is null ? Not(pulse, why!) : Ask(track, pulse, ofWeek!, model, asOf, hour.Baseline!);
    }

    // What a model learned from it cannot forecast, neither of the past nor in a replay of it.
    private static string? LearnedFrom(LoadedModel model, DateTimeOffset asOf) =>
        asOf < model.Row.TrainedUntil ? $"{model.Row.Id} learned from data up to {model.Row.TrainedUntil:yyyy-MM-dd}, after the instant that was asked for" : null;

    private ModelHour Ask(VarianceTrack track, MarketPulse pulse, WeekShapes ofWeek, LoadedModel model, DateTimeOffset asOf, Volatility baseline)
    {
        try
        {
            var row = Math.Min(track.Path.RowAt(asOf), track.Path.Rows - 1);
            var from = learned.Of(model).Outlook(track, pulse, ofWeek, asOf);
            var why = from is null
                ? $"too few hours of {track.Path.Pair} are recorded for a learned model"
                : UnlikeTraining.Find(track, pulse, row, model.Manifest) ?? Nonsense(from, baseline, model, asOf);
            return new ModelHour(pulse, ofWeek, why is null ? from : null, why);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A model is run by a library with exceptions of its own; whatever it throws, there is the baseline.
            return new ModelHour(pulse, ofWeek, null, $"{model.Row.Id} cannot be asked: {fault.GetType().Name}");
        }
    }

    private static string? Nonsense(Func<Standpoint, Forecast> from, Volatility baseline, LoadedModel model, DateTimeOffset asOf)
    {
        var (theirs, usual) = (from(new Standpoint(asOf, 1)), baseline.Predict(asOf, 1));
        foreach (var hours in LooksAtHours)
        {
            var (said, expected) = (theirs.AfterHours(hours).Std, usual.AfterHours(hours).Std);
            if (!double.IsFinite(said) || (expected > 0 && !(said / expected is > 1 / MostTimes and < MostTimes)))
            {
                return string.Create(CultureInfo.InvariantCulture, $"{model.Row.Id} expects {said / expected:0.##} times the baseline's spread in {hours} h, which is not believed");
            }
        }

        return null;
    }

    private static ModelHour Not(MarketPulse pulse, string why) => new(pulse, Shapes: null, From: null, why);
}
