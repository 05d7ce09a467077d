using Cambist.Domain.Currencies;

namespace Cambist.App.Quotes.Sources;

/// <summary>Checks that an answer is one to the question.</summary>
internal static class QuoteAnswers
{
    /// <summary>Throws where an answer speaks of other currencies than were asked about.</summary>
    /// <exception cref="FormatException">It does.</exception>
    public static void MustBe(this QuoteAsk ask, string? send, string? receive)
    {
        if (!Is(ask.Pair.Base, send) || !Is(ask.Pair.Quote, receive))
        {
            throw new FormatException($"An answer about {ask.Pair} was expected.");
        }
    }

    private static bool Is(Currency currency, string? told) => string.Equals(currency.Code, told, StringComparison.OrdinalIgnoreCase);
}
