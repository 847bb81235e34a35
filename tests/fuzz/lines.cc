// SPDX-License-Identifier: Apache-2.0
// Fuzz target: bytes -> lines, forwards, backwards and from UTF-16 and UTF-32.
#include <string>
#include <vector>

#include "analyzer/input/backward_reader.h"
#include "analyzer/input/line_reader.h"
#include "analyzer/input/wide_source.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

struct Kept {
  std::string text;
  std::uint64_t number;
  std::uint64_t offset;
  bool terminated;
  bool cut;
  bool operator==(const Kept&) const = default;
};

Kept Keep(const Line& line) {
  return {std::string(line.text), line.number, line.offset, line.terminated,
          line.cut};
}

std::vector<Kept> ReadForward(std::string_view bytes, std::size_t chunk) {
  const auto source = FromMemory(bytes);
  LineReader reader(source.get(), chunk);
  std::vector<Kept> lines;
  Line line;
  while (reader.Next(&line)) lines.push_back(Keep(line));
  Require(!reader.error(), "memory is read without an error");
  Require(reader.lines() == lines.size(), "each line counts");
  Require(!reader.is_text() || reader.bytes() == bytes.size(),
          "text is read to its end");
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Require(lines[i].number == i + 1, "lines are numbered");
    Require(lines[i].text.find('\0') == std::string::npos, "NULs are dropped");
    Require(i == 0 || lines[i].offset > lines[i - 1].offset,
            "offsets grow from line to line");
  }
  if (!reader.is_text()) lines.clear();
  return lines;
}

void ReadBackward(std::string_view bytes, const std::vector<Kept>& lines,
                  std::size_t block) {
  const auto source = FromMemory(bytes);
  BackwardReader reader(source.get(), bytes.size(), lines.size(), block);
  Line line;
  std::size_t left = lines.size();
  while (reader.Previous(&line)) {
    Require(left > 0, "no more lines backwards than forwards");
    Require(Keep(line) == lines[--left], "a line is the same backwards");
  }
  Require(left == 0, "no fewer lines backwards than forwards");
}

std::string Widened(std::string_view bytes, std::size_t size) {
  const auto source = FromMemory(bytes);
  WideSource wide(source.get());
  std::string out;
  std::string buffer(size, '\0');
  for (;;) {
    const Result<std::size_t> got = wide.Read(buffer.data(), size);
    Require(got.ok() && got.value() <= size, "a read gives what was asked");
    if (got.value() == 0) return out;
    out.append(buffer, 0, got.value());
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  const std::string_view bytes = TextOf(data, size);
  const std::vector<Kept> lines = ReadForward(bytes, LineReader::kChunkBytes);
  for (const std::size_t chunk : {1u, 7u}) {
    Require(ReadForward(bytes, chunk) == lines, "chunks do not matter");
  }
  if (!lines.empty()) {
    ReadBackward(bytes, lines, 1 + size % 61);
    ReadBackward(bytes, lines, BackwardReader::kBlockBytes);
  }
  const std::string wide = Widened(bytes, 4096);
  Require(Widened(bytes, 1) == wide, "buffers do not matter");
  return 0;
}
