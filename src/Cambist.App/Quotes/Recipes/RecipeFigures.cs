using System.Globalization;
using Cambist.App.Quotes.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Recipes;

/// <summary>What a page's texts say as figures, and what must hold between them. Each fault is a <see cref="FormatException"/> with what was expected and what was found.</summary>
/// <param name="Paid">Total that is paid.</param>
/// <param name="Fee">Fees in it.</param>
/// <param name="Received">What arrives.</param>
/// <param name="Rate">Receive currency per unit of send currency.</param>
/// <param name="WorkedOut">What the page does not tell and follows from what it does, in a sentence; null where it tells all.</param>
internal sealed record RecipeFigures(Money Paid, Money Fee, Money Received, decimal Rate, string? WorkedOut)
{
    // A rate that is written more coarsely would hide a markup of as much.
    private const decimal CoarsestRate = 0.001m;

    public static RecipeFigures Of(PageRecipe recipe, QuoteAsk ask, PageResult page)
    {
        var format = recipe.Numbers ?? PageNumbers.Of(page.Language) ?? throw new FormatException($"a page whose language tells how it writes numbers was expected, found '{page.Language ?? "none"}'");
        var (send, receive) = (ask.Pair.Base, ask.Pair.Quote);
        var fee = IsNone(recipe, ask.Side, page) ? Money.Zero(send) : Amount(ReadName.Fee, send) ?? throw new FormatException("a fee was expected, found none");
        var (paidTold, receivedTold, rateTold) = (Positive(Amount(ReadName.Paid, send)), Positive(Amount(ReadName.Received, receive)), Rate());
        if (ask.Side == AmountSide.Send)
        {
            var paid = recipe.FeeMode == FeeMode.Deducted ? ask.Amount : ask.Amount.Plus(fee);
            Echoes(ReadName.Paid, paid, paidTold);
            var received = receivedTold ?? new Money(Converted(paid, fee) * rateTold!.Value, receive).RoundedDown();
            var told = Whole(paid, fee, received, rateTold, receivedTold is null ? "What arrives" : null, recipe);
            return recipe.FeeMode == FeeMode.Deducted ? told : told.WithFeeTakenOutOf(ask.Amount);
        }

        Echoes(ReadName.Received, ask.Amount, receivedTold);
        var total = paidTold ?? new Money(ask.Amount.Amount / rateTold!.Value, send).RoundedUp().Plus(fee);
        return Whole(total, fee, ask.Amount, rateTold, paidTold is null ? "What is paid" : null, recipe);

        Money? Amount(ReadName name, Currency currency)
        {
            if (!page.Texts.TryGetValue(name.ToString(), out var text))
            {
                return null;
            }

            var amount = new Money(Number(name, text, format), currency);
            return amount.FitsMinorUnit() ? amount.Rounded() : throw new FormatException($"{Word(name)} with at most {currency.MinorUnits} decimals was expected, found '{text}'");
        }

        decimal? Rate()
        {
            if (!page.Texts.TryGetValue(nameof(ReadName.Rate), out var text))
            {
                return null;
            }

            var rate = Number(ReadName.Rate, text, format);
            return HalfUnit(rate) <= rate * CoarsestRate ? rate : throw new FormatException($"a rate written to a thousandth of itself was expected, found '{text}'");
        }
    }

    private static RecipeFigures Whole(Money paid, Money fee, Money received, decimal? rateTold, string? workedOut, PageRecipe recipe)
    {
        var converted = Converted(paid, fee);
        if (rateTold is not { } rate)
        {
            return new RecipeFigures(paid, fee, received, received.Amount / converted, FromTheOthers("The rate"));
        }

        var slack = recipe.Checks.ToleranceMinorUnits * received.Currency.SmallestAmount + converted * HalfUnit(rate);
        return workedOut is not null || Math.Abs(converted * rate - received.Amount) <= slack
            ? new RecipeFigures(paid, fee, received, rate, workedOut is null ? null : FromTheOthers(workedOut))
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"({paid} - {fee}) x {rate} = {new Money(converted * rate, received.Currency).Rounded()} to arrive was expected, found {received}"));
    }

    // The question is what arrives for a total; the page was asked what arrives for an amount to which its fee comes.
    private RecipeFigures WithFeeTakenOutOf(Money total) => this with
    {
        Paid = total,
        Received = new Money(Converted(total, Fee) * Rate, Received.Currency).RoundedDown(),
        WorkedOut = $"The page puts its fee of {Fee} on top of {total}; here it is taken out of that.",
    };

    private static string FromTheOthers(string figure) => $"{figure} is worked out from the page's other figures.";

    private static decimal Converted(Money paid, Money fee) => paid.Amount > fee.Amount
        ? paid.Amount - fee.Amount
        : throw new FormatException($"a fee below the {paid} that is paid was expected, found {fee}");

    private static void Echoes(ReadName name, Money asked, Money? told)
    {
        if (told is { } amount && amount.Amount != asked.Amount)
        {
            throw new FormatException($"{Word(name)} of {asked} was expected, found {amount}");
        }
    }

    private static Money? Positive(Money? amount) =>
        amount is { Amount: <= 0m } ? throw new FormatException($"an amount above 0 was expected, found {amount}") : amount;

    private static decimal Number(ReadName name, string text, NumberFormat format)
    {
        try
        {
            return PageNumbers.Read(text, format);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{Word(name)}: {fault.Message}", fault);
        }
    }

    private static bool IsNone(PageRecipe recipe, AmountSide side, PageResult page) =>
        recipe.Steps.FirstOrDefault(step => step.Read == ReadName.Fee && (step.Side is null || step.Side == side))?.None is { } none &&
        page.Texts.TryGetValue(nameof(ReadName.Fee), out var text) && none.IsMatch(text);

    // Half of the last digit that is written.
    private static decimal HalfUnit(decimal number) => new(5, 0, 0, false, (byte)(number.Scale + 1));

    private static string Word(ReadName name) => $"a figure '{name.ToString().ToLowerInvariant()}'";
}
