namespace Cambist.App.Streaming;

/// <summary>The clients of personal streams that are connected here, by account.</summary>
internal sealed class PersonalListeners
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<StreamClient>> _clients = new(StringComparer.Ordinal);

    /// <summary>How many accounts listen here.</summary>
    public int Accounts
    {
        get
        {
            lock (_gate)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Adds a client that has shown whose it is. From the welcome on it gets every message.</summary>
    public void Join(string account, StreamClient client, StreamFrame welcome)
    {
        lock (_gate)
        {
            client.Answer(welcome);
            if (!_clients.TryGetValue(account, out var own))
            {
                _clients[account] = own = new List<StreamClient>(1);
            }

            own.Add(client);
        }
    }

    /// <summary>Forgets a client, whether it joined or not.</summary>
    public void Leave(string account, StreamClient client)
    {
        lock (_gate)
        {
            if (_clients.TryGetValue(account, out var own) && own.Remove(client) && own.Count == 0)
            {
                _clients.Remove(account);
            }
        }
    }

    /// <summary>Gives a message to every client of an account. All get messages in the same order.</summary>
    public void Tell(string account, StreamFrame message)
    {
        lock (_gate)
        {
            foreach (var client in _clients.GetValueOrDefault(account) ?? [])
            {
                client.Tell(message);
            }
        }
    }

    /// <summary>Lets every client see a gap: messages may have been missed, and nobody knows whose.</summary>
    public void Miss()
    {
        lock (_gate)
        {
            foreach (var client in _clients.Values.SelectMany(own => own))
            {
                client.Miss();
            }
        }
    }
}
