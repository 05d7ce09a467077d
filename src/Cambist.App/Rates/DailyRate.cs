namespace Cambist.App.Rates;

/// <summary>The one value of a pair on a day: a reference rate, or a day's close.</summary>
/// <param name="Day">The day by its source's calendar.</param>
/// <param name="EffectiveAt">When it was true; nothing of it is known before.</param>
/// <param name="Rate">Quote currency per unit of base currency.</param>
public readonly record struct DailyRate(DateOnly Day, DateTimeOffset EffectiveAt, decimal Rate);
