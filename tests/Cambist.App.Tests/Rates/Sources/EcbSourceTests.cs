using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Files of a documented shape: the euro reference rates as the European Central Bank publishes them.</summary>
public sealed class EcbSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset Fixing = new(2026, 3, 27, 13, 15, 0, TimeSpan.Zero);

    protected override string Path => "/stats/eurofxref/eurofxref-daily.xml";

    protected override string ContentType => "text/xml";

    protected override string Sample => """
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
          <gesmes:subject>Reference rates</gesmes:subject>
          <gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
          <Cube><Cube time='2026-03-27'><Cube currency='@CODE' rate='@FIGURE'/><Cube currency='JPY' rate='162.84'/><Cube currency='GBP' rate='0.83652'/></Cube></Cube>
        </gesmes:Envelope>
        """;

    protected override string Figure => "1.0845";

    protected override IReadOnlyList<Told> Expected =>
    [
        Told.Mid("EUR/USD", 1.0845m, Fixing), Told.Mid("EUR/JPY", 162.84m, Fixing), Told.Mid("EUR/GBP", 0.83652m, Fixing),
    ];

    protected override string With(string? figure = null, string? code = null) => base.With(figure?.Trim('"'), code);

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new EcbSource(http, clock);

    [Fact]
    public async Task A_document_that_defines_entities_is_not_expanded()
    {
        var fault = await FaultOfAsync("""<!DOCTYPE c [<!ENTITY a "1.08"><!ENTITY b "&a;&a;&a;">]><Cube><Cube time='2026-03-27'><Cube currency='USD' rate='&b;'/></Cube></Cube>""");

        Assert.Equal(SourceFault.Unreadable, fault.Kind);
    }
}
