using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

// Runs inside MSBuild (see Libtorch.targets), not in the program.
// A shared library that names a version of libstdc++ which the system lacks does not load, even where no symbol of that version is ever called. The ELF format
// knows weak needs: the loader warns instead of refusing (Oracle, "Linker and Libraries Guide", Version Dependency Section: VER_FLG_WEAK = 2).
public class WeakenSymbolVersion : Task
{
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort Weak = 2;

    [Required]
    public string Library { get; set; }

    [Required]
    public string Version { get; set; }

    public override bool Execute()
    {
        if (!File.Exists(Library) || SystemHasVersion())
            return true;

        var image = File.ReadAllBytes(Library);
        var flags = FlagsOfVersion(image);
        if (flags < 0 || (image[flags] & Weak) != 0)
            return true;

        // A new file takes the place of the old one: the old one may be a hard link to the package. Its time stays, so that the next build does not copy it again.
        image[flags] |= (byte)Weak;
        var time = File.GetLastWriteTimeUtc(Library);
        var copy = Library + "." + System.Diagnostics.Process.GetCurrentProcess().Id;
        File.WriteAllBytes(copy, image);
        File.SetLastWriteTimeUtc(copy, time);
        File.Delete(Library);
        File.Move(copy, Library);
        Log.LogMessage(MessageImportance.Normal, "{0}: {1} is a weak need now, for this system's libstdc++ lacks it.", Library, Version);
        return true;
    }

    private bool SystemHasVersion()
    {
        var folders = new[] { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib" };
        var found = folders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        return found == null || Encoding.ASCII.GetString(File.ReadAllBytes(found)).Contains(Version + "\0");
    }

    // Where the flags of the version's entry lie in the file; -1 where it needs no such version. Offsets: 64-bit little-endian ELF.
    private int FlagsOfVersion(byte[] image)
    {
        if (image.Length < 64 || BitConverter.ToUInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
            throw new InvalidDataException(Library + ": a 64-bit little-endian ELF file was expected.");

        var sections = (int)BitConverter.ToInt64(image, 0x28);
        int size = BitConverter.ToUInt16(image, 0x3a), count = BitConverter.ToUInt16(image, 0x3c);
        for (var i = 0; i < count; i++)
        {
            var section = sections + i * size;
            if (BitConverter.ToUInt32(image, section + 4) != VersionNeedSection)
                continue;

            var names = (int)BitConverter.ToInt64(image, sections + BitConverter.ToInt32(image, section + 0x28) * size + 0x18);
            var need = (int)BitConverter.ToInt64(image, section + 0x18);
            for (var left = BitConverter.ToInt32(image, section + 0x2c); left > 0; left--)
            {
                var entry = need + BitConverter.ToInt32(image, need + 8);
                for (int more = BitConverter.ToUInt16(image, need + 2); more > 0; more--)
                {
                    if (NameAt(image, names + BitConverter.ToInt32(image, entry + 8)) == Version)
                        return entry + 4;
                    entry += BitConverter.ToInt32(image, entry + 12);
                }

                need += BitConverter.ToInt32(image, need + 12);
            }
        }

        return -1;
    }

    private static string NameAt(byte[] image, int start) => Encoding.ASCII.GetString(image, start, Array.IndexOf(image, (byte)0, start) - start);
}
