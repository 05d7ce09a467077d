namespace Cambist.App.Streaming;

/// <summary>What a personal message is about.</summary>
internal enum PersonalMessage
{
    /// <summary>The advice for something that the account follows has become another.</summary>
    RecommendationChange,

    /// <summary>A goal of the account has come nearer, or was reached.</summary>
    GoalProgress,

    /// <summary>An alert of the account has gone off.</summary>
    Alert,
}
