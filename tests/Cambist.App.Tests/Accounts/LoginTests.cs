using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Registering, logging in and staying logged in.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task Who_registers_logs_in_and_sees_the_own_account()
    {
        await using var house = await AccountHouse.StartAsync();

        var registered = await house.PostAsync("/auth/register", new RegisterRequest(AccountHouse.Email, AccountHouse.Password));
        var tokens = await house.LoginAsync();
        var me = await house.GetAsync("/me", tokens.AccessToken);

        Assert.Equal((202, "accepted", "not_required"), (registered.Status, registered["status"], registered["email_confirmation"]));
        Assert.Equal(("Bearer", 900, 86_400), (tokens.TokenType, tokens.ExpiresIn, tokens.RefreshExpiresIn));
        Assert.Equal((200, tokens.UserId, AccountHouse.Email, "user"), (me.Status, me["id"], me["email"], me["role"]));
    }

    [Fact]
    public async Task Without_a_token_nobody_sees_an_account()
    {
        await using var house = await AccountHouse.StartAsync();

        var answer = await house.GetAsync("/me");

        Assert.Equal((401, "not_authorized"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_access_token_runs_out_after_fifteen_minutes_and_a_refresh_token_gives_the_next()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        Assert.Equal(200, (await house.GetAsync("/me", tokens.AccessToken)).Status);
        house.Clock.Advance(TimeSpan.FromMinutes(15));

        var late = await house.GetAsync("/me", tokens.AccessToken);
        var refreshed = await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));
        var again = await house.GetAsync("/me", refreshed["access_token"]);

        Assert.Equal((401, "token_refused"), (late.Status, late.Code));
        Assert.Equal((200, 200), (refreshed.Status, again.Status));
        Assert.NotEqual(tokens.RefreshToken, refreshed["refresh_token"]);
    }

    [Fact]
    public async Task A_refresh_token_that_is_shown_again_ends_the_session()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        var next = await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));

        var stolen = await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));
        var owner = await house.PostAsync("/auth/refresh", new RefreshRequest(next["refresh_token"]));
        var access = await house.GetAsync("/me", next["access_token"]);

        Assert.Equal((401, "refresh_token_refused"), (stolen.Status, stolen.Code));
        Assert.Equal((401, 401), (owner.Status, access.Status));
    }

    [Fact]
    public async Task Of_many_uses_of_a_refresh_token_at_once_exactly_one_is_answered()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken))));

        Assert.Equal([200, .. Enumerable.Repeat(401, 7)], answers.Select(answer => answer.Status).Order());
    }

    [Fact]
    public async Task A_session_that_is_not_used_for_a_day_is_over()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromHours(23));
        var used = await house.PostAsync("/auth/refresh", new RefreshRequest(tokens.RefreshToken));
        house.Clock.Advance(TimeSpan.FromHours(24));

        var late = await house.PostAsync("/auth/refresh", new RefreshRequest(used["refresh_token"]));

        Assert.Equal((200, 401), (used.Status, late.Status));
    }

    [Fact]
    public async Task A_session_is_over_after_a_month_however_much_it_is_used()
    {
        await using var house = await AccountHouse.StartAsync();
        var refresh = (await house.EnterAsync()).RefreshToken;
        for (var day = 0; day < 29; day++)
        {
            house.Clock.Advance(TimeSpan.FromHours(23.9));
            refresh = (await house.PostAsync("/auth/refresh", new RefreshRequest(refresh)))["refresh_token"];
        }

        house.Clock.Advance(TimeSpan.FromHours(23.9));
        var last = await house.PostAsync("/auth/refresh", new RefreshRequest(refresh));
        house.Clock.Advance(TimeSpan.FromHours(3));

        var over = await house.PostAsync("/auth/refresh", new RefreshRequest(last["refresh_token"]));

        Assert.Equal((200, 401), (last.Status, over.Status));
    }

    [Fact]
    public async Task Logging_out_ends_access_and_refresh_tokens_at_once_and_other_sessions_go_on()
    {
        await using var house = await AccountHouse.StartAsync();
        var phone = await house.EnterAsync();
        var laptop = await house.LoginAsync();
        Assert.Equal(200, (await house.GetAsync("/me", phone.AccessToken)).Status);

        var left = await house.PostAsync("/auth/logout", new LogoutRequest(), phone.AccessToken);

        Assert.Equal(204, left.Status);
        Assert.Equal((401, 401), ((await house.GetAsync("/me", phone.AccessToken)).Status, (await house.PostAsync("/auth/refresh", new RefreshRequest(phone.RefreshToken))).Status));
        Assert.Equal(200, (await house.GetAsync("/me", laptop.AccessToken)).Status);
    }

    [Fact]
    public async Task Logging_out_everywhere_ends_all_sessions()
    {
        await using var house = await AccountHouse.StartAsync();
        var phone = await house.EnterAsync();
        var laptop = await house.LoginAsync();

        await house.PostAsync("/auth/logout", new LogoutRequest(phone.RefreshToken, Everywhere: true));

        Assert.Equal((401, 401), ((await house.GetAsync("/me", phone.AccessToken)).Status, (await house.GetAsync("/me", laptop.AccessToken)).Status));
    }

    [Fact]
    public async Task A_session_is_listed_and_ended_from_another_one()
    {
        await using var house = await AccountHouse.StartAsync();
        var phone = await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var laptop = await house.LoginAsync();

        var sessions = (await house.GetAsync("/me/sessions", laptop.AccessToken)).Json.GetProperty("sessions");
        var ended = await house.SendAsync(HttpMethod.Delete, $"/me/sessions/{sessions[1].GetProperty("id").GetString()}", token: laptop.AccessToken);

        Assert.Equal([true, false], sessions.EnumerateArray().Select(session => session.GetProperty("current").GetBoolean()));
        Assert.Equal((204, 401), (ended.Status, (await house.GetAsync("/me", phone.AccessToken)).Status));
    }

    [Fact]
    public async Task Another_password_ends_all_sessions_and_begins_one()
    {
        await using var house = await AccountHouse.StartAsync();
        var phone = await house.EnterAsync();
        var laptop = await house.LoginAsync();

        var changed = await house.PostAsync("/me/password", new ChangePasswordRequest(AccountHouse.Password, "four other words instead"), laptop.AccessToken);

        Assert.Equal(200, changed.Status);
        Assert.Equal((401, 401), ((await house.GetAsync("/me", phone.AccessToken)).Status, (await house.GetAsync("/me", laptop.AccessToken)).Status));
        Assert.Equal(200, (await house.GetAsync("/me", changed["access_token"])).Status);
        Assert.Equal(401, (await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password))).Status);
        await house.LoginAsync(password: "four other words instead");
    }

    [Fact]
    public async Task The_profile_is_changed_field_by_field_or_not_at_all()
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        var first = await house.SendAsync(HttpMethod.Patch, "/me", new MeChange("Ann", "+49 170 1234567", "Europe/Berlin", "de", "aggressive", "wise"), token);
        var wrong = await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Name: "Anna", Phone: "170"), token);
        var cleared = await house.SendAsync(HttpMethod.Patch, "/me", new MeChange(Phone: ""), token);

        Assert.Equal(("Ann", "+491701234567", "Europe/Berlin", "DE", "aggressive", "wise"), (first["name"], first["phone"], first["time_zone"], first["country"], first["risk_tolerance"], first["usual_provider"]));
        Assert.Equal((422, "invalid_phone"), (wrong.Status, wrong.Code));
        Assert.Equal(("Ann", ""), (cleared["name"], cleared["phone"]));
    }
}
