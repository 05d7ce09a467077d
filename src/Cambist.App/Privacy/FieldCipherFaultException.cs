namespace Cambist.App.Privacy;

/// <summary>Why an encrypted field cannot be read.</summary>
public enum FieldCipherFault
{
    /// <summary>It is not of the documented form.</summary>
    Garbled,

    /// <summary>It is of a form that this program does not know.</summary>
    UnknownVersion,

    /// <summary>The ring lacks its key.</summary>
    UnknownKey,

    /// <summary>It was changed, or moved from another row or column.</summary>
    Tampered,
}

/// <summary>An encrypted field cannot be read. The message names its table and column, and neither the row, whose id leads to a person, nor what stands there.</summary>
public sealed class FieldCipherFaultException(FieldCipherFault kind, FieldPlace place, string found) : Exception($"The encrypted field {place.Field} cannot be read: {found}.")
{
    /// <summary>Why.</summary>
    public FieldCipherFault Kind { get; } = kind;
}
