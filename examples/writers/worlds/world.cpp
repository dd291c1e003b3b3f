// The world of world_test_helper.ts, sent by the C++ writer: world PORT FRAMES PACE_MS TOKEN
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include "../hindcast_writer.hpp"

int main(int, char** argv) {
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  const uint32_t frames = std::atoi(argv[2]);
  const std::string awkward = "q\" b\\ n\n r\r t\t bell\x07 esc\x1b del\x7f 😀 é \xe2\x80\xa8 </script>";
  hindcast::Writer writer("127.0.0.1", std::atoi(argv[1]), argv[4]);
  for (uint32_t f = 100; f < 100 + frames; f++) {
    if (f % 3 == 0) {
      writer.begin_event(f, "shot").set("shooter", "a\"b\\c 😀").set("ping", f / 4.0).set("stamp", f - 2.5);
      writer.set("text", awkward).set("nothing", std::nan("")).set("hit", f % 2 == 0);
      writer.end_event();
    }
    writer.begin_frame(f, f * 20.0);
    for (int j = 0; j < 3 && f % 7 != 2; j++) {
      if (j == 0) writer.begin_entity("player", 1);
      if (j == 1) writer.begin_entity("player", "a\"b\\c 😀");
      if (j == 2) writer.begin_entity("player", int64_t(9007199254740993));
      writer.set("x", (f * 7 + j * 3) / 8.0).set("tenth", f / 10.0).set("third", (int(f) + j) / 3.0);
      writer.set("single", float((f + j) / 7.0)).set("zero", f % 2 ? -0.0 : 0.0);
      writer.set("big", f % 2 ? -1e21 : 1e21).set("wide", 9007199254740992.0);
      writer.set("edge", f % 2 ? std::numeric_limits<double>::denorm_min() : std::numeric_limits<double>::max());
      writer.set("small", f / 1e7).set("never", std::numeric_limits<double>::infinity());
      writer.set("odd", f % 2 ? std::nan("") : double(f)).set("alive", f % 3 == 0).set("name", awkward);
      writer.set("ticks", -9007199254740991 + int64_t(f));
    }
    if (f % 4 != 0 && f % 7 != 2) writer.begin_entity("rocket", "r" + std::to_string(f / 8)).set("owner", "9007199254740993");
    writer.end_frame();
    std::this_thread::sleep_for(std::chrono::milliseconds(std::atoi(argv[3])));
  }
  writer.close();
  std::printf("{\"dropped\":%llu}\n%s", static_cast<unsigned long long>(writer.dropped), writer.told.c_str());
}
