using Cambist.Client;
using OtpNet;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Codes of an authenticator app, and the codes that stand for it.</summary>
public sealed class SecondFactorTests
{
    [Fact]
    public async Task A_code_is_asked_for_once_the_app_has_shown_one()
    {
        await using var house = await AccountHouse.StartAsync();
        var (key, codes) = await TurnOnAsync(house);

        var without = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password));
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var with = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, CodeAt(house, key)));

        Assert.Equal(10, codes.Length);
        Assert.Equal((401, "second_factor_required"), (without.Status, without.Code));
        Assert.Equal(200, with.Status);
    }

    [Fact]
    public async Task Who_does_not_know_the_password_is_not_told_of_the_second_factor()
    {
        await using var house = await AccountHouse.StartAsync();
        await TurnOnAsync(house);

        Assert.Equal("wrong_credentials", (await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, "a wrong password"))).Code);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        await using var house = await AccountHouse.StartAsync();
        var (key, _) = await TurnOnAsync(house);
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var code = CodeAt(house, key);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, code))));

        Assert.Single(answers, answer => answer.Status == 200);
    }

    [Fact]
    public async Task A_recovery_code_stands_for_the_app_once()
    {
        await using var house = await AccountHouse.StartAsync();
        var (_, codes) = await TurnOnAsync(house);

        var first = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: codes[3]));
        var second = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: codes[3]));
        var me = await house.GetAsync("/me", first["access_token"]);

        Assert.Equal((200, 401, "9"), (first.Status, second.Status, me["recovery_codes_left"]));
    }

    [Fact]
    public async Task New_recovery_codes_take_the_place_of_the_old_ones_and_the_app_stays()
    {
        await using var house = await AccountHouse.StartAsync();
        var (key, old) = await TurnOnAsync(house);
        var entered = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: old[0]));

        var renewed = await house.PostAsync("/me/second-factor/recovery-codes", token: entered["access_token"]);
        var codes = renewed.Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!).ToArray();
        var byOld = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: old[1]));
        var byNew = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, RecoveryCode: codes[1]));
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        var byApp = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, CodeAt(house, key)));
        var export = await house.GetAsync("/me/export", byApp["access_token"]);

        Assert.Equal((200, 10, 401, 200, 200), (renewed.Status, codes.Distinct().Count(), byOld.Status, byNew.Status, byApp.Status));
        Assert.Empty(codes.Intersect(old));
        Assert.Single(export.Json.GetProperty("audit").EnumerateArray(), one => one.GetProperty("kind").GetString() == "second_factor.codes_renewed");
    }

    [Fact]
    public async Task Without_a_second_factor_there_are_no_recovery_codes_to_renew()
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        var answer = await house.PostAsync("/me/second-factor/recovery-codes", token: token);

        Assert.Equal((409, "second_factor_off", "0"), (answer.Status, answer.Code, (await house.GetAsync("/me", token))["recovery_codes_left"]));
    }

    [Fact]
    public async Task Who_knows_the_password_gets_no_more_codes_to_guess_by_giving_it_again()
    {
        await using var house = await AccountHouse.StartAsync();
        var (key, _) = await TurnOnAsync(house);
        for (var guess = 0; guess < 5; guess++)
        {
            await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password));
            Assert.Equal(401, (await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, "000000"))).Status);
        }

        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var right = await house.PostAsync("/auth/login", new LoginRequest(AccountHouse.Email, AccountHouse.Password, CodeAt(house, key)));

        Assert.Equal((401, "wrong_credentials"), (right.Status, right.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("abcdef")]
    [InlineData("١٢٣٤٥٦")]
    public async Task What_is_no_code_turns_nothing_on(string code)
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;
        await house.PostAsync("/me/second-factor", token: token);

        var answer = await house.PostAsync("/me/second-factor/confirm", new CodeRequest(code), token);

        Assert.True(answer.Status is 400 or 422);
        Assert.Equal("False", (await house.GetAsync("/me", token))["second_factor"]);
    }

    [Fact]
    public async Task A_key_that_was_never_confirmed_is_never_asked_for()
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        await house.PostAsync("/me/second-factor", token: token);

        await house.LoginAsync();
    }

    [Fact]
    public async Task Turning_it_on_or_off_takes_a_recent_log_in()
    {
        await using var house = await AccountHouse.StartAsync();
        var session = await house.EnterAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(14.9));
        var refreshed = await house.PostAsync("/auth/refresh", new RefreshRequest(session.RefreshToken));
        house.Clock.Advance(TimeSpan.FromMinutes(1));

        var late = await house.PostAsync("/me/second-factor", token: refreshed["access_token"]);
        var lateCodes = await house.PostAsync("/me/second-factor/recovery-codes", token: refreshed["access_token"]);
        var lateErase = await house.SendAsync(HttpMethod.Delete, "/me", token: refreshed["access_token"]);

        Assert.Equal((403, "login_again"), (late.Status, late.Code));
        Assert.Equal((403, "login_again"), (lateCodes.Status, lateCodes.Code));
        Assert.Equal((403, "login_again"), (lateErase.Status, lateErase.Code));
    }

    private static async Task<(string Key, string[] Codes)> TurnOnAsync(AccountHouse house)
    {
        var token = (await house.EnterAsync()).AccessToken;
        var begun = await house.PostAsync("/me/second-factor", token: token);
        Assert.StartsWith("otpauth://totp/", begun["uri"], StringComparison.Ordinal);
        var codes = await house.PostAsync("/me/second-factor/confirm", new CodeRequest(CodeAt(house, begun["secret"])), token);
        Assert.Equal(200, codes.Status);
        return (begun["secret"], [.. codes.Json.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private static string CodeAt(AccountHouse house, string key) => new Totp(Base32Encoding.ToBytes(key)).ComputeTotp(house.Clock.GetUtcNow().UtcDateTime);
}
