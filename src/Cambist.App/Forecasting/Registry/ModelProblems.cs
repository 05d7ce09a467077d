using Cambist.App.Edge;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Forecasting.Registry;

/// <summary>What a refusal of the registry is to whoever asked.</summary>
public static class ModelProblems
{
    /// <summary>The problem that a refusal is.</summary>
    public static Problem Of(ModelFaultException fault) => fault.Kind switch
    {
        ModelFault.NotFound => Problems.Of(StatusCodes.Status404NotFound, "model_not_found", "Not found", fault.Message),
        ModelFault.DiskFull or ModelFault.CannotBeStored => Problems.Of(StatusCodes.Status503ServiceUnavailable, fault.Code, "Not available now", fault.Message),
        _ => Problems.Of(StatusCodes.Status409Conflict, fault.Code, "The models stay as they are", fault.Message),
    };
}
