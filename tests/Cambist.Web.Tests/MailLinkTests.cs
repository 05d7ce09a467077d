using Cambist.Web.Accounts;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class MailLinkTests
{
    [Theory]
    [InlineData("https://cambist.example/account/confirm#id=5&token=t0k-_n")]
    [InlineData("  id=5&token=t0k-_n\n")]
    [InlineData("#id=5&token=t0k-_n")]
    public void The_link_is_read_however_it_is_pasted(string told) => Assert.Equal(new MailLink("5", "t0k-_n", null), MailLink.Of(told));

    [Fact]
    public void A_new_address_is_read_as_it_was_written() =>
        Assert.Equal(new MailLink("5", "t", "ann+fx@b\u00fccher.example"), MailLink.Of("#id=5&token=t&email=ann%2Bfx%40b%C3%BCcher.example"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("t0k-_n")]
    [InlineData("#id=5")]
    [InlineData("#id=&token=t")]
    [InlineData("#id=5&id=6&token=t")]
    public void What_is_no_link_is_none(string? told) => Assert.Null(MailLink.Of(told));
}
