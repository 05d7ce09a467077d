using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Rates.Sources;

/// <summary>What the registrations of all kinds of sources share.</summary>
internal static class SourceSettings
{
    /// <summary>The settings of a section.</summary>
    /// <exception cref="WrongSettingException">A value cannot be converted. What the binder says of it names the key and the value, none of which is a secret: a key is any text.</exception>
    public static T Read<T>(IConfigurationSection section)
        where T : new()
    {
        try
        {
            return section.Get<T>() ?? new T();
        }
        catch (InvalidOperationException fault)
        {
            throw new WrongSettingException(section.Path, fault.Message.TrimEnd('.'));
        }
    }

    /// <summary>Those of the arguments that the constructor takes: creating an instance with another is an error.</summary>
    public static object[] Taken<T>(params object[] given) =>
        [.. given.Where(argument => typeof(T).GetConstructors().Single().GetParameters().Any(parameter => parameter.ParameterType.IsInstanceOfType(argument)))];
}
