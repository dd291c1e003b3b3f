// The world of world_test_helper.ts, sent by the C# writer: World PORT FRAMES PACE_MS TOKEN
using System;
using System.Globalization;
using System.Threading;

static class World
{
    static void Main(string[] args)
    {
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        var frames = uint.Parse(args[1]);
        const string awkward = "q\" b\\ n\n r\r t\t bell\x0007 esc\x001b del\x007f 😀 é \u2028 </script>";
        var writer = new HindcastWriter("127.0.0.1", int.Parse(args[0]), args[3]);
        for (uint f = 100; f < 100 + frames; f++)
        {
            var isOdd = f % 2 == 1;
            if (f % 3 == 0)
            {
                writer.BeginEvent(f, "shot").Set("shooter", "a\"b\\c 😀").Set("ping", f / 4.0).Set("stamp", f - 2.5)
                    .Set("text", awkward).Set("nothing", (string)null).Set("hit", !isOdd).EndEvent();
            }
            writer.BeginFrame(f, f * 20.0);
            for (var j = 0; j < 3 && f % 7 != 2; j++)
            {
                if (j == 0) writer.BeginEntity("player", 1);
                if (j == 1) writer.BeginEntity("player", "a\"b\\c 😀");
                if (j == 2) writer.BeginEntity("player", 9007199254740993L);
                writer.Set("x", (f * 7 + j * 3) / 8.0).Set("tenth", f / 10.0).Set("third", (f + j) / 3.0)
                    .Set("single", (float)((f + j) / 7.0)).Set("zero", isOdd ? -0.0 : 0.0)
                    .Set("big", isOdd ? -1e21 : 1e21).Set("wide", 9007199254740992UL)
                    .Set("edge", isOdd ? double.Epsilon : double.MaxValue).Set("small", f / 1e7)
                    .Set("never", double.PositiveInfinity).Set("odd", isOdd ? double.NaN : f)
                    .Set("alive", f % 3 == 0).Set("name", awkward).Set("ticks", -9007199254740991 + f);
            }
            if (f % 4 != 0 && f % 7 != 2) writer.BeginEntity("rocket", "r" + f / 8).Set("owner", "9007199254740993");
            writer.EndFrame();
            Thread.Sleep(int.Parse(args[2]));
        }
        writer.Dispose();
        Console.WriteLine("{\"dropped\":" + writer.Dropped + "}\n" + writer.Told);
    }
}
