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

    /// <summary>Encrypts anew what is under an older key than the newest.</summary>
    /// <returns>How many rows were.</returns>
    public int Renew()
    {
        var renewed = 0;
        using var connection = database.Connect();
        foreach (var (id, stored) in connection.Rows("SELECT id, data FROM protection_key ORDER BY id;", row => (row.GetString(0), row.GetString(1))))
        {
            var key = XElement.Parse(stored);
            foreach (var field in key.Descendants(Field).Where(field => !cipher.IsUnderNewestKey(field.Value)))
            {
                field.Value = cipher.Encrypt(cipher.Decrypt(field.Value, Place), Place);
            }

            if (key.ToString(SaveOptions.DisableFormatting) is var written && written != stored)
            {
                renewed += connection.Execute("UPDATE protection_key SET data = @data WHERE id = @id AND data = @stored;", ("data", written), ("id", id), ("stored", stored));
            }
        }

        return renewed;
    }

    /// <summary>Made by data protection, by the name that is stored with the key.</summary>
    internal sealed class Decryptor(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<FieldCipher>().Decrypt(encryptedElement.Value, Place));
    }
}
