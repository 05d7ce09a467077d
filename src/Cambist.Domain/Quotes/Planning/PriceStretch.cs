namespace Cambist.Domain.Quotes.Planning;

/// <summary>
/// A range of amounts on which the cost of an offer grows evenly, but for the rounding of fees. Amounts are what the question fixes: the total paid (send) or what arrives
/// (receive). The cost is, for send, what is paid less what arrives at mid; for receive, what is paid; both in the send currency.
/// </summary>
/// <param name="From">Its first amount, a multiple of the minor unit.</param>
/// <param name="To">Its last amount, inclusive.</param>
/// <param name="CostAtFrom">Cost of the first amount.</param>
/// <param name="Slope">What one unit more costs.</param>
/// <param name="BasisFrom">What of the first amount counts towards an allowance, in the send currency.</param>
/// <param name="BasisTo">The same of the last amount.</param>
/// <param name="IsBegin">True where it begins only because of less nothing arrives: no transfer of a best split stands there, for without it the rest would cost no more.</param>
/// <param name="Offer">Index of the offer that it belongs to.</param>
internal readonly record struct PriceStretch(
    decimal From, decimal To, decimal CostAtFrom, decimal Slope, decimal BasisFrom, decimal BasisTo, bool IsBegin, int Offer)
{
    public decimal CostAt(decimal amount) => CostAtFrom + (amount - From) * Slope;
}
