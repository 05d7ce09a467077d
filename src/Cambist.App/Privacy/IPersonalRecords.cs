using System.Text.Json.Nodes;

namespace Cambist.App.Privacy;

/// <summary>Something that a feature stores of a person. A feature that stores such registers one.</summary>
public interface IPersonalRecords
{
    /// <summary>Name of its part of an export.</summary>
    string Name { get; }

    /// <summary>All that is stored of an account.</summary>
    JsonNode Export(string accountId);

    /// <summary>Takes all of it out.</summary>
    void Erase(string accountId);
}
