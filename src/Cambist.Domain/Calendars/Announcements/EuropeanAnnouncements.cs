using static Cambist.Domain.Calendars.Announcements.AnnouncementSchedule;

namespace Cambist.Domain.Calendars.Announcements;

/// <summary>The European Central Bank and the Swiss National Bank.</summary>
internal static class EuropeanAnnouncements
{
    private const string Frankfurt = "Europe/Berlin";

    // European Central Bank, "Calendars for the Governing Council", https://www.ecb.europa.eu/press/calendars/mgcgc/html/index.en.html: the meetings on monetary policy. Since July
    // 2022 half an hour later: press release of 1 June 2022.
    public static readonly AnnouncementSchedule CentralBank = Of(AnnouncementKind.EuropeanCentralBankDecision, "EUR", Frankfurt, new TimeOnly(14, 15),
        Year(2003, 109, 206, 306, 403, 508, 605, 710, 731, 904, 1002, 1106, 1204),
        Year(2004, 108, 205, 304, 401, 506, 603, 701, 805, 902, 1007, 1104, 1202),
        Year(2005, 113, 203, 303, 407, 504, 602, 707, 804, 901, 1006, 1103, 1201),
        Year(2006, 112, 202, 302, 406, 504, 608, 706, 803, 831, 1005, 1102, 1207),
        Year(2007, 111, 208, 308, 412, 510, 606, 705, 802, 906, 1004, 1108, 1206),
        Year(2008, 110, 207, 306, 410, 508, 605, 703, 807, 904, 1002, 1106, 1204),
        Year(2009, 115, 205, 305, 402, 507, 604, 702, 806, 903, 1008, 1105, 1203),
        Year(2010, 114, 204, 304, 408, 506, 610, 708, 805, 902, 1007, 1104, 1202),
        Year(2011, 113, 203, 303, 407, 505, 609, 707, 804, 908, 1006, 1103, 1208),
        Year(2012, 112, 209, 308, 404, 503, 606, 705, 802, 906, 1004, 1108, 1206),
        Year(2013, 110, 207, 307, 404, 502, 606, 704, 801, 905, 1002, 1107, 1205),
        Year(2014, 109, 206, 306, 403, 508, 605, 703, 807, 904, 1002, 1106, 1204),
        Year(2015, 122, 305, 415, 603, 716, 903, 1022, 1203),
        Year(2016, 121, 310, 421, 602, 721, 908, 1020, 1208),
        Year(2017, 119, 309, 427, 608, 720, 907, 1026, 1214),
        Year(2018, 125, 308, 426, 614, 726, 913, 1025, 1213),
        Year(2019, 124, 307, 410, 606, 725, 912, 1024, 1212),
        Year(2020, 123, 312, 430, 604, 716, 910, 1029, 1210),
        Year(2021, 121, 311, 422, 610, 722, 909, 1028, 1216),
        Year(2022, 203, 310, 414, 609, 721, 908, 1027, 1215),
        Year(2023, 202, 316, 504, 615, 727, 914, 1026, 1214),
        Year(2024, 125, 307, 411, 606, 718, 912, 1017, 1212),
        Year(2025, 130, 306, 417, 605, 724, 911, 1030, 1218),
        Year(2026, 205, 319, 430, 611, 723, 910, 1029, 1217),
        Year(2027, 204, 318, 429, 610, 722, 909, 1028, 1216))
        .At(new TimeOnly(13, 45), 20030101, 20220609);

    public static readonly AnnouncementSchedule CentralBankPressConference =
        new AnnouncementSchedule(AnnouncementKind.EuropeanCentralBankPressConference, "EUR", Frankfurt, new TimeOnly(14, 45), CentralBank.Days)
            .At(new TimeOnly(14, 30), 20030101, 20220609);

    // Swiss National Bank, "Monetary policy decisions", https://www.snb.ch/en/the-snb/mandates-goals/monetary-policy/decisions: the quarterly assessments.
    public static readonly AnnouncementSchedule SwissNationalBank = Of(AnnouncementKind.SwissNationalBankDecision, "CHF", "Europe/Zurich", new TimeOnly(9, 30),
        Year(2012, 315, 614, 913, 1213),
        Year(2013, 314, 620, 919, 1212),
        Year(2014, 320, 619, 918, 1211),
        Year(2015, 319, 618, 917, 1210),
        Year(2016, 317, 616, 915, 1215),
        Year(2017, 316, 615, 914, 1214),
        Year(2018, 315, 621, 920, 1213),
        Year(2019, 321, 613, 919, 1212),
        Year(2020, 319, 618, 924, 1217),
        Year(2021, 325, 617, 923, 1216),
        Year(2022, 324, 616, 922, 1215),
        Year(2023, 323, 622, 921, 1214),
        Year(2024, 321, 620, 926, 1212),
        Year(2025, 320, 619, 925, 1211),
        Year(2026, 319, 618, 924, 1210));
}
