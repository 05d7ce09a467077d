namespace Cambist.Domain.Forecasting;

/// <summary>Collects standardised returns and tells the shape they have.</summary>
internal interface IReturnTally
{
    /// <summary>Counts one return in units of its predicted volatility.</summary>
    void Add(double standardised);

    /// <summary>The shape of what was counted.</summary>
    ReturnShape Shape();
}
