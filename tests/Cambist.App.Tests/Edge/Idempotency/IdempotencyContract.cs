using System.Net.Http.Headers;
using System.Text;
using Cambist.App.Accounts;
using Cambist.App.Edge.Idempotency;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Faces;
using Cambist.App.Tests.Privacy;
using Cambist.App.Tests.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

using Answer = Cambist.App.Tests.Faces.Answer;

namespace Cambist.App.Tests.Edge.Idempotency;

/// <summary>What keys are good for, on each engine.</summary>
public abstract class IdempotencyContract(Engine engine) : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly KeptAnswer Answer = new(201, "application/json", "/api/v1/goals/7", [1, 2, 3]);
    private static readonly byte[] Id = [7, 7];
    private static readonly byte[] Body = [1];

    private readonly TestDatabase _place = new(engine);
    private readonly FakeTimeProvider _clock = new(Start);
    private readonly FieldCipher _cipher = new(Rings.Live(new ConfiguredKeyRing(Rings.Text(Rings.New()))));

    public void Dispose()
    {
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_was_answered_is_told_again_for_a_day()
    {
        using var database = _place.Open();
        var answers = new IdempotentAnswers(database, _cipher, _clock);
        Assert.IsType<KnownKey.New>(answers.Begin(Id, Body));
        answers.Keep(Id, Answer);

        var kept = Assert.IsType<KnownKey.Answered>(answers.Begin(Id, Body)).Answer;
        _clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var stillKept = answers.Begin(Id, Body);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((201, "application/json", "/api/v1/goals/7"), (kept.Status, kept.ContentType, kept.Location));
        Assert.Equal(Answer.Body, kept.Body);
        Assert.IsType<KnownKey.Answered>(stillKept);
        Assert.IsType<KnownKey.New>(answers.Begin(Id, Body));
    }

    [Fact]
    public void What_is_kept_is_not_plain()
    {
        using var database = _place.Open();
        var answers = new IdempotentAnswers(database, _cipher, _clock);
        answers.Begin(Id, Body);
        answers.Keep(Id, Answer with { Body = Encoding.UTF8.GetBytes("7654.32 USD") });

        using var connection = database.Connect();
        Assert.DoesNotContain("7654.32", Encoding.UTF8.GetString((byte[])connection.Scalar("SELECT answer FROM idempotent_answer;")!), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_body_is_told_and_another_key_is_free()
    {
        using var database = _place.Open();
        var answers = new IdempotentAnswers(database, _cipher, _clock);
        answers.Begin(Id, Body);

        Assert.IsType<KnownKey.Other>(answers.Begin(Id, [2]));
        Assert.IsType<KnownKey.New>(answers.Begin([8], [2]));
    }

    [Fact]
    public void What_is_being_answered_is_not_begun_again_unless_released_or_left_for_minutes()
    {
        using var database = _place.Open();
        var answers = new IdempotentAnswers(database, _cipher, _clock);
        answers.Begin(Id, Body);
        Assert.IsType<KnownKey.Running>(answers.Begin(Id, Body));

        answers.Release(Id);
        Assert.IsType<KnownKey.New>(answers.Begin(Id, Body));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.IsType<KnownKey.New>(answers.Begin(Id, Body));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_begun()
    {
        using var database = _place.Open();
        var answers = new IdempotentAnswers(database, _cipher, _clock);

        var told = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => answers.Begin(Id, Body))));

        Assert.Single(told.OfType<KnownKey.New>());
        Assert.Equal(19, told.OfType<KnownKey.Running>().Count());
    }
}

public sealed class IdempotencyOnSqliteTests() : IdempotencyContract(Engine.Sqlite);

public sealed class IdempotencyOnPostgresTests() : IdempotencyContract(Engine.Postgres);

/// <summary>Keys over the API.</summary>
public sealed class IdempotencyTests
{
    [Fact]
    public async Task A_request_that_comes_again_gets_the_answer_that_was_given()
    {
        await using var house = await AccountHouse.StartAsync();
        var admin = (await house.EnterAsync(role: AccountRole.Admin)).AccessToken;

        var first = await PromoteAsync(house, admin, "key-1", """{"reason":"one"}""");
        var again = await PromoteAsync(house, admin, "key-1", """{"reason":"one"}""");
        var otherKey = await PromoteAsync(house, admin, "key-2", """{"reason":"one"}""");

        Assert.Equal((404, false), (first.Status, first.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal((404, "application/problem+json", first.Body, true), (again.Status, again.ContentType, again.Body, again.Headers.Contains("Idempotency-Replayed")));
        Assert.False(otherKey.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused()
    {
        await using var house = await AccountHouse.StartAsync();
        var admin = (await house.EnterAsync(role: AccountRole.Admin)).AccessToken;
        await PromoteAsync(house, admin, "key-1", """{"reason":"one"}""");

        (await PromoteAsync(house, admin, "key-1", """{"reason":"two"}""")).AssertProblem(422, "idempotency_mismatch", "Idempotency-Key");
    }

    [Fact]
    public async Task Somebody_elses_key_gets_nothing_of_the_answer_and_a_refusal_is_not_kept()
    {
        await using var house = await AccountHouse.StartAsync();
        var admin = (await house.EnterAsync(role: AccountRole.Admin)).AccessToken;
        var other = (await house.EnterAsync("bob@example.org", role: AccountRole.Admin)).AccessToken;
        var user = (await house.EnterAsync("eve@example.org")).AccessToken;
        var refused = await PromoteAsync(house, user, "key-1", "{}");
        var first = await PromoteAsync(house, admin, "key-1", "{}");
        var otherAdmin = await PromoteAsync(house, other, "key-1", "{}");
        var refusedAgain = await PromoteAsync(house, user, "key-1", "{}");

        Assert.Equal((403, 404, 404, 403), (refused.Status, first.Status, otherAdmin.Status, refusedAgain.Status));
        Assert.All(new[] { refused, first, otherAdmin, refusedAgain }, answer => Assert.False(answer.Headers.Contains("Idempotency-Replayed")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("one,two")]
    public async Task What_is_no_key_is_refused(string key)
    {
        await using var house = await AccountHouse.StartAsync();
        var admin = (await house.EnterAsync(role: AccountRole.Admin)).AccessToken;

        (await PromoteAsync(house, admin, key, "{}")).AssertProblem(400, "bad_request", "Idempotency-Key");
    }

    private static async Task<Answer> PromoteAsync(AccountHouse house, string token, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/models/nope-1/promote")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await house.Http.Ask(request);
    }
}
