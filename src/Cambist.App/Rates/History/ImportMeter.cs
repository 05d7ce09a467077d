namespace Cambist.App.Rates.History;

/// <summary>Counts what an import has read and tells it now and then.</summary>
internal sealed class ImportMeter(long bytesTotal, IProgress<ImportProgress>? progress)
{
    private const int RowsPerReport = 4096;

    private long _bytesOfFinishedFiles;
    private long _rows;

    public void CountRow(FileInfo file, long bytesRead)
    {
        if (++_rows % RowsPerReport == 0) Report(file, bytesRead);
    }

    public void FinishFile(FileInfo file)
    {
        Report(file, file.Length);
        _bytesOfFinishedFiles += file.Length;
    }

    private void Report(FileInfo file, long bytesRead) => progress?.Report(new ImportProgress(file.Name, _bytesOfFinishedFiles + bytesRead, bytesTotal, _rows));
}
