using System.Collections.Frozen;

namespace Cambist.Domain.Currencies;

/// <summary>
/// Where a currency is at home: the countries whose central bank issues it, alone or as members of a monetary union (ISO 3166 alpha-2, upper case).
/// A territory that has the currency of its state (Puerto Rico, Greenland) and a state that has taken over a foreign one (Ecuador, Monaco) are not repeated here.
/// </summary>
public static class HomeCountries
{
    // ISO 4217 forms a national code from the ISO 3166 code of its country and a letter of its name; these are the codes of which that does not tell all.
    private static readonly FrozenDictionary<string, string> Unions = new Dictionary<string, string>
    {
        ["CHF"] = "CH LI", // The currency treaty of 1980 makes the Swiss National Bank that of Liechtenstein too.
        ["EUR"] = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK", // The 21 members of the euro area since 2026-01-01.
        ["XAF"] = "CF CG CM GA GQ TD",
        ["XCD"] = "AG AI DM GD KN LC MS VC",
        ["XCG"] = "CW SX",
        ["XOF"] = "BF BJ CI GW ML NE SN TG",
        ["XPF"] = "NC PF WF",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<Currency, IReadOnlyList<string>> ByCurrency = Iso4217.All.ToFrozenDictionary(
        currency => currency, currency => (IReadOnlyList<string>)Unions.GetValueOrDefault(currency.Code, currency.Code[..2]).Split(' '));

    // Source: ISO 3166-1, all 249 officially assigned codes.
    private static readonly FrozenSet<string> Countries =
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
        CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
        GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
        KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY
        MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM
        PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
        SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
        UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    /// <summary>The countries in which the currency is at home, in alphabetical order; at least one.</summary>
    public static IReadOnlyList<string> Of(Currency currency) => ByCurrency[currency];

    /// <summary>Whether the text is an officially assigned country code of ISO 3166, two capital letters.</summary>
    public static bool IsCountry(string alpha2) => Countries.Contains(alpha2);
}
