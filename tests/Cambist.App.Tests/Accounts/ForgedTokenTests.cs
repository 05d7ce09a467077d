using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cambist.App.Privacy;
using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>Access tokens that somebody made, or changed. Beside each is one that differs in nothing but the fault and is let in.</summary>
public sealed class ForgedTokenTests
{
    private const string Es256 = "ES256";

    [Fact]
    public async Task A_token_made_by_hand_with_the_rings_key_is_let_in()
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();

        Assert.Equal(200, await StatusAsync(house, Token(house, Header(house), Claims(account.Id))));
    }

    public static TheoryData<string, string, string?> WrongClaims => new()
    {
        { "of another audience", "aud", "somebody-else" },
        { "of another issuer", "iss", "somebody-else" },
        { "without an audience", "aud", null },
        { "without an issuer", "iss", null },
        { "run out", "exp", "-1" },
        { "run out at this second", "exp", "0" },
        { "without an end", "exp", null },
        { "not yet begun", "nbf", "60" },
        { "without a session", "sid", null },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task A_token_is_refused_that_is(string fault, string claim, string? value)
    {
        await using var house = await AccountHouse.StartAsync();
        var account = await house.AddAsync();
        var claims = Claims(account.Id);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = claim is "exp" or "nbf" ? AccountHouse.Start.ToUnixTimeSeconds() + int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value;
        }

        Assert.True(await StatusAsync(house, Token(house, Header(house), claims)) == 401, fault);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    public async Task A_token_that_nobody_signed_is_refused(string algorithm)
    {
        await using var house = await AccountHouse.StartAsync();
        var header = Header(house);
        header["alg"] = algorithm;
        var unsigned = $"{Part(header)}.{Part(Claims((await house.AddAsync()).Id))}.";

        Assert.Equal(401, await StatusAsync(house, unsigned));
        Assert.Equal(401, await StatusAsync(house, unsigned + unsigned.Split('.')[0]));
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        await using var house = await AccountHouse.StartAsync();
        using var pair = Pair(house);
        var header = Header(house);
        header["alg"] = "HS256";
        var signed = $"{Part(header)}.{Part(Claims((await house.AddAsync()).Id))}";
        byte[][] known = [pair.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(pair.ExportSubjectPublicKeyInfoPem())];

        foreach (var secret in known)
        {
            Assert.Equal(401, await StatusAsync(house, $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}"));
        }
    }

    [Fact]
    public async Task Somebody_elses_key_is_refused_under_any_name_and_a_key_in_the_token_is_not_looked_at()
    {
        await using var house = await AccountHouse.StartAsync();
        var claims = Claims((await house.AddAsync()).Id);
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = own.ExportParameters(includePrivateParameters: false).Q;
        foreach (var name in (string?[])[Header(house)["kid"]!.GetValue<string>(), "other", "../../etc/passwd", "' OR 1=1 --", "", null])
        {
            var header = Header(house);
            header.Remove("kid");
            if (name is not null)
            {
                header["kid"] = name;
            }

            header["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
            header["jku"] = "http://127.0.0.1:1/keys";
            Assert.Equal(401, await StatusAsync(house, Signed(own, header, claims)));
        }
    }

    [Fact]
    public async Task A_token_of_another_kind_is_refused()
    {
        await using var house = await AccountHouse.StartAsync();
        var claims = Claims((await house.AddAsync()).Id);
        foreach (var type in (string?[])["JWT", "id+jwt", null])
        {
            var header = Header(house);
            header.Remove("typ");
            if (type is not null)
            {
                header["typ"] = type;
            }

            Assert.Equal(401, await StatusAsync(house, Token(house, header, claims)));
        }
    }

    [Fact]
    public async Task A_changed_claim_breaks_the_signature()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        var parts = tokens.AccessToken.Split('.');
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["role"] = "admin";

        var changed = await house.GetAsync("/models", $"{parts[0]}.{Part(claims)}.{parts[2]}");

        Assert.Equal((401, "token_refused"), (changed.Status, changed.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJFUzI1NiJ9..")]
    [InlineData("ÿÿÿ")]
    public async Task What_is_no_token_is_refused_where_strangers_are_welcome_too(string garbage)
    {
        await using var house = await AccountHouse.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/rates/sources");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {garbage}");
        using var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = house.Http.BaseAddress };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal("Bearer error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Keys_rotate_while_tokens_of_the_old_one_run_out_in_peace()
    {
        await using var house = await AccountHouse.StartAsync();
        var before = await house.EnterAsync();
        KeyRotation.RotateSigning(house.Cambist.Service<IKeyRingPlace>(), Es256, revokes: false, house.Clock.GetUtcNow());
        house.Clock.Advance(TimeSpan.FromMinutes(11));
        await NewKeyAsync(house, before.AccessToken);

        var after = await house.LoginAsync();

        Assert.NotEqual(KeyOf(before.AccessToken), KeyOf(after.AccessToken));
        Assert.Equal((200, 200), ((await house.GetAsync("/me", before.AccessToken)).Status, (await house.GetAsync("/me", after.AccessToken)).Status));
    }

    [Fact]
    public async Task A_revoked_key_ends_its_tokens()
    {
        await using var house = await AccountHouse.StartAsync();
        var before = await house.EnterAsync();
        Assert.Equal(200, (await house.GetAsync("/me", before.AccessToken)).Status);
        KeyRotation.RotateSigning(house.Cambist.Service<IKeyRingPlace>(), Es256, revokes: true, house.Clock.GetUtcNow());
        house.Clock.Advance(LiveKeyRing.Interval);
        await NewKeyAsync(house, before.AccessToken);

        Assert.Equal(401, (await house.GetAsync("/me", before.AccessToken)).Status);
        Assert.Equal(200, (await house.GetAsync("/me", (await house.LoginAsync()).AccessToken)).Status);
    }

    // The ring is read again by itself, soon after the clock says so.
    private static Task NewKeyAsync(AccountHouse house, string token) => Eventually.TrueAsync(() => Key(house).Id != KeyOf(token), TimeSpan.FromSeconds(30));

    private static async Task<int> StatusAsync(AccountHouse house, string token) => (await house.GetAsync("/me", token)).Status;

    private static string KeyOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!.GetValue<string>();

    private static RingKey Key(AccountHouse house) => house.Cambist.Service<LiveKeyRing>().Current.SigningAt(house.Clock.GetUtcNow())!;

    private static ECDsa Pair(AccountHouse house)
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Key(house).Secret, out _);
        return pair;
    }

    private static JsonObject Header(AccountHouse house) => new() { ["alg"] = Es256, ["kid"] = Key(house).Id, ["typ"] = "at+jwt" };

    private static JsonObject Claims(string account)
    {
        var now = AccountHouse.Start.ToUnixTimeSeconds();
        return new JsonObject { ["iss"] = "cambist", ["aud"] = "cambist", ["sub"] = account, ["sid"] = "a-session", ["role"] = "user", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 60 };
    }

    private static string Token(AccountHouse house, JsonObject header, JsonObject claims)
    {
        using var pair = Pair(house);
        return Signed(pair, header, claims);
    }

    private static string Signed(ECDsa pair, JsonObject header, JsonObject claims)
    {
        var signed = $"{Part(header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(pair.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
