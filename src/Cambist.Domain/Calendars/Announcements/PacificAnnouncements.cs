using static Cambist.Domain.Calendars.Announcements.AnnouncementSchedule;

namespace Cambist.Domain.Calendars.Announcements;

/// <summary>The Bank of Japan, the Reserve Banks of Australia and New Zealand, employment and inflation of Australia.</summary>
internal static class PacificAnnouncements
{
    private const string Sydney = "Australia/Sydney";
    private const string Wellington = "Pacific/Auckland";

    // Bank of Japan, "Monetary Policy Meetings", https://www.boj.or.jp/en/mopo/mpmsche_minu/index.htm: the last day of each meeting. 19 March 2020 is missing, for that
    // meeting was held on the 16th, as was said on that morning.
    public static readonly AnnouncementSchedule BankOfJapan = Of(AnnouncementKind.BankOfJapanDecision, "JPY", "Asia/Tokyo", new TimeOnly(12, 0),
        Year(2012, 124, 214, 313, 410, 427, 523, 615, 712, 809, 919, 1005, 1030, 1120, 1220),
        Year(2013, 122, 214, 307, 404, 426, 522, 611, 711, 808, 905, 1004, 1031, 1121, 1220),
        Year(2014, 122, 218, 311, 408, 430, 521, 613, 715, 808, 904, 1007, 1031, 1119, 1219),
        Year(2015, 121, 218, 317, 408, 430, 522, 619, 715, 807, 915, 1007, 1030, 1119, 1218),
        Year(2016, 129, 315, 428, 616, 729, 921, 1101, 1220),
        Year(2017, 131, 316, 427, 616, 720, 921, 1031, 1221),
        Year(2018, 123, 309, 427, 615, 731, 919, 1031, 1220),
        Year(2019, 123, 315, 425, 620, 730, 919, 1031, 1219),
        Year(2020, 121, 427, 616, 715, 917, 1029, 1218),
        Year(2021, 121, 319, 427, 618, 716, 922, 1028, 1217),
        Year(2022, 118, 318, 428, 617, 721, 922, 1028, 1220),
        Year(2023, 118, 310, 428, 616, 728, 922, 1031, 1219),
        Year(2024, 123, 319, 426, 614, 731, 920, 1031, 1219),
        Year(2025, 124, 319, 501, 617, 731, 919, 1030, 1219),
        Year(2026, 123, 319, 428, 616, 731, 918, 1030, 1218));

    // Reserve Bank of Australia, "Board meeting schedules", https://www.rba.gov.au/monetary-policy/int-rate-decisions/: until 2023 the first Tuesday of
    // the month but January. Since December 2007 every decision is published.
    public static readonly AnnouncementSchedule ReserveBankOfAustralia = Of(AnnouncementKind.ReserveBankOfAustraliaDecision, "AUD", Sydney, new TimeOnly(14, 30),
        Year(2008, 205, 304, 401, 506, 603, 701, 805, 902, 1007, 1104, 1202),
        Year(2009, 203, 303, 407, 505, 602, 707, 804, 901, 1006, 1103, 1201),
        Year(2010, 202, 302, 406, 504, 601, 706, 803, 907, 1005, 1102, 1207),
        Year(2011, 201, 301, 405, 503, 607, 705, 802, 906, 1004, 1101, 1206),
        Year(2012, 207, 306, 403, 501, 605, 703, 807, 904, 1002, 1106, 1204),
        Year(2013, 205, 305, 402, 507, 604, 702, 806, 903, 1001, 1105, 1203),
        Year(2014, 204, 304, 401, 506, 603, 701, 805, 902, 1007, 1104, 1202),
        Year(2015, 203, 303, 407, 505, 602, 707, 804, 901, 1006, 1103, 1201),
        Year(2016, 202, 301, 405, 503, 607, 705, 802, 906, 1004, 1101, 1206),
        Year(2017, 207, 307, 404, 502, 606, 704, 801, 905, 1003, 1107, 1205),
        Year(2018, 206, 306, 403, 501, 605, 703, 807, 904, 1002, 1106, 1204),
        Year(2019, 205, 305, 402, 507, 604, 702, 806, 903, 1001, 1105, 1203),
        Year(2020, 204, 303, 407, 505, 602, 707, 804, 901, 1006, 1103, 1201),
        Year(2021, 202, 302, 406, 504, 601, 706, 803, 907, 1005, 1102, 1207),
        Year(2022, 201, 301, 405, 503, 607, 705, 802, 906, 1004, 1101, 1206),
        Year(2023, 207, 307, 404, 502, 606, 704, 801, 905, 1003, 1107, 1205),
        Year(2024, 206, 319, 507, 618, 806, 924, 1105, 1210),
        Year(2025, 218, 401, 520, 708, 812, 930, 1104, 1209),
        Year(2026, 203, 317, 505, 616, 811, 929, 1103, 1208),
        Year(2027, 209, 323, 504, 622, 810, 928, 1102, 1214));

    // As above: two weeks after the decision.
    public static readonly AnnouncementSchedule ReserveBankOfAustraliaMinutes = Of(AnnouncementKind.ReserveBankOfAustraliaMinutes, "AUD", Sydney, new TimeOnly(11, 30),
        Year(2008, 219, 318, 415, 520, 617, 715, 819, 916, 1021, 1118, 1216),
        Year(2009, 217, 317, 421, 519, 616, 721, 818, 915, 1020, 1117, 1215),
        Year(2010, 216, 316, 420, 518, 615, 720, 817, 921, 1019, 1116, 1221),
        Year(2011, 215, 315, 419, 517, 621, 719, 816, 920, 1018, 1115, 1220),
        Year(2012, 221, 320, 417, 515, 619, 717, 821, 918, 1016, 1120, 1218),
        Year(2013, 219, 319, 416, 521, 618, 716, 820, 917, 1015, 1119, 1217),
        Year(2014, 218, 318, 415, 520, 617, 715, 819, 916, 1021, 1118, 1216),
        Year(2015, 217, 317, 421, 519, 616, 721, 818, 915, 1020, 1117, 1215),
        Year(2016, 216, 315, 419, 517, 621, 719, 816, 920, 1018, 1115, 1220),
        Year(2017, 221, 321, 418, 516, 620, 718, 815, 919, 1017, 1121, 1219),
        Year(2018, 220, 320, 417, 515, 619, 717, 821, 918, 1016, 1120, 1218),
        Year(2019, 219, 319, 416, 521, 618, 716, 820, 917, 1015, 1119, 1217),
        Year(2020, 218, 317, 421, 519, 616, 721, 818, 915, 1020, 1117, 1215),
        Year(2021, 216, 316, 420, 518, 615, 720, 817, 921, 1019, 1116, 1221),
        Year(2022, 215, 315, 419, 517, 621, 719, 816, 920, 1018, 1115, 1220),
        Year(2023, 221, 321, 418, 516, 620, 718, 815, 919, 1017, 1121, 1219),
        Year(2024, 220, 402, 521, 702, 820, 1008, 1119, 1224),
        Year(2025, 304, 415, 603, 722, 826, 1014, 1118, 1223),
        Year(2026, 217, 331, 519, 630, 825, 1013, 1117, 1222),
        Year(2027, 223, 406, 518, 706, 824, 1012, 1116, 1228));

    // Reserve Bank of New Zealand, "OCR decision dates", https://www.rbnz.govt.nz/monetary-policy/monetary-policy-decisions. 25 March 2020 is missing, for its decision came on the 16th.
    public static readonly AnnouncementSchedule ReserveBankOfNewZealand = Of(AnnouncementKind.ReserveBankOfNewZealandDecision, "NZD", Wellington, new TimeOnly(14, 0),
        Year(2007, 125, 308, 426, 607, 726, 913, 1025, 1206),
        Year(2008, 124, 306, 424, 605, 724, 911, 1023, 1204),
        Year(2009, 129, 312, 430, 611, 730, 910, 1029, 1210),
        Year(2010, 128, 311, 429, 610, 729, 916, 1028, 1209),
        Year(2011, 127, 310, 428, 609, 728, 915, 1027, 1208),
        Year(2012, 126, 308, 426, 614, 726, 913, 1025, 1206),
        Year(2013, 131, 314, 424, 613, 725, 912, 1031, 1212),
        Year(2014, 130, 313, 424, 612, 724, 911, 1030, 1211),
        Year(2015, 129, 312, 430, 611, 723, 910, 1029, 1210),
        Year(2016, 128, 310, 428, 609, 811, 922, 1110),
        Year(2017, 209, 323, 511, 622, 810, 928, 1109),
        Year(2018, 208, 322, 510, 628, 809, 927, 1108),
        Year(2019, 213, 327, 508, 626, 807, 925, 1113),
        Year(2020, 212, 513, 624, 812, 923, 1111),
        Year(2021, 224, 414, 526, 714, 818, 1006, 1124),
        Year(2022, 223, 413, 525, 713, 817, 1005, 1123),
        Year(2023, 222, 405, 524, 712, 816, 1004, 1129),
        Year(2024, 228, 410, 522, 710, 814, 1009, 1127),
        Year(2025, 219, 409, 528, 709, 820, 1008, 1126),
        Year(2026, 218, 408, 527, 708, 902, 1028, 1209))
        .At(new TimeOnly(9, 0), 20070101, 20181231);

    // Australian Bureau of Statistics, release calendar, https://www.abs.gov.au/release-calendar.
    public static readonly AnnouncementSchedule AustralianEmployment = Of(AnnouncementKind.AustralianEmployment, "AUD", Sydney, new TimeOnly(11, 30),
        Year(2013, 117, 207, 314, 411, 509, 613, 711, 808, 912, 1010, 1107, 1212),
        Year(2014, 116, 213, 313, 410, 508, 612, 710, 807, 911, 1009, 1106, 1211),
        Year(2015, 115, 212, 312, 416, 507, 611, 709, 806, 910, 1015, 1112, 1210),
        Year(2016, 114, 218, 317, 414, 519, 616, 714, 818, 915, 1020, 1117, 1215),
        Year(2017, 119, 216, 316, 413, 518, 615, 720, 817, 914, 1019, 1116, 1214),
        Year(2018, 118, 215, 322, 419, 517, 614, 719, 816, 913, 1018, 1115, 1220),
        Year(2019, 124, 221, 321, 418, 516, 613, 718, 815, 919, 1017, 1114, 1219),
        Year(2020, 123, 220, 319, 416, 514, 618, 716, 813, 917, 1015, 1119, 1217),
        Year(2021, 121, 218, 318, 415, 520, 617, 715, 819, 916, 1014, 1111, 1216),
        Year(2022, 120, 217, 317, 414, 519, 616, 714, 818, 915, 1013, 1117, 1215),
        Year(2023, 119, 216, 316, 413, 518, 615, 720, 817, 914, 1019, 1116, 1214),
        Year(2024, 118, 215, 321, 418, 516, 613, 718, 815, 919, 1017, 1114, 1212),
        Year(2025, 116, 220, 320, 417, 515, 619, 717, 814, 918, 1016, 1113, 1211));

    // As above.
    public static readonly AnnouncementSchedule AustralianInflation = Of(AnnouncementKind.AustralianInflation, "AUD", Sydney, new TimeOnly(11, 30),
        Year(2013, 123, 424, 724, 1023),
        Year(2014, 122, 423, 723, 1022),
        Year(2015, 128, 422, 722, 1028),
        Year(2016, 127, 427, 727, 1026),
        Year(2017, 125, 426, 726, 1025),
        Year(2018, 131, 424, 725, 1031),
        Year(2019, 130, 424, 731, 1030),
        Year(2020, 129, 429, 729, 1028),
        Year(2021, 127, 428, 728, 1027),
        Year(2022, 125, 427, 727, 1026),
        Year(2023, 125, 426, 726, 1025),
        Year(2024, 131, 424, 731, 1030),
        Year(2025, 129, 430, 730, 1029));

    // As above: the first Wednesday of the quarter's last month.
    public static readonly AnnouncementSchedule AustralianGrowth = Of(AnnouncementKind.AustralianGrowth, "AUD", Sydney, new TimeOnly(11, 30),
        Year(2013, 306, 605, 904, 1204),
        Year(2014, 305, 604, 903, 1203),
        Year(2015, 304, 603, 902, 1202),
        Year(2016, 302, 601, 907, 1207),
        Year(2017, 301, 607, 906, 1206),
        Year(2018, 307, 606, 905, 1205),
        Year(2019, 306, 605, 904, 1204),
        Year(2020, 304, 603, 902, 1202),
        Year(2021, 303, 602, 901, 1201),
        Year(2022, 302, 601, 907, 1207),
        Year(2023, 301, 607, 906, 1206),
        Year(2024, 306, 605, 904, 1204),
        Year(2025, 305, 604, 903, 1203),
        Year(2026, 304, 603, 902, 1202));

    // Stats NZ, release calendar, https://www.stats.govt.nz/release-calendar/.
    public static readonly AnnouncementSchedule NewZealandInflation = Of(AnnouncementKind.NewZealandInflation, "NZD", Wellington, new TimeOnly(10, 45),
        Year(2013, 118, 417, 716, 1016),
        Year(2014, 121, 416, 716, 1023),
        Year(2015, 121, 420, 716, 1016),
        Year(2016, 120, 418, 718, 1018),
        Year(2017, 126, 420, 718, 1017),
        Year(2018, 125, 419, 717, 1016),
        Year(2019, 123, 417, 716, 1016),
        Year(2020, 124, 420, 716, 1023),
        Year(2021, 122, 421, 716, 1018),
        Year(2022, 127, 421, 718, 1018),
        Year(2023, 125, 420, 719, 1017),
        Year(2024, 124, 417, 717, 1016),
        Year(2025, 122, 417, 721, 1020));

    // As above.
    public static readonly AnnouncementSchedule NewZealandEmployment = Of(AnnouncementKind.NewZealandEmployment, "NZD", Wellington, new TimeOnly(10, 45),
        Year(2013, 207, 509, 807, 1106),
        Year(2014, 205, 507, 806, 1105),
        Year(2015, 204, 506, 805, 1104),
        Year(2016, 203, 504, 817, 1102),
        Year(2017, 201, 503, 802, 1101),
        Year(2018, 207, 502, 801, 1107),
        Year(2019, 207, 501, 806, 1106),
        Year(2020, 205, 506, 805, 1104),
        Year(2021, 203, 505, 804, 1103),
        Year(2022, 202, 504, 803, 1102),
        Year(2023, 201, 503, 802, 1101),
        Year(2024, 207, 501, 807, 1106),
        Year(2025, 205, 507, 806, 1105));
}
