using System.Collections.Frozen;

namespace Cambist.Domain.Calendars.Announcements;

/// <summary>
/// Central banks' decisions and statistics that make currencies jump, at the hours for which they had been announced. Only what was scheduled at least a day ahead is
/// in it, on the date as it stood then: an emergency cut of rates is not, nor a meeting that was called off, for to a forecast either would be a look
/// into the future.
/// </summary>
public static class AnnouncementCalendar
{
    private static readonly FrozenDictionary<AnnouncementKind, AnnouncementSchedule> Schedules = new[]
    {
        AmericanAnnouncements.FederalReserve,
        AmericanAnnouncements.FederalReserveMinutes,
        AmericanAnnouncements.Payrolls,
        AmericanAnnouncements.Inflation,
        EuropeanAnnouncements.CentralBank,
        EuropeanAnnouncements.CentralBankPressConference,
        EuropeanAnnouncements.SwissNationalBank,
        BritishAnnouncements.BankOfEngland,
        BritishAnnouncements.Inflation,
        BritishAnnouncements.Employment,
        PacificAnnouncements.BankOfJapan,
        PacificAnnouncements.ReserveBankOfAustralia,
        PacificAnnouncements.ReserveBankOfAustraliaMinutes,
        PacificAnnouncements.ReserveBankOfNewZealand,
        PacificAnnouncements.AustralianEmployment,
        PacificAnnouncements.AustralianInflation,
        PacificAnnouncements.AustralianGrowth,
        PacificAnnouncements.NewZealandInflation,
        PacificAnnouncements.NewZealandEmployment,
        CanadianAnnouncements.BankOfCanada,
        CanadianAnnouncements.Employment,
        CanadianAnnouncements.Inflation,
    }.ToFrozenDictionary(schedule => schedule.Kind);

    private static readonly Announcement[] Sorted = [.. Schedules.Values.SelectMany(schedule => schedule.Announcements()).OrderBy(item => item.At).ThenBy(item => item.Kind)];

    /// <summary>All known announcements in order of time.</summary>
    public static ReadOnlySpan<Announcement> All => Sorted;

    /// <summary>Until when all announcements of a kind are in the calendar: after it, that none is found says nothing.</summary>
    public static DateTimeOffset KnownUntil(AnnouncementKind kind) => Schedules[kind].KnownUntil;
}
