using System.Collections;

namespace Cambist.Domain;

/// <summary>The word of each value of an enumeration, as every face and the store have it, the usual one first. A value without a word, or with two, is a fault of the program that shows at its first use.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
public sealed class Words<T> : IEnumerable<(string Word, T Value)>
    where T : struct, Enum
{
    private readonly (string Word, T Value)[] _words;

    /// <summary>The words.</summary>
    /// <exception cref="ArgumentException">A value has no word or more than one, or a word is there twice.</exception>
    public Words(params (string Word, T Value)[] words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = words;
        if (!words.Select(known => known.Value).Order().SequenceEqual(Enum.GetValues<T>().Order()) || words.DistinctBy(known => known.Word).Count() != words.Length)
        {
            throw new ArgumentException($"Each {typeof(T).Name} has one word of its own, was {string.Join(", ", words)}.", nameof(words));
        }
    }

    /// <summary>The word of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no value of the enumeration.</exception>
    public string Of(T value)
    {
        foreach (var known in _words)
        {
            if (EqualityComparer<T>.Default.Equals(known.Value, value))
            {
                return known.Word;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(value), value, $"A {typeof(T).Name} is one of {string.Join(", ", _words.Select(known => known.Value))}.");
    }

    /// <summary>The value of a word.</summary>
    /// <exception cref="FormatException">It is none of the words.</exception>
    public T Parse(string word)
    {
        foreach (var known in _words)
        {
            if (known.Word == word)
            {
                return known.Value;
            }
        }

        throw new FormatException($"A {typeof(T).Name} is one of {string.Join(", ", _words.Select(known => known.Word))}, was '{word}'.");
    }

    /// <inheritdoc />
    public IEnumerator<(string Word, T Value)> GetEnumerator() => ((IEnumerable<(string, T)>)_words).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
