using Xunit;

namespace Cambist.TestKit;

/// <summary>Something real that a test runs against and that not every machine has; an environment variable says where it is.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Variable">The environment variable that says where it is.</param>
/// <param name="Remedy">How one gets it, for the reason of a skipped test.</param>
public sealed record RealComponent(string Name, string Variable, string Remedy)
{
    /// <summary>Why a test of it is skipped where it is absent.</summary>
    public string Lack => $"needs {Name}: {Variable} is not set; {Remedy}";

    /// <summary>Where the component is. Skips the running test where it is absent; one that is named but does not answer is a failure.</summary>
    public string Where()
    {
        var where = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrWhiteSpace(where), Lack);
        return where!;
    }
}
