using System.Text;
using System.Text.Json;
using Cambist.App.Quotes.Recipes;
using Cambist.Pages;

// Standard output is the protocol: a job is a line of JSON in, its result a line of JSON out. Everything else goes to standard error.
if (args is not ["--chromium", var chromium])
{
    await Console.Error.WriteLineAsync("Usage: cambist-pages --chromium PATH. Jobs are read from standard input, one line of JSON each; results go to standard output.");
    return 2;
}

using var jobs = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
await using var results = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
await using var browser = new WarmChromium(chromium);
while (await jobs.ReadLineAsync() is { } line)
{
    var job = JsonSerializer.Deserialize<PageJob>(line, PageWire.Json) ?? throw new FormatException("A job was expected, found null.");
    var result = await browser.RunAsync(job);
    await results.WriteLineAsync(JsonSerializer.Serialize(result, PageWire.Json));
}

return 0;
