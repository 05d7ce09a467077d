namespace Cambist.Web.Accounts;

/// <summary>What a page says of what was done before it: the address names one of these, and no other text.</summary>
internal static class Notes
{
    public const string Query = "note";

    public static string? Of(string? note) => note switch
    {
        "left" => "You are logged out.",
        "registered" => "If this address had no account, it has one now. Log in.",
        "confirm" => "A mail is on its way to this address. Follow its link, then log in.",
        "confirmed" => "The address is confirmed.",
        "forgot" => "If there is an account of this address, a mail with a link is on its way. The link works for an hour.",
        "reset" => "The new password is set, and all sessions have ended. Log in with it.",
        "password" => "The new password is set. You are logged out everywhere else.",
        "saved" => "Saved.",
        "email" => "A mail is on its way to the new address. It becomes yours when you follow its link.",
        "factor-off" => "The second factor is off.",
        "passkey-added" => "The passkey is added. You can log in with it from now on.",
        "passkey-renamed" => "The passkey has its new name.",
        "passkey-removed" => "The passkey is removed. Delete it on your device, too.",
        "session-ended" => "The session has ended.",
        "sessions-ended" => "All other sessions have ended.",
        "changed-meanwhile" => "The account was changed meanwhile, and nothing was done. Try again.",
        "goal-made" => "The goal is made, and planned.",
        "goal-paused" => "The goal is paused, and left alone until you resume it.",
        "goal-resumed" => "The goal goes on, and is planned anew.",
        "goal-cancelled" => "The goal is given up. It stays here to be read.",
        "converted" => "The conversion is recorded.",
        "erased" => "Your account and what was stored of you are erased.",
        _ => null,
    };
}
