namespace Cambist.TestKit;

/// <summary>Lets no request out of this machine: a host other than loopback cannot be reached.</summary>
public sealed class LoopbackOnly : DelegatingHandler
{
    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri?.IsLoopback == true
            ? base.SendAsync(request, cancellationToken)
            : throw new HttpRequestException("Tests ask no outside service.");
}
