using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Analytics;

/// <summary>Routes of the track record.</summary>
internal static class AdviceRecordEndpoints
{
    public static void MapAdviceRecord(this IEndpointRouteBuilder api)
    {
        api.MapGet("/record", Record)
            .WithName("Record")
            .WithSummary("The track record: how live forecasts fared, and what following the advice was worth.")
            .WithDescription($"What /record/forecasts and /record/advice tell of the last {RecordDesk.UsualDays} days, together.")
            .WithTags("Record")
            .Produces<TrackRecord>()
            .ProducesProblems()
            .WithEntityTags();

        api.MapGet("/record/advice", Advice)
            .WithName("AdviceRecord")
            .WithSummary("What following the advice was worth, after fees, against converting at once, on the last safe day, in equal parts, by one-way trading, and with hindsight.")
            .WithDescription(
                $"Under 'live' what came of the advice that was given from 'from' (without it the {RecordDesk.UsualDays} days up to 'to') until 'to' (without it now), {RecordDesk.MostYears} years at most; without both it may be some minutes old. Under 'replayed' the newest replay of recorded history: the first row is "
                + "about all goals that were asked for, those after it are about what they differ in. Months are told for all goals and for a pair.")
            .WithTags("Record")
            .Produces<AdviceRecord>()
            .ProducesProblems()
            .WithEntityTags();
    }

    private static IResult Record(string? pair, string? amount, string? risk, string? side, RecordDesk desk) => desk.Tell(new RecordQuestion(pair, amount, risk, side)) switch
    {
        { Problem: { } problem } => new ProblemResult(problem),
        var answer => TypedResults.Json(answer.Record, CambistJson.Wire.TrackRecord),
    };

    private static IResult Advice(string? pair, string? amount, string? risk, string? side, string? from, string? to, RecordDesk desk) => desk.Advice(new RecordQuestion(pair, amount, risk, side, from, to)) switch
    {
        (_, { } problem) => new ProblemResult(problem),
        var (record, _) => TypedResults.Json(record, CambistJson.Wire.AdviceRecord),
    };
}
