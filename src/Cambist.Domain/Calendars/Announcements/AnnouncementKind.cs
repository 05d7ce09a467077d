namespace Cambist.Domain.Calendars.Announcements;

/// <summary>What is announced. One currency and one issuer each; the hour is part of its calendar.</summary>
public enum AnnouncementKind
{
    /// <summary>Statement of the Federal Open Market Committee; the chair speaks half an hour after it.</summary>
    FederalReserveDecision,

    /// <summary>Minutes of that committee.</summary>
    FederalReserveMinutes,

    /// <summary>The Employment Situation of the United States, with non-farm payrolls.</summary>
    AmericanPayrolls,

    /// <summary>Consumer price index of the United States.</summary>
    AmericanInflation,

    /// <summary>Monetary policy decision of the European Central Bank: the interest rates only.</summary>
    EuropeanCentralBankDecision,

    /// <summary>Press conference on that decision: its reasons, and everything but the rates until July 2022.</summary>
    EuropeanCentralBankPressConference,

    /// <summary>Decision of the Monetary Policy Committee of the Bank of England.</summary>
    BankOfEnglandDecision,

    /// <summary>Consumer price inflation of the United Kingdom.</summary>
    BritishInflation,

    /// <summary>Labour market statistics of the United Kingdom.</summary>
    BritishEmployment,

    /// <summary>Quarterly monetary policy assessment of the Swiss National Bank.</summary>
    SwissNationalBankDecision,

    /// <summary>Decision of the Bank of Japan. It has no fixed hour: most come between 11:30 and 13:00 in Tokyo, and the calendar holds noon.</summary>
    BankOfJapanDecision,

    /// <summary>Cash rate decision of the Reserve Bank of Australia.</summary>
    ReserveBankOfAustraliaDecision,

    /// <summary>Minutes of that board.</summary>
    ReserveBankOfAustraliaMinutes,

    /// <summary>Labour force of Australia.</summary>
    AustralianEmployment,

    /// <summary>Consumer price index of Australia, quarterly until 2025.</summary>
    AustralianInflation,

    /// <summary>National accounts of Australia, quarterly.</summary>
    AustralianGrowth,

    /// <summary>Official cash rate decision of the Reserve Bank of New Zealand.</summary>
    ReserveBankOfNewZealandDecision,

    /// <summary>Consumer price index of New Zealand, quarterly.</summary>
    NewZealandInflation,

    /// <summary>Labour market of New Zealand, quarterly.</summary>
    NewZealandEmployment,

    /// <summary>Overnight rate decision of the Bank of Canada.</summary>
    BankOfCanadaDecision,

    /// <summary>Labour Force Survey of Canada.</summary>
    CanadianEmployment,

    /// <summary>Consumer price index of Canada.</summary>
    CanadianInflation,
}
