namespace Cambist.App.Forecasting.Models;

/// <summary>A file of a model is not the one that was trained, or is no ONNX model at all.</summary>
public sealed class CorruptModelException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>An ONNX model of another make: its inputs and outputs are not those of a volatility model.</summary>
public sealed class ForeignModelException(string message) : Exception(message);

/// <summary>A model reads features that are not there, or another number of them than it says.</summary>
public sealed class FeatureMismatchException(string message) : Exception(message);
