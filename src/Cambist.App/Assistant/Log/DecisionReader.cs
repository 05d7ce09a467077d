using System.Text.Json;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;

namespace Cambist.App.Assistant.Log;

/// <summary>Reads documents of the decision log. Not for several threads.</summary>
internal sealed class DecisionReader(DecisionLog log)
{
    // Panels with quotes in them change with every rate.
    private const int MostPanels = 256;

    private readonly Dictionary<string, ProviderPanel> _panels = [];

    /// <summary>What an entry was decided from; dispose it.</summary>
    /// <exception cref="InvalidDataException">A list of providers is missing or is not what was written.</exception>
    public ReadDecision Read(byte[] content)
    {
        var document = JsonDocument.Parse(content);
        var facts = document.RootElement.GetProperty("facts").Deserialize<DecisionFacts>(LogJson.Options)!;
        return new ReadDecision(document, facts, facts.Context(PanelOf(facts.Panel)));
    }

    private ProviderPanel PanelOf(string digest)
    {
        if (_panels.TryGetValue(digest, out var known))
        {
            return known;
        }

        if (_panels.Count >= MostPanels)
        {
            _panels.Clear();
        }

        return _panels[digest] = PanelDocument.Read(Find(digest), Find);
    }

    private byte[] Find(string digest) => log.Document(digest) ?? throw new InvalidDataException($"The document {digest} of the decision log is missing or is not what was written.");
}

/// <summary>An entry of the log as it was read.</summary>
/// <param name="Document">The document.</param>
/// <param name="Facts">Its facts.</param>
/// <param name="Context">The facts as the engine takes them.</param>
internal sealed record ReadDecision(JsonDocument Document, DecisionFacts Facts, DecisionContext Context) : IDisposable
{
    /// <summary>The advice that was given, without its cost table.</summary>
    public JsonElement Advice => Document.RootElement.GetProperty("advice");

    /// <summary>Its verdict.</summary>
    public ToldVerdict Told => ToldVerdict.Of(Advice);

    /// <summary>The code of the finding that decided, which is the first; null where it has none.</summary>
    public string? DecidedBy => Advice.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()).FirstOrDefault();

    public void Dispose() => Document.Dispose();
}
