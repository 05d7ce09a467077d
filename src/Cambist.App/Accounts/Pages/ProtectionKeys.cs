using System.Xml.Linq;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambist.App.Accounts.Pages;

/// <summary>The keys of cookies and forms, in the database: all nodes read what each of them wrote, before and after a restart.</summary>
internal sealed class ProtectionKeys(Database database, FieldCipher cipher) : IXmlRepository, IXmlEncryptor, IConfigureOptions<KeyManagementOptions>
{
    private const string Field = "field";

    private static readonly FieldPlace Place = new("protection_key.data", "key");

    public void Configure(KeyManagementOptions options) => (options.XmlRepository, options.XmlEncryptor) = (this, this);

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Connect();
        return connection.Rows("SELECT data FROM protection_key ORDER BY id;", row => XElement.Parse(row.GetString(0)));
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Connect();
        connection.Execute(
            "INSERT INTO protection_key (id, data) VALUES (@id, @data) ON CONFLICT (id) DO UPDATE SET data = excluded.data;", ("id", friendlyName), ("data", element.ToString(SaveOptions.DisableFormatting)));
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement(Field, cipher.Encrypt(plaintextElement.ToString(SaveOptions.DisableFormatting), Place)), typeof(Decryptor));

    /// <summary>What the keys are known by.</summary>
    public IReadOnlyList<string> Ids()
    {
        using var connection = database.Connect();
        return connection.Rows("SELECT id FROM protection_key ORDER BY id;", row => row.GetString(0));
    }

    /// <summary>Encrypts a key anew where it is under an older one than the newest; false where it is not, or somebody else did.</summary>
    public bool Renew(string id)
    {
        using var connection = database.Connect();
        if (connection.Scalar("SELECT data FROM protection_key WHERE id = @id;", ("id", id)) is not string stored)
        {
            return false;
        }

        var key = XElement.Parse(stored);
        foreach (var field in key.Descendants(Field).Where(field => !cipher.IsUnderNewestKey(field.Value)))
        {
            field.Value = cipher.Encrypt(cipher.Decrypt(field.Value, Place), Place);
        }

        return key.ToString(SaveOptions.DisableFormatting) is var written && written != stored
            && connection.Execute("UPDATE protection_key SET data = @data WHERE id = @id AND data = @stored;", ("data", written), ("id", id), ("stored", stored)) == 1;
    }

    /// <summary>Made by data protection, by the name that is stored with the key.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<FieldCipher>().Decrypt(encryptedElement.Value, Place));
    }
}
