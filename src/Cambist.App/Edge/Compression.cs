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

    // The length of a compressed answer tells what it repeats of the question (CVE-2013-3587): where tokens and personal data are told nothing is compressed.
    private static readonly PathString[] Secret = ["/api/v1/auth", "/api/v1/me", "/account"];

    public static IServiceCollection AddCompression(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = Types;
        })
        .Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest)
        .Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);

    public static IApplicationBuilder UseCompression(this IApplicationBuilder app) => app.UseWhen(
        context => context.Request.Headers.AcceptEncoding.Count > 0 && !Array.Exists(Secret, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
        compressed => compressed.UseResponseCompression());
}
