// The world of world_test_helper.ts, sent by the Rust writer: world PORT FRAMES PACE_MS TOKEN
#[path = "../hindcast_writer.rs"]
mod hindcast_writer;
use hindcast_writer::HindcastWriter;
use std::{env, thread::sleep, time::Duration};

fn main() {
    let args: Vec<String> = env::args().collect();
    let (frames, pace): (u32, u64) = (args[2].parse().unwrap(), args[3].parse().unwrap());
    let awkward = "q\" b\\ n\n r\r t\t bell\x07 esc\x1b del\x7f 😀 é \u{2028} </script>";
    let mut writer = HindcastWriter::new(&format!("127.0.0.1:{}", args[1]), &args[4]);
    for f in 100..100 + frames {
        let (odd, value) = (f % 2 == 1, f64::from(f));
        if f % 3 == 0 {
            let event = writer.begin_event(f, "shot").text("shooter", "a\"b\\c 😀").number("ping", value / 4.0);
            event.number("stamp", value - 2.5).text("text", awkward).number("nothing", f64::NAN).flag("hit", !odd);
            writer.end_event();
        }
        writer.begin_frame(f, value * 20.0);
        for j in 0..if f % 7 == 2 { 0 } else { 3 } {
            let player = match j {
                0 => writer.begin_entity("player", 1),
                1 => writer.begin_entity("player", "a\"b\\c 😀"),
                _ => writer.begin_entity("player", 9007199254740993u64),
            };
            player.number("x", f64::from(f * 7 + j * 3) / 8.0).number("tenth", value / 10.0);
            player.number("third", f64::from(f + j) / 3.0).number("single", (f64::from(f + j) / 7.0) as f32);
            player.number("zero", if odd { -0.0 } else { 0.0 }).number("big", if odd { -1e21 } else { 1e21 });
            player.integer("wide", 9007199254740992u64).number("edge", if odd { 5e-324 } else { f64::MAX });
            player.number("small", value / 1e7).number("never", f64::INFINITY);
            player.number("odd", if odd { f64::NAN } else { value }).flag("alive", f % 3 == 0);
            player.text("name", awkward).integer("ticks", -9007199254740991 + i64::from(f));
        }
        if f % 4 != 0 && f % 7 != 2 {
            writer.begin_entity("rocket", format!("r{}", f / 8)).text("owner", "9007199254740993");
        }
        writer.end_frame();
        sleep(Duration::from_millis(pace));
    }
    writer.flush();
    println!("{{\"dropped\":{}}}\n{}", writer.dropped, writer.told);
}
