// Sends the doubles of a file, 16 hexadecimal digits a line, and a text that is no UTF-8, by the C++ writer: PORT FILE
#include "../hindcast_writer.hpp"
#include <clocale>
#include <cstring>
#include <fstream>
#include <iostream>

int main(int, char** args) {
  std::setlocale(LC_ALL, "de_DE.UTF-8");
  hindcast::Writer writer("127.0.0.1", uint16_t(std::stoi(args[1])));
  std::ifstream file(args[2]);
  std::string line;
  uint32_t lines = 0;
  for (; std::getline(file, line); lines++) {
    const uint64_t bits = std::stoull(line, nullptr, 16);
    double value;
    std::memcpy(&value, &bits, 8);
    writer.begin_event(lines, "n").set("v", value).end_event();
  }
  writer.begin_event(lines, "n").set("v", "a\xFF\xED\xA0\xBD" "b").end_event();
  writer.close();
  std::cout << "{\"dropped\":" << writer.dropped << "}\n";
}
