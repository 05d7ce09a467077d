using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class EncryptionOptionsTests
{
    private const string Secret = "planted-s3cret";

    [Fact]
    public void Nothing_configured_is_a_file_in_the_folder_of_data()
    {
        var place = Read().Open("/var/data");

        Assert.Equal((Path.Combine("/var/data", "keys.json"), true), (place.Name, place.BeginsItself));
    }

    [Fact]
    public void The_file_goes_before_the_text_and_the_text_before_Vault()
    {
        (string, string?)[] vault = [("Vault:Address", "http://127.0.0.1:8200"), ("Vault:Token", Secret)];

        Assert.Equal(Path.GetFullPath("/run/ring"), Read([.. vault, ("Keys", "{}"), ("KeyFile", "/run/ring")]).Open("/x").Name);
        Assert.Equal("Encryption:Keys", Read([.. vault, ("Keys", "{}"), ("KeyFile", " ")]).Open("/x").Name);
        Assert.Equal("Vault at http://127.0.0.1:8200, mount secret, path cambist/keys", Read(vault).Open("/x").Name);
        Assert.Equal(["Encryption:Keys", "Encryption:Vault"], Read([.. vault, ("Keys", "{}")]).Named);
    }

    [Fact]
    public void A_ring_given_as_text_is_read_and_cannot_be_changed()
    {
        var ring = Rings.New();
        var place = Read(("Keys", Rings.Text(ring))).Open("/x");

        Assert.Equal(Rings.Text(ring), Rings.Text(Rings.Live(place).Current));
        Assert.Equal(KeyRingFault.ReadOnly, Assert.Throws<KeyRingFaultException>(() => place.Change(before => before!.With(NewKeys.Data(Rings.Start)))).Kind);
    }

    [Theory]
    [InlineData("Vault:Address", null)]
    [InlineData("Vault:Address", "vault.example:8200")]
    [InlineData("Vault:Address", "https://ann:" + Secret + "@vault.example")]
    [InlineData("Vault:Address", "https://vault.example?token=" + Secret)]
    [InlineData("Vault:Mount", "a b")]
    [InlineData("Vault:Mount", "/secret")]
    [InlineData("Vault:Path", "../sys/" + Secret)]
    [InlineData("Vault:Path", "fx/./keys")]
    [InlineData("Vault:Namespace", "a\r\nb")]
    [InlineData("Vault:Token", "hvs " + Secret)]
    [InlineData("Vault:Token", null)]
    [InlineData("Vault:TokenFile", "/run/token", "Vault:Token")]
    [InlineData("Keys:0", Secret, "Keys")]
    public void A_wrong_value_is_told_by_its_key_and_not_repeated(string key, string? value, string? named = null)
    {
        var fault = Assert.Throws<WrongSettingException>(() => Read(("Vault:Address", "http://127.0.0.1:8200"), ("Vault:Token", "hvs.x"), (key, value)));

        Assert.Equal("Encryption:" + (named ?? key), fault.Key);
        Assert.DoesNotContain(Secret, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_written_to_a_log_show_no_secret()
    {
        var options = Read(("Vault:Address", "http://127.0.0.1:8200"), ("Vault:Token", Secret), ("Keys", Secret));

        Assert.DoesNotContain(Secret, $"{options} {options.Vault}", StringComparison.Ordinal);
    }

    private static EncryptionOptions Read(params (string Key, string? Value)[] settings)
    {
        var all = new Dictionary<string, string?>();
        foreach (var (key, value) in settings)
        {
            all["Encryption:" + key] = value;
        }

        return EncryptionOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
