//! Sends the doubles of a file, 16 hexadecimal digits a line, by the Rust writer: PORT FILE
#[path = "../hindcast_writer.rs"]
#[allow(dead_code)]
mod hindcast_writer;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut writer = hindcast_writer::HindcastWriter::new(&format!("127.0.0.1:{}", args[1]), "");
    let doubles = std::fs::read_to_string(&args[2]).unwrap();
    for (i, line) in doubles.lines().enumerate() {
        let value = f64::from_bits(u64::from_str_radix(line, 16).unwrap());
        writer.begin_event(i as u32, "n").number("v", value);
        writer.end_event();
    }
    writer.begin_event(doubles.lines().count() as u32, "n").text("v", &String::from_utf8_lossy(b"a\xFFb"));
    writer.end_event();
    writer.flush();
    println!("{{\"dropped\":{}}}", writer.dropped);
}
