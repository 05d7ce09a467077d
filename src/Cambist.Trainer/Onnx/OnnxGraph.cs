using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Cambist.Trainer.Onnx;

/// <summary>
/// An ONNX model in the making: nodes, constants, inputs and outputs, as far as a network of ours needs them. The field numbers and type codes are those of the format's
/// specification (ONNX IR version 8, operator set 17).
/// </summary>
internal sealed class OnnxGraph
{
    public const int Float = 1;
    public const int Int64 = 7;
    private const int IrVersion = 8;
    private const int OperatorSet = 17;
    private const string Learning = "ai.onnx.ml";
    private const int LearningOperatorSet = 3;
    private readonly List<ByteString> _nodes = [];
    private readonly List<ByteString> _constants = [];
    private readonly List<ByteString> _inputs = [];
    private readonly List<ByteString> _outputs = [];
    private int _names;
    private bool _learns;

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes) => Node(type, inputs, $"{type}_{++_names}", attributes);

    /// <summary>Adds a node whose output has a given name.</summary>
    public string Node(string type, string[] inputs, string output, params (string Name, object Value)[] attributes) => Node(type, "", inputs, output, attributes);

    /// <summary>Adds a node of the machine-learning operators and returns its output's name.</summary>
    public string LearningNode(string type, string[] inputs, params (string Name, object Value)[] attributes)
    {
        _learns = true;
        return Node(type, Learning, inputs, $"{type}_{++_names}", attributes);
    }

    private string Node(string type, string domain, string[] inputs, string output, (string Name, object Value)[] attributes)
    {
        _nodes.Add(Message(node =>
        {
            foreach (var input in inputs)
                Text(node, 1, input);
            Text(node, 2, output);
            Text(node, 3, output);
            Text(node, 4, type);
            foreach (var (name, value) in attributes)
                Nested(node, 5, Attribute(name, value));
            if (domain.Length > 0)
                Text(node, 7, domain);
        }));
        return output;
    }

    public string Constant(string name, ReadOnlySpan<float> values, params long[] shape) => Constant(name, Float, MemoryMarshal.AsBytes(values), shape);

    public string Constant(string name, ReadOnlySpan<long> values, params long[] shape) => Constant(name, Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>Names an input; a dimension is a number, or a word where it is free.</summary>
    public void Input(string name, int type, params object[] shape) => _inputs.Add(Value(name, type, shape));

    public void Output(string name, int type, params object[] shape) => _outputs.Add(Value(name, type, shape));

    /// <summary>The whole model as the bytes of its file.</summary>
    public byte[] ToBytes(string producer, IEnumerable<(string Key, string Value)> properties) => Message(model =>
    {
        Number(model, 1, IrVersion);
        Text(model, 2, producer);
        Nested(model, 7, Message(graph =>
        {
            _nodes.ForEach(node => Nested(graph, 1, node));
            Text(graph, 2, producer);
            _constants.ForEach(constant => Nested(graph, 5, constant));
            _inputs.ForEach(input => Nested(graph, 11, input));
            _outputs.ForEach(output => Nested(graph, 12, output));
        }));
        Nested(model, 8, Operators("", OperatorSet));
        if (_learns)
            Nested(model, 8, Operators(Learning, LearningOperatorSet));
        foreach (var (key, value) in properties)
        {
            Nested(model, 14, Message(property =>
            {
                Text(property, 1, key);
                Text(property, 2, value);
            }));
        }
    }).ToByteArray();

    private static ByteString Operators(string domain, int version) => Message(operators =>
    {
        Text(operators, 1, domain);
        Number(operators, 2, version);
    });

    private string Constant(string name, int type, ReadOnlySpan<byte> raw, long[] shape)
    {
        var values = ByteString.CopyFrom(raw);
        _constants.Add(Message(tensor =>
        {
            foreach (var dimension in shape)
                Number(tensor, 1, dimension);
            Number(tensor, 2, type);
            Text(tensor, 8, name);
            Nested(tensor, 9, values);
        }));
        return name;
    }

    private static ByteString Attribute(string name, object value) => Message(attribute =>
    {
        // AttributeProto: the type's code and the field of its value or values.
        var (type, field) = value switch
        {
            float => (1, 2),
            long => (2, 3),
            string => (3, 4),
            float[] => (6, 7),
            long[] => (7, 8),
            string[] => (8, 9),
            _ => throw new ArgumentException($"An attribute is floats, longs or texts, was {value.GetType().Name}.", nameof(value)),
        };
        Text(attribute, 1, name);
        foreach (var one in value as Array ?? new[] { value })
        {
            if (one is float real)
                Real(attribute, field, real);
            else if (one is long whole)
                Number(attribute, field, whole);
            else
                Text(attribute, field, (string)one);
        }

        Number(attribute, 20, type);
    });

    private static ByteString Value(string name, int type, object[] shape) => Message(value =>
    {
        Text(value, 1, name);
        Nested(value, 2, Message(kind => Nested(kind, 1, Message(tensor =>
        {
            Number(tensor, 1, type);
            Nested(tensor, 2, Message(dimensions =>
            {
                foreach (var dimension in shape)
                {
                    Nested(dimensions, 1, Message(one =>
                    {
                        if (dimension is string word)
                            Text(one, 2, word);
                        else
                            Number(one, 1, Convert.ToInt64(dimension, null));
                    }));
                }
            }));
        }))));
    });

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var memory = new MemoryStream();
        using var output = new CodedOutputStream(memory);
        write(output);
        output.Flush();
        return ByteString.CopyFrom(memory.ToArray());
    }

    private static void Number(CodedOutputStream output, int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    private static void Real(CodedOutputStream output, int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    private static void Text(CodedOutputStream output, int field, string text)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(text);
    }

    private static void Nested(CodedOutputStream output, int field, ByteString content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(content);
    }
}
