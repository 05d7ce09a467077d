using Cambist.Domain.Currencies;

namespace Cambist.Domain.Calendars.Announcements;

/// <summary>An announcement that was scheduled at least a day ahead.</summary>
/// <param name="Kind">What is announced.</param>
/// <param name="Currency">The currency that it is about.</param>
/// <param name="At">When, in UTC.</param>
public readonly record struct Announcement(AnnouncementKind Kind, Currency Currency, DateTimeOffset At);
