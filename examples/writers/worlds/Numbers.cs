// Sends the doubles of a file, 16 hexadecimal digits a line, and a text that is no UTF-8, by the C# writer: PORT FILE
using System;
using System.Globalization;
using System.IO;
using System.Threading;

static class Numbers
{
    static void Main(string[] args)
    {
        Thread.CurrentThread.CurrentCulture = new CultureInfo("de-DE");
        var writer = new HindcastWriter("127.0.0.1", int.Parse(args[0]));
        uint i = 0;
        foreach (var line in File.ReadLines(args[1]))
        {
            var bits = long.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            writer.BeginEvent(i++, "n").Set("v", BitConverter.Int64BitsToDouble(bits));
            writer.EndEvent();
        }
        writer.BeginEvent(i, "n").Set("v", "a\ud83db").EndEvent();
        writer.Dispose();
        Console.WriteLine("{\"dropped\":" + writer.Dropped + "}");
    }
}
