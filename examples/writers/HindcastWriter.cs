// Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
// Plain .NET, Unity's and any other. Part of hindcast, MIT license; see docs/engines/unity.md.
using System;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

/// <summary>Never blocks, never throws for the network's sake: what cannot be sent is dropped and counted.</summary>
public sealed class HindcastWriter : IDisposable
{
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    readonly IPEndPoint to;
    readonly string hello = "";
    readonly StringBuilder line = new StringBuilder();
    readonly Stopwatch clock = Stopwatch.StartNew();
    readonly byte[] waiting = new byte[4 << 20], said = new byte[512], heard = new byte[8192];
    int count, heardCount, helloLeft; // the last: bytes of hello that wait
    long retryAtMs;
    bool comma, isFirst;
    Socket socket;

    /// <summary>Frames and events that were not sent.</summary>
    public long Dropped { get; private set; }
    /// <summary>The last line that the recorder said, such as that the token is wrong.</summary>
    public string Told { get; private set; } = "";

    public HindcastWriter(string address = "127.0.0.1", int port = 7777, string token = null)
    {
        to = new IPEndPoint(IPAddress.Parse(address), port);
        if (!string.IsNullOrEmpty(token)) hello = Start().Set("token", token).line + "}\n";
    }
    // A frame is begun, then each entity and its fields. Ended it is a line, sent whole or not at all.
    public void BeginFrame(uint frame, double ms)
    { isFirst = true; Start().Set("f", frame).Set("t", ms).line.Append(",\"entities\":["); }
    public HindcastWriter BeginEntity(string kind, string id) => Entity().Set("id", id).Set("kind", kind);
    public HindcastWriter BeginEntity(string kind, long id) => Entity().Set("id", id).Set("kind", kind);
    public HindcastWriter BeginEntity(string kind, ulong id) => Entity().Set("id", id).Set("kind", kind);
    public void EndFrame() => Send(isFirst ? "]}\n" : "}]}\n");
    public HindcastWriter BeginEvent(uint frame, string name) => Start().Set("ev", name).Set("f", frame);
    public void EndEvent() => Send("}\n");
    // A field of the entity or event. A float comes as the double that it is: it is recorded bit by bit.
    public HindcastWriter Set(string name, bool value) => Put(name, value ? "true" : "false");
    public HindcastWriter Set(string name, string value) => Put(name, value == null ? "null" : Quoted(value));
    public HindcastWriter Set(string name, long value) => Put(name, value.ToString(Invariant));
    public HindcastWriter Set(string name, ulong value) => Put(name, value.ToString(Invariant));
    public HindcastWriter Set(string name, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value)) return Put(name, "null");
        var isShort = Math.Abs(value) < 1e9 && Math.Round(value * 1e6) / 1e6 == value; // "R" of Mono loses others
        return Put(name, value == 0 && 1 / value < 0 ? "-0" : value.ToString(isShort ? "R" : "G17", Invariant));
    }
    /// <summary>Sends what waits, for at most a second.</summary>
    public void Dispose()
    {
        var end = clock.ElapsedMilliseconds + 1000;
        for (Pump(); count > 0 && clock.ElapsedMilliseconds < end; Pump()) Thread.Sleep(1);
        Lose(long.MaxValue);
    }

    HindcastWriter Start() { line.Clear().Append('{'); comma = false; return this; }
    HindcastWriter Entity() { line.Append(isFirst ? "{" : "},{"); isFirst = comma = false; return this; }
    HindcastWriter Put(string name, string json)
    {
        line.Append(comma ? "," : "").Append(Quoted(name)).Append(':').Append(json);
        comma = true;
        return this;
    }
    static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            if (c < ' ') quoted.Append("\\u").Append(((int)c).ToString("x4"));
            else quoted.Append(c == '"' || c == '\\' ? "\\" : "").Append(c);
        return quoted.Append('"').ToString();
    }
    void Send(string end)
    {
        var text = line.Append(end).ToString();
        Pump();
        if (socket == null || Encoding.UTF8.GetByteCount(text) > waiting.Length - count) Dropped++;
        else count += Encoding.UTF8.GetBytes(text, 0, text.Length, waiting, count);
        Pump();
    }
    void Lose(long retryMs)
    {
        for (var i = 0; i < count; i++) if (waiting[i] == '\n') Dropped++;
        if (helloLeft > 0) Dropped--;
        socket?.Close();
        (socket, count, heardCount, helloLeft, retryAtMs) = (null, 0, 0, 0, retryMs);
    }
    void Pump()
    {
        if (socket == null)
        {
            if (clock.ElapsedMilliseconds < retryAtMs) return;
            socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            count = helloLeft = Encoding.UTF8.GetBytes(hello, 0, hello.Length, waiting, 0);
            try { socket.Connect(to); }
            catch (SocketException) { } // it is under way, or Receive says why not
        }
        try
        {
            if (!socket.Poll(0, SelectMode.SelectError) && !socket.Poll(0, SelectMode.SelectWrite)) return;
            var got = socket.Poll(0, SelectMode.SelectRead) ? socket.Receive(said) : -1;
            if (got == 0) throw new SocketException();
            for (var i = 0; i < got; i++)
                if (said[i] == '\n') (Told, heardCount) = (Encoding.UTF8.GetString(heard, 0, heardCount), 0);
                else if (heardCount < heard.Length) heard[heardCount++] = said[i];
            var sent = 0; // in pieces, since Mono's Send stays until it has sent all
            while (sent < count && socket.Poll(0, SelectMode.SelectWrite))
                sent += socket.Send(waiting, sent, Math.Min(count - sent, 16384), SocketFlags.None);
            helloLeft = Math.Max(0, helloLeft - sent);
            Buffer.BlockCopy(waiting, sent, waiting, 0, count -= sent);
        }
        catch (SocketException) { Lose(clock.ElapsedMilliseconds + 1000); }
    }
}
