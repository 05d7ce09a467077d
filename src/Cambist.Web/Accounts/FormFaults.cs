using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Cambist.Web.Accounts;

/// <summary>What forms answer that are not done.</summary>
internal static class FormFaults
{
    public const string Busy = "More people log in at this moment than the service takes. Try again in a moment.";
    public const string LinkOver = "The link does not work: it was used, a newer one was sent, or its time is over. Ask for another one.";
    public const string LinkMissing = "Paste the whole link of the mail.";

    /// <summary>Answers with the form and what is wrong with it.</summary>
    public static string Refuse(this HttpContext http, string fault, int status = StatusCodes.Status422UnprocessableEntity)
    {
        http.Response.StatusCode = status;
        return fault;
    }

    public static string RefuseBusy(this HttpContext http)
    {
        http.Response.Headers.RetryAfter = 5.ToString(CultureInfo.InvariantCulture);
        return http.Refuse(Busy, StatusCodes.Status503ServiceUnavailable);
    }
}
