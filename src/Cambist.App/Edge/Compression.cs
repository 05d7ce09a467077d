using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Edge;

/// <summary>Compresses text that is made for the answer; files have been compressed when the program was built.</summary>
internal static class Compression
{
    private static readonly string[] Types =
        ["application/json", "application/problem+json", "application/x-ndjson", "application/openapi+json", "text/csv", "text/html", "text/plain", "text/css", "text/javascript", "image/svg+xml"];

    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
        })
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) => app.UseWhen(
        // The length of a compressed answer tells what it repeats of the question (CVE-2013-3587).
        context => context.Request.Headers.AcceptEncoding.Count > 0 && !PrivatePaths.Contain(context.Request.Path),
        compressed => compressed.UseResponseCompression());
}
