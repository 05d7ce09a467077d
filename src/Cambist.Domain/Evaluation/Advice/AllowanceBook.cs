using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>What one person has used of the providers' fair-use allowances: several parts of an amount share what one alone would have had free.</summary>
internal sealed class AllowanceBook
{
    private readonly List<(string Provider, DateTimeOffset At, decimal Basis)> _used = [];

    /// <summary>Notes a conversion.</summary>
    public void Add(ProviderQuote quote, DateTimeOffset at)
    {
        if (quote is { Offer.Allowance: not null, Cost: { } cost })
        {
            // A deducted fee is a share of what is paid, one on top a share of what is converted.
            var fees = quote.Offer.FeeMode == FeeMode.Deducted ? 0m : cost.FixedFee.Amount + cost.VariableFee.Amount;
            _used.Add((quote.Provider.Id, at, cost.Paid.Amount - fees));
        }
    }

    /// <summary>The providers with what is left of their allowances at an instant; all offers of a provider share one.</summary>
    public ProviderPanel Left(ProviderPanel panel, DateTimeOffset at) => _used.Count == 0
        ? panel
        : new ProviderPanel([.. panel.Providers.Select(provider => _used.Exists(use => use.Provider == provider.Id) ? provider with { Offers = [.. provider.Offers.Select(offer => Left(provider.Id, offer, at))] } : provider)]);

    private FeeOffer Left(string provider, FeeOffer offer, DateTimeOffset at)
    {
        if (offer.Allowance is not { } allowance)
        {
            return offer;
        }

        var used = _used.Where(use => use.Provider == provider && at - use.At < TimeSpan.FromDays(allowance.Days)).Sum(use => use.Basis);
        return offer with { Allowance = allowance with { Amount = Math.Max(0m, allowance.Amount - used) } };
    }
}
