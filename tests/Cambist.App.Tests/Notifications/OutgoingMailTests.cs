using System.Threading.Channels;
using Cambist.App.Notifications.Channels.Email;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Xunit;

namespace Cambist.App.Tests.Notifications;

/// <summary>What is posted is sent behind the caller's back, again where that may help, and never twice where it was taken.</summary>
public sealed class OutgoingMailTests : IAsyncLifetime
{
    private readonly ArmedClock _clock = new(Mails.Start);
    private readonly FakeLogCollector _logs = new();
    private StandInMail _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server = StandInMail.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Several_mails_in_a_row_go_over_one_connection_which_is_then_closed()
    {
        await using var service = await ServiceAsync(first =>
            Assert.All(new[] { "confirm_address", "reset_password", "account_locked" }, kind => Assert.True(first.Post(Mails.Some(kind)))));
        var mails = service.GetRequiredService<OutgoingMail>();
        Assert.True(mails.IsOn);

        await _server.NextAsync("account_locked", Token);
        await _clock.PassAsync(MailRunner.KeptOpen, Token);
        mails.Post(Mails.Some("password_changed"));
        await _server.NextAsync("password_changed", Token);

        Assert.Equal(["confirm_address", "reset_password", "account_locked", "password_changed"], _server.Messages.Select(mail => mail.Kind));
        Assert.Equal(2, _server.Connections);
        Assert.Contains("QUIT", _server.Commands);
        Assert.Equal(4, _server.Messages.Select(mail => mail.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_caller_waits_for_no_server()
    {
        var silence = _server.Fails(StandInFault.AtConnection, StandInFault.FallsSilent());
        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();
        mails.Post(Mails.Some());
        await silence.Happened.WaitAsync(Token);

        // Nothing moves time on and nobody answers: a caller who waited would wait for ever.
        Assert.True(mails.Post(Mails.Some("reset_password")));
        Assert.Empty(_server.Messages);
    }

    [Fact]
    public async Task What_the_server_takes_later_is_tried_again_after_longer_and_longer_waits_and_is_the_same_mail()
    {
        _server.Fails("RCPT", StandInFault.Says("450 4.7.1 greylisted"));
        _server.Fails("RCPT", StandInFault.Says("450 4.7.1 greylisted"));
        _server.Fails(StandInFault.AtEndOfData, StandInFault.Says("451 4.3.0 busy"));
        await using var service = await ServiceAsync();

        service.GetRequiredService<OutgoingMail>().Post(Mails.Some());
        foreach (var seconds in new[] { 30, 60, 120 })
        {
            await _clock.PassIdleAsync(MailRunner.KeptOpen, TimeSpan.FromSeconds(seconds), Token);
        }

        var mail = await _server.NextAsync(Mails.Address, Token);
        Assert.Equal((Mails.Start, 4), (mail.Date, _server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal))));
        Assert.Single(_server.Messages);
    }

    [Fact]
    public async Task A_mail_that_was_taken_before_the_connection_broke_comes_again_with_the_same_id()
    {
        _server.Fails(StandInFault.AtEndOfData, StandInFault.TakesItAndHangsUp());
        await using var service = await ServiceAsync();

        service.GetRequiredService<OutgoingMail>().Post(Mails.Some());
        var first = await _server.NextAsync(Mails.Address, Token);
        await _clock.PassAsync(TimeSpan.FromSeconds(30), Token);
        var again = await _server.NextAsync(Mails.Address, Token);

        Assert.Equal((first.Id, first.Date, first.Text), (again.Id, again.Date, again.Text));
    }

    [Theory]
    [InlineData("550 5.1.1 no such user", 1)]
    [InlineData("450 4.2.1 not now", 3)]
    public async Task A_mail_that_is_refused_for_good_or_too_often_is_given_up_and_its_place_is_free(string answer, int attempts)
    {
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            _server.Fails("RCPT", StandInFault.Says(answer));
        }

        await using var service = await ServiceAsync(
            first =>
            {
                Assert.True(first.Post(Mails.Some("reset_password")));
                Assert.False(first.Post(Mails.Some()));
            },
            ("Attempts", "3"),
            ("QueueSize", "1"));
        var mails = service.GetRequiredService<OutgoingMail>();
        foreach (var seconds in new[] { 30, 60 }.Take(attempts - 1))
        {
            await _clock.PassIdleAsync(MailRunner.KeptOpen, TimeSpan.FromSeconds(seconds), Token);
        }

        // Its place is free when it is given up, which is after the last answer.
        await _clock.ArmedAsync(MailRunner.KeptOpen, Token);
        Assert.True(mails.Post(Mails.Some("account_locked")));
        await _server.NextAsync("account_locked", Token);

        Assert.Equal("account_locked", Assert.Single(_server.Messages).Kind);
        Assert.Equal(attempts + 1, _server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_asks_hears_when_a_mail_was_taken_and_never_of_one_that_was_refused()
    {
        _server.Fails("RCPT", StandInFault.Says("550 5.1.1 no such user"));
        _server.Fails("RCPT", StandInFault.Says("450 4.7.1 greylisted"));
        var taken = Channel.CreateUnbounded<string>();
        await using var service = await ServiceAsync(mails => Assert.All(new[] { "refused", "late", "at_once" }, kind => Assert.True(mails.Post(Mails.Some(kind), () => taken.Writer.TryWrite(kind)))));

        Assert.Equal("at_once", await taken.Reader.ReadAsync(Token));
        await _clock.PassIdleAsync(MailRunner.KeptOpen, TimeSpan.FromSeconds(30), Token);

        Assert.Equal("late", await taken.Reader.ReadAsync(Token));
        await service.StopAsync();
        Assert.False(taken.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Whoever_cannot_write_down_that_a_mail_was_taken_stops_no_other_and_has_it_sent_once()
    {
        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();

        mails.Post(Mails.Some("first"), () => throw new InvalidOperationException(Mails.Address));
        mails.Post(Mails.Some("second"));
        await _server.NextAsync("second", Token);
        await service.StopAsync();

        Assert.Equal(["first", "second"], _server.Messages.Select(mail => mail.Kind));
        Assert.Contains(_logs.GetSnapshot(), line => line.Level == LogLevel.Error && line.Message.Contains("cannot be written down", StringComparison.Ordinal));
        Assert.DoesNotContain(_logs.GetSnapshot(), line => line.Message.Contains(Mails.Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_server_is_at_fault_it_is_left_alone_whatever_is_posted()
    {
        _server.Fails(StandInFault.AtConnection, StandInFault.SaysAndHangsUp("421 4.3.2 down"));
        _server.Fails(StandInFault.AtConnection, StandInFault.SaysAndHangsUp("421 4.3.2 down"));
        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();
        mails.Post(Mails.Some());
        await _clock.ArmedAsync(TimeSpan.FromSeconds(30), Token);

        mails.Post(Mails.Some("reset_password"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Mails.Start + TimeSpan.FromSeconds(30), await _clock.PassAsync(TimeSpan.FromSeconds(60), Token));
        await _server.NextAsync("reset_password", Token);
        await _server.NextAsync("confirm_address", Token);
        Assert.Equal(3, _server.Connections);
    }

    [Fact]
    public async Task When_the_service_stops_what_is_due_is_sent_and_what_waits_for_another_try_is_lost()
    {
        _server.Fails("RCPT", StandInFault.Says("450 4.7.1 greylisted"));
        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();
        mails.Post(Mails.Some());
        await _clock.ArmedAsync(MailRunner.KeptOpen, Token);

        mails.Post(Mails.Some("reset_password"));
        mails.Post(Mails.Some("account_locked"));
        await service.StopAsync();

        Assert.Equal(["reset_password", "account_locked"], _server.Messages.Select(mail => mail.Kind));
        Assert.Equal("QUIT", _server.Commands[^1]);
        Assert.Contains(_logs.GetSnapshot(), line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_service_that_stops_while_a_server_is_silent_waits_for_seconds_and_no_longer()
    {
        var silence = _server.Fails(StandInFault.AtEndOfData, StandInFault.FallsSilent());
        await using var service = await ServiceAsync(("TimeoutSeconds", "300"));
        service.GetRequiredService<OutgoingMail>().Post(Mails.Some());
        await silence.Happened.WaitAsync(Token);

        var stopping = service.StopAsync();
        await _clock.ArmedAsync(MailRunner.Grace, Token);
        Assert.False(stopping.IsCompleted);
        _clock.Advance(MailRunner.Grace);

        await stopping.WaitAsync(Token);
    }

    [Fact]
    public async Task Mail_that_is_off_is_said_so_and_takes_nothing()
    {
        await using var service = await ServiceAsync(("Host", null));
        var mails = service.GetRequiredService<OutgoingMail>();

        Assert.False(mails.IsOn);
        Assert.False(mails.Post(Mails.Some()));
        await service.StopAsync();
        Assert.Equal(0, _server.Connections);
    }

    [Fact]
    public async Task No_log_holds_an_address_a_subject_a_text_or_the_words_of_the_server()
    {
        foreach (var answer in new[] { $"450 4.7.1 <{Mails.Address}> planted", $"421 4.7.1 <{Mails.Address}> planted", $"550 5.1.1 <{Mails.Address}> planted" })
        {
            _server.Fails("RCPT", StandInFault.Says(answer));
        }

        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();
        mails.Post(Mails.Some());
        mails.Post(Mails.Some("reset_password"));
        mails.Post(Mails.Some("account_locked"));
        await _clock.PassAsync(TimeSpan.FromSeconds(30), Token);
        await _server.NextAsync(Mails.Address, Token);
        await service.StopAsync();

        var lines = _logs.GetSnapshot();
        Assert.NotEmpty(lines);
        Assert.All(lines, line =>
        {
            Assert.Null(line.Exception);
            Assert.DoesNotContain("planted", line.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("confirm?", line.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Many_callers_at_once_lose_no_mail()
    {
        await using var service = await ServiceAsync();
        var mails = service.GetRequiredService<OutgoingMail>();

        await Parallel.ForAsync(0, 200, Token, (place, _) =>
        {
            Assert.True(mails.Post(Mails.Some($"mail-{place}")));
            return ValueTask.CompletedTask;
        });
        for (var place = 0; place < 200; place++)
        {
            await _server.NextAsync($"mail-{place}", Token);
        }

        Assert.Equal((200, 1), (_server.Messages.Count, _server.Connections));
    }

    private Task<ServiceProvider> ServiceAsync(params (string Key, string? Value)[] changes) => ServiceAsync(_ => { }, changes);

    private Task<ServiceProvider> ServiceAsync(Action<OutgoingMail> before, params (string Key, string? Value)[] changes) => Mails.ServiceAsync(Mails.Options(_server, changes), _clock, _logs, before);
}
