//! Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
//! Standard library only. Part of hindcast, MIT license; see docs/engines/rust-bevy.md.
use std::fmt::{Display, Write as _};
use std::io::{ErrorKind, Read, Result, Write};
use std::sync::mpsc::{channel, Receiver, TryRecvError};
use std::time::{Duration, Instant};
use std::{net::TcpStream, thread};

/// Never blocks and never panics for the network's sake: what cannot be sent is dropped and counted.
#[derive(Default)]
pub struct HindcastWriter {
    /// Frames and events that were not sent.
    pub dropped: usize,
    /// The last line that the recorder said, such as that the token is wrong.
    pub told: String,
    to: String,
    hello: String,
    line: String,
    next: &'static str, // what stands before the next entity
    waiting: Vec<u8>,
    heard: Vec<u8>, // of a line that is not whole
    coming: Option<Receiver<Result<TcpStream>>>,
    stream: Option<TcpStream>,
    retry_at: Option<Instant>,
}
impl HindcastWriter {
    /// Writer to `127.0.0.1:7777`; the token may be empty.
    pub fn new(to: &str, token: &str) -> Self {
        let mut writer = Self::default();
        writer.to = to.into();
        if !token.is_empty() { writer.hello = format!("{{\"token\":{}}}\n", quoted(token)) }
        writer
    }
    /// A frame is begun, then each entity and its fields. Ended it is a line, sent whole or not at all.
    pub fn begin_frame(&mut self, frame: u32, ms: f64) {
        (self.line, self.next) = (format!("{{\"f\":{frame},\"t\":{ms:?}"), ",\"entities\":[{");
    }
    pub fn begin_entity(&mut self, kind: &str, id: impl Display) -> &mut Self {
        let (id, kind) = (quoted(&id.to_string()), quoted(kind));
        let _ = write!(self.line, "{}\"id\":{id},\"kind\":{kind}", self.next);
        self.next = "},{";
        self
    }
    pub fn end_frame(&mut self) { self.send(if self.next == "},{" { "}]}\n" } else { ",\"entities\":[]}\n" }) }
    pub fn begin_event(&mut self, frame: u32, name: &str) -> &mut Self {
        self.line = format!("{{\"ev\":{},\"f\":{frame}", quoted(name));
        self
    }
    pub fn end_event(&mut self) { self.send("}\n") }
    // Fields of the entity or event.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self { self.put(name, quoted(value)) }
    pub fn flag(&mut self, name: &str, value: bool) -> &mut Self { self.put(name, value) }
    pub fn integer(&mut self, name: &str, value: impl Into<i128>) -> &mut Self { self.put(name, value.into()) }
    /// A float goes as the double that it is: so it is recorded bit by bit, in four bytes.
    pub fn number(&mut self, name: &str, value: impl Into<f64>) -> &mut Self {
        let value = value.into();
        if value.is_finite() { self.put(name, format!("{value:?}")) } else { self.put(name, "null") }
    }
    fn put(&mut self, name: &str, json: impl Display) -> &mut Self {
        let _ = write!(self.line, ",{}:{json}", quoted(name));
        self
    }
    /// Sends what waits, for at most a second.
    pub fn flush(&mut self) {
        let begin = Instant::now();
        self.pump();
        while !self.waiting.is_empty() && begin.elapsed().as_secs() < 1 { thread::yield_now(); self.pump() }
        if !self.waiting.is_empty() { self.lose() }
    }
    fn send(&mut self, end: &str) {
        self.line += end;
        self.pump();
        let is_open = self.stream.is_some() || self.coming.is_some();
        let is_taken = is_open && self.waiting.len() + self.line.len() <= 4 << 20;
        if is_taken { self.waiting.extend(self.line.bytes()) } else { self.dropped += 1 }
        self.pump()
    }
    fn pump(&mut self) {
        if self.stream.is_none() && self.coming.is_none() {
            if self.retry_at > Some(Instant::now()) { return }
            let ((sender, receiver), to, hello) = (channel(), self.to.clone(), self.hello.clone());
            let greeted = move || TcpStream::connect(to).and_then(|mut it| it.write_all(hello.as_bytes()).map(|()| it));
            let _ = thread::Builder::new().spawn(move || sender.send(greeted()));
            self.coming = Some(receiver);
        }
        if matches!(self.exchange(), Err(error) if error.kind() != ErrorKind::WouldBlock) { self.lose() }
    }
    fn lose(&mut self) {
        self.dropped += self.waiting.iter().filter(|&&byte| byte == b'\n').count();
        (self.waiting, self.heard, self.stream, self.coming) = (Vec::new(), Vec::new(), None, None);
        self.retry_at = Some(Instant::now() + Duration::from_secs(1));
    }
    fn exchange(&mut self) -> Result<()> {
        match self.coming.as_ref().map(|coming| coming.try_recv()) {
            Some(Err(TryRecvError::Empty)) | None => (),
            Some(found) => (self.stream, self.coming) = (Some(found.unwrap_or(Err(ErrorKind::Other.into()))?), None),
        }
        if let Some(stream) = &mut self.stream {
            let mut said = [0; 512];
            stream.set_nonblocking(true)?;
            if !self.waiting.is_empty() { drop(self.waiting.drain(..stream.write(&self.waiting)?)) }
            let count = stream.read(&mut said)?;
            if count == 0 { return Err(ErrorKind::NotConnected.into()) }
            for &byte in &said[..count] {
                if byte == b'\n' { self.told = String::from_utf8_lossy(&std::mem::take(&mut self.heard)).into() }
                else if self.heard.len() < 8192 { self.heard.push(byte) }
            }
        }
        Ok(())
    }
}
impl Drop for HindcastWriter { fn drop(&mut self) { self.flush() } }
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        '\0'..='\x1f' => format!("\\u{:04x}", c as u32),
        _ => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
