namespace Cambist.App.Forecasting.Registry;

/// <summary>Why the registry refuses.</summary>
public enum ModelFault
{
    /// <summary>There is no such model.</summary>
    NotFound,

    /// <summary>Its folder, or a file of it, is missing.</summary>
    Missing,

    /// <summary>Its <c>model.json</c> or another file cannot be read, or lacks something.</summary>
    Incomplete,

    /// <summary>A file is not the one that was trained.</summary>
    Changed,

    /// <summary>Nobody here knows how to load its family.</summary>
    UnknownFamily,

    /// <summary>Its files are whole, and no model can be made of them.</summary>
    CannotBeLoaded,

    /// <summary>A model of its id is registered.</summary>
    AlreadyRegistered,

    /// <summary>It is champion.</summary>
    AlreadyChampion,

    /// <summary>It has not passed its gate.</summary>
    GateNotPassed,

    /// <summary>There is nothing to go back to.</summary>
    NoPredecessor,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>Its files cannot be stored for another reason.</summary>
    CannotBeStored,
}

/// <summary>The registry refuses. The message says what was expected and what was found; it names files by their place in the model's folder, and no path of the machine.</summary>
public sealed class ModelFaultException(ModelFault kind, string message, Exception? inner = null) : Exception(message, inner)
{
    // ENOSPC and EDQUOT as .NET passes them on; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL of Windows.
    private static readonly int[] DiskIsFull = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Why.</summary>
    public ModelFault Kind { get; } = kind;

    /// <summary>Stable code of the reason: <c>gate_not_passed</c>.</summary>
    public string Code => string.Concat(Kind.ToString().Select((letter, place) => char.IsUpper(letter) ? (place > 0 ? "_" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>What keeps files from being written.</summary>
    internal static ModelFaultException OfStorage(string id, Exception fault) => DiskIsFull.Contains(fault.HResult)
        ? new ModelFaultException(ModelFault.DiskFull, $"{id} is not registered: the disk is full. Nothing of it was kept.", fault)
        : new ModelFaultException(ModelFault.CannotBeStored, $"{id} is not registered: its files cannot be written ({fault.GetType().Name}). Nothing of it was kept.", fault);
}
