using System.Collections.Frozen;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Rates.Checks;

/// <summary>
/// The order of magnitude of each currency: about how many units were worth one US dollar in mid-2026, to one or two digits. It serves one purpose: where nothing else is
/// known yet, to tell a rate from one that is turned round or wrong by a hundred. A currency that has lost its value by a factor of five since is not recognised by it,
/// and then a second source is awaited.
/// </summary>
internal static class UsualLevels
{
    private const double Apart = 1.61; // a factor of five

    private const string UnitsPerDollar = """
        AED 3.67 AFN 70 ALL 85 AMD 385 AOA 915 ARS 1400 AUD 1.5 AWG 1.79 AZN 1.7 BAM 1.7 BBD 2 BDT 122 BHD 0.377 BIF 2950 BMD 1 BND 1.3 BOB 6.9 BRL 5.4 BSD 1 BTN 88
        BWP 13.5 BYN 3.1 BZD 2 CAD 1.38 CDF 2500 CHF 0.8 CLF 0.024 CLP 930 CNY 7.1 COP 3900 CRC 505 CUP 24 CVE 95 CZK 21 DJF 178 DKK 6.4 DOP 62 DZD 130 EGP 48 ERN 15
        ETB 150 EUR 0.87 FJD 2.25 FKP 0.75 GBP 0.75 GEL 2.7 GHS 11.5 GIP 0.75 GMD 73 GNF 8700 GTQ 7.7 GYD 209 HKD 7.8 HNL 26 HTG 131 HUF 335 IDR 16600 ILS 3.3 INR 88
        IQD 1310 IRR 42000 ISK 125 JMD 160 JOD 0.709 JPY 152 KES 129 KGS 87 KHR 4020 KMF 425 KPW 900 KRW 1430 KWD 0.306 KYD 0.83 KZT 530 LAK 21700 LBP 89500 LKR 304
        LRD 183 LSL 17.3 LYD 5.4 MAD 9.2 MDL 17 MGA 4480 MKD 53 MMK 2100 MNT 3580 MOP 8 MRU 40 MUR 45 MVR 15.4 MWK 1735 MXN 18.4 MYR 4.2 MZN 64 NAD 17.3 NGN 1460
        NIO 36.8 NOK 10 NPR 141 NZD 1.74 OMR 0.385 PAB 1 PEN 3.4 PGK 4.25 PHP 58 PKR 281 PLN 3.65 PYG 7050 QAR 3.64 RON 4.4 RSD 101 RUB 81 RWF 1450 SAR 3.75 SBD 8.2
        SCR 14 SDG 600 SEK 9.4 SGD 1.3 SHP 0.75 SLE 23 SOS 571 SRD 39 SSP 4700 STN 21 SVC 8.75 SYP 11000 SZL 17.3 THB 32.5 TJS 9.2 TMT 3.5 TND 2.9 TOP 2.4 TRY 42
        TTD 6.8 TWD 31 TZS 2460 UAH 42 UGX 3500 USD 1 UYU 40 UYW 0.22 UZS 12000 VED 230 VES 230 VND 26300 VUV 122 WST 2.8 XAF 565 XCD 2.7 XCG 1.79 XOF 565 XPF 103
        YER 239 ZAR 17.3 ZMW 22.5 ZWG 26.5
        """;

    private static readonly FrozenDictionary<Currency, double> PerDollar = UnitsPerDollar
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(entry => Currency.Parse(entry[0]), entry => double.Parse(entry[1], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Whether a rate is of the order of magnitude that the pair usually has.</summary>
    public static bool AreLike(CurrencyPair pair, decimal mid) => Math.Abs(Math.Log((double)mid / Of(pair))) < Apart;

    /// <summary>About what one unit of the base currency is worth.</summary>
    public static double Of(CurrencyPair pair) => PerDollar[pair.Quote] / PerDollar[pair.Base];
}
