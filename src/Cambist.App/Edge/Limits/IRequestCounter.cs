namespace Cambist.App.Edge.Limits;

/// <summary>Counts requests and says which may be answered: <see cref="MemoryCounter"/> on one node, <see cref="RedisCounter"/> across nodes.</summary>
internal interface IRequestCounter
{
    /// <summary>Counts a request under a rule, unless it would be one too many.</summary>
    ValueTask<Standing> CountAsync(LimitRule rule, LimitedClient client);
}
