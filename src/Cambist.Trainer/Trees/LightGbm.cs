using System.Runtime.InteropServices;

namespace Cambist.Trainer.Trees;

/// <summary>LightGBM refused a call.</summary>
internal sealed class LightGbmException(string call, string reason) : Exception($"LightGBM's {call} is done, it said: {reason}");

/// <summary>The functions of LightGBM's C interface (c_api.h of version 4) that training needs.</summary>
internal static partial class LightGbm
{
    private const string Library = "lib_lightgbm";

    // C_API_DTYPE_FLOAT32, C_API_PREDICT_RAW_SCORE.
    private const int Float32 = 0;
    private const int RawScore = 1;

    /// <summary>Null where the library loads; else why it does not.</summary>
    public static string? WhyItDoesNotLoad()
    {
        try
        {
            NativeLibrary.Load(Library, typeof(LightGbm).Assembly, null);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return $"LightGBM does not load: {error.Message.Trim()}\nWhat helps: it is there for Linux, Windows and Mac OS on x64 processors; on Linux it needs libgomp.";
        }
    }

    /// <summary>Cuts the inputs' ranges into bins by a sample of rows.</summary>
    public static nint Sample(ReadOnlySpan<float> rows, int width, string settings)
    {
        Check(DatasetCreateFromMat(rows, Float32, rows.Length / width, width, 1, settings, 0, out var dataset), nameof(DatasetCreateFromMat));
        return dataset;
    }

    /// <summary>An empty data set of so many rows with the bins of another.</summary>
    public static nint Like(nint sample, long rows)
    {
        Check(DatasetCreateByReference(sample, rows, out var dataset), nameof(DatasetCreateByReference));
        return dataset;
    }

    /// <summary>Writes rows to their place; the data set is closed with its last row.</summary>
    public static void Push(nint dataset, ReadOnlySpan<float> rows, int width, int from) =>
        Check(DatasetPushRows(dataset, rows, Float32, rows.Length / width, width, from), nameof(DatasetPushRows));

    public static void Label(nint dataset, ReadOnlySpan<float> labels) =>
        Check(DatasetSetField(dataset, "label", labels, labels.Length, Float32), nameof(DatasetSetField));

    public static void FreeDataset(nint dataset) => Check(DatasetFree(dataset), nameof(DatasetFree));

    public static nint Booster(nint training, string settings)
    {
        Check(BoosterCreate(training, settings, out var booster), nameof(BoosterCreate));
        return booster;
    }

    public static void Judge(nint booster, nint validation) => Check(BoosterAddValidData(booster, validation), nameof(BoosterAddValidData));

    /// <summary>Grows a tree against gradients and second derivatives, one of each row. False where none could be grown.</summary>
    public static bool Grow(nint booster, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians)
    {
        Check(BoosterUpdateOneIterCustom(booster, gradients, hessians, out var finished), nameof(BoosterUpdateOneIterCustom));
        return finished == 0;
    }

    /// <summary>What the trees say of the rows they learn from (0) or are judged by (1).</summary>
    public static void Scores(nint booster, int data, Span<double> scores) => Check(BoosterGetPredict(booster, data, out _, scores), nameof(BoosterGetPredict));

    /// <summary>What the first trees say of rows.</summary>
    public static double[] Predict(nint booster, ReadOnlySpan<float> rows, int width, int trees)
    {
        var scores = new double[rows.Length / width];
        Check(BoosterPredictForMat(booster, rows, Float32, scores.Length, width, 1, RawScore, 0, trees, "num_threads=1", out _, scores), nameof(BoosterPredictForMat));
        return scores;
    }

    /// <summary>The first trees in LightGBM's text format.</summary>
    public static string Text(nint booster, int trees)
    {
        Check(BoosterSaveModelToString(booster, 0, trees, 0, 0, out var length, []), nameof(BoosterSaveModelToString));
        var bytes = new byte[length];
        Check(BoosterSaveModelToString(booster, 0, trees, 0, bytes.Length, out _, bytes), nameof(BoosterSaveModelToString));
        return System.Text.Encoding.UTF8.GetString(bytes.AsSpan().TrimEnd((byte)0));
    }

    public static void FreeBooster(nint booster) => Check(BoosterFree(booster), nameof(BoosterFree));

    private static void Check(int code, string call)
    {
        if (code != 0)
            throw new LightGbmException(call, Marshal.PtrToStringUTF8(GetLastError()) ?? "nothing");
    }

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    private static partial nint GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetCreateFromMat(ReadOnlySpan<float> data, int type, int rows, int columns, int rowMajor, string settings, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateByReference")]
    private static partial int DatasetCreateByReference(nint reference, long rows, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetPushRows")]
    private static partial int DatasetPushRows(nint dataset, ReadOnlySpan<float> data, int type, int rows, int columns, int from);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int DatasetSetField(nint dataset, string field, ReadOnlySpan<float> values, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    private static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterCreate(nint training, string settings, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    private static partial int BoosterAddValidData(nint booster, nint validation);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIterCustom")]
    private static partial int BoosterUpdateOneIterCustom(nint booster, ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians, out int finished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetPredict")]
    private static partial int BoosterGetPredict(nint booster, int data, out long length, Span<double> scores);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int BoosterPredictForMat(
        nint booster, ReadOnlySpan<float> data, int type, int rows, int columns, int rowMajor, int kind, int firstTree, int trees, string settings, out long length, Span<double> scores);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    private static partial int BoosterSaveModelToString(nint booster, int firstTree, int trees, int importance, long bufferLength, out long length, Span<byte> text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    private static partial int BoosterFree(nint booster);
}
