using System.Text.Json.Serialization;
using Cambist.App.Accounts.Passkeys;
using Microsoft.AspNetCore.Identity;

namespace Cambist.App.Accounts;

/// <summary>What keeps an account from being written.</summary>
internal static class AccountErrors
{
    /// <summary>Another account has the e-mail. It is told to nobody but the owner of the address.</summary>
    public static readonly IdentityError EmailTaken = new() { Code = "email_taken", Description = "There is an account of this e-mail." };

    /// <summary>Another request wrote it since it was read.</summary>
    public static readonly IdentityError ChangedMeanwhile = new() { Code = "changed_meanwhile", Description = "The account was changed by another request." };

    public static bool Is(this IdentityResult result, IdentityError error) => result.Errors.Any(one => one.Code == error.Code);
}

/// <summary>How parts of an account are stored as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountProfile))]
[JsonSerializable(typeof(StoredPasskey))]
[JsonSerializable(typeof(PasskeyCeremony))]
internal sealed partial class AccountJson : JsonSerializerContext;
