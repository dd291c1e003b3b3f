// Sends the states and events of a game server to `hindcast record --listen tcp://127.0.0.1:7777`.
// C++17 with POSIX sockets or Winsock. Part of hindcast, MIT license; see docs/engines/unreal.md.
#pragma once
#include <charconv>
#include <chrono>
#include <cmath>
#include <string>
#include <thread>
#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#define MSG_NOSIGNAL 0
#else
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#endif
namespace hindcast {
/** Never blocks and never throws: what cannot be sent is dropped and counted. For one thread. */
class Writer {
 public:
  uint64_t dropped = 0;  // frames and events that were not sent
  std::string told;      // the last line that the recorder said, such as that the token is wrong

  explicit Writer(const char* ipv4 = "127.0.0.1", uint16_t port = 7777, std::string_view token = "") {
    to_.sin_family = AF_INET, to_.sin_port = htons(port), inet_pton(AF_INET, ipv4, &to_.sin_addr);
    if (!token.empty()) hello_ = start().set("token", token).line_ + "}\n";
  }
  Writer(const Writer&) = delete;
  ~Writer() { close(); }
  // A frame is begun, then each entity and its fields. Ended it is a line, sent whole or not at all.
  void begin_frame(uint32_t frame, double ms) { start().set("f", frame).set("t", ms), next_ = ",\"entities\":[{"; }
  template <class Id> Writer& begin_entity(std::string_view kind, const Id& integer_or_text) {
    line_ += next_, next_ = "},{", comma_ = false;
    return set("id", integer_or_text).set("kind", kind);
  }
  void end_frame() { send_line(next_[0] == ',' ? ",\"entities\":[]}\n" : "}]}\n"); }
  Writer& begin_event(uint32_t frame, std::string_view name) { return start().set("ev", name).set("f", frame); }
  void end_event() { send_line("}\n"); }
  // A field of the entity or event: a bool, a number or a text in UTF-8.
  template <class T> Writer& set(std::string_view name, const T& value) {
    line_ += comma_ ? "," : "", comma_ = true, text(name), line_ += ':';
    if constexpr (std::is_same_v<T, bool>) line_ += value ? "true" : "false";
    else if constexpr (std::is_integral_v<T>) number(value);
    // A float goes as the double that it is: so it is recorded bit by bit, in four bytes.
    else if constexpr (std::is_floating_point_v<T>) std::isfinite(value) ? number(double(value)) : void(line_ += "null");
    else text(value);
    return *this;
  }
  void close(int wait_ms = 1000) {  // sends what waits, for at most so long
    const auto end = Clock::now() + std::chrono::milliseconds(wait_ms);
    while (pump(), !waiting_.empty() && Clock::now() < end) std::this_thread::yield();
    lose(), retry_ = Clock::time_point::max();
  }
 private:
  using Clock = std::chrono::steady_clock;
#ifdef _WIN32
  struct Winsock { WSADATA data; Winsock() { WSAStartup(MAKEWORD(2, 2), &data); } } winsock_;
  static bool must_wait() { return WSAGetLastError() == WSAEWOULDBLOCK; }
  static void unblock(SOCKET s) { u_long on = 1; ioctlsocket(s, FIONBIO, &on); }
  static int poll(pollfd* p, int n, int ms) { return WSAPoll(p, n, ms); }
#else
  using SOCKET = int;
  static bool must_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINPROGRESS; }
  static void unblock(SOCKET s) { fcntl(s, F_SETFL, O_NONBLOCK); }
  static void closesocket(SOCKET s) { ::close(s); }
#endif
  sockaddr_in to_{};
  std::string hello_, line_, waiting_, said_;
  size_t greeting_ = 0;    // bytes of hello_ in waiting_
  const char* next_ = "";  // what stands before the next entity
  bool comma_ = false;     // before the next member
  SOCKET socket_ = SOCKET(-1);
  Clock::time_point retry_{};
  Writer& start() { return line_ = "{", comma_ = false, *this; }
  template <class N> void number(N n) { char b[32]; line_.append(b, std::to_chars(b, b + 32, n).ptr); }
  void text(std::string_view s) {
    line_ += '"';
    for (size_t i = 0, n; i < s.size(); i += n) {
      const unsigned c = uint8_t(s[i]), two = c << 8 | (i + 1 < s.size() ? uint8_t(s[i + 1]) : 0);
      n = c < 0x80 ? 1 : two < 0xc280 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : two < 0xf490 ? 4 : 0;
      for (size_t k = 1; k < n; k++) if (i + k >= s.size() || (s[i + k] & 0xc0) != 0x80) n = 0;
      if (two >> 5 == 0xe080 >> 5 || two >> 5 == 0xeda0 >> 5 || two >> 4 == 0xf080 >> 4) n = 0;
      if (n == 0) line_ += "\\ufffd", n = 1;
      else if (c < 0x20) line_ += c < 0x10 ? "\\u000" : "\\u001", line_ += "0123456789abcdef"[c & 15];
      else (c == '"' || c == '\\' ? line_ += '\\' : line_).append(s.substr(i, n));
    }
    line_ += '"';
  }
  void send_line(const char* end) {
    line_ += end, pump();
    if (socket_ == SOCKET(-1) || waiting_.size() + line_.size() > (4 << 20)) dropped++;
    else waiting_ += line_, pump();
  }
  void lose() {
    for (char c : waiting_) dropped += c == '\n';
    dropped -= greeting_ > 0, greeting_ = 0;
    waiting_.clear(), said_.clear(), retry_ = Clock::now() + std::chrono::seconds(1);
    if (socket_ != SOCKET(-1)) closesocket(socket_), socket_ = SOCKET(-1);
  }
  void pump() {
    if (socket_ == SOCKET(-1)) {
      if (Clock::now() < retry_) return;
      socket_ = ::socket(AF_INET, SOCK_STREAM, 0), unblock(socket_), waiting_ = hello_, greeting_ = hello_.size();
      if (::connect(socket_, reinterpret_cast<sockaddr*>(&to_), sizeof to_) != 0 && !must_wait()) return lose();
    }
    if (pollfd state{socket_, POLLOUT, 0}; poll(&state, 1, 0) == 0) return;  // still connecting, or full
    char said[512]; const auto got = ::recv(socket_, said, sizeof said, 0);
    for (int i = 0; i < got; i++)
      if (said[i] == '\n') told.swap(said_), said_.clear();
      else if (said_.size() < 8192) said_ += said[i];
    if (got == 0 || (got < 0 && !must_wait())) return lose();
    const auto sent = waiting_.empty() ? 0 : ::send(socket_, waiting_.data(), waiting_.size(), MSG_NOSIGNAL);
    if (sent < 0 && !must_wait()) lose();
    else if (sent > 0) waiting_.erase(0, size_t(sent)), greeting_ -= greeting_ < size_t(sent) ? greeting_ : size_t(sent);
  }
};
}  // namespace hindcast
