// SPDX-License-Identifier: Apache-2.0
// libFuzzer changes bytes; this changes lines, and knows what logs are made of.
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/lines_of.h"
#include "tests/fuzz/require.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                        std::size_t max_size);

namespace logdiag {
namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

// Of all files in the folders LOGDIAG_SAMPLES, in their order.
const Lines& Samples() {
  static const Lines* const samples = [] {
    auto* lines = new Lines;
    std::vector<fs::path> files;
    const std::string folders = LOGDIAG_SAMPLES;
    for (std::size_t at = 0; at < folders.size();) {
      const std::size_t end = std::min(folders.find(':', at), folders.size());
      for (const auto& entry :
           fs::recursive_directory_iterator(folders.substr(at, end - at))) {
        if (entry.is_regular_file()) files.push_back(entry.path());
      }
      at = end + 1;
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      std::ifstream in(file, std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), {}};
      for (std::string_view line : LinesOf(text)) {
        lines->emplace_back(line);
        // A sample of a list of patterns is a line of a log, too.
        const std::size_t item = line.find_first_not_of(' ');
        if (item == std::string_view::npos ||
            !line.substr(item).starts_with("- "))
          continue;
        line.remove_prefix(item + 2);
        if (line.size() >= 2 && line.front() == line.back() &&
            (line.front() == '"' || line.front() == '\'')) {
          line = line.substr(1, line.size() - 2);
        }
        lines->emplace_back(line);
      }
    }
    Require(!lines->empty(), "there are samples");
    return lines;
  }();
  return *samples;
}

class LineMutator {
 public:
  LineMutator(Lines lines, unsigned seed)
      : lines_(std::move(lines)), random_(seed) {}

  void Mutate() {
    switch (Below(9)) {
      case 0:  // lines that follow each other somewhere
      case 1:
        Insert(Samples(), 1 + Below(12));
        break;
      case 2:  // one line
        Insert(Samples(), 1);
        break;
      case 3: {  // lines go
        const auto [at, end] = Range();
        lines_.erase(lines_.begin() + at, lines_.begin() + end);
        break;
      }
      case 4: {  // lines come again
        const auto [at, end] = Range();
        const Lines again(lines_.begin() + at, lines_.begin() + end);
        const auto to = static_cast<std::ptrdiff_t>(Below(lines_.size() + 1));
        lines_.insert(lines_.begin() + to, again.begin(), again.end());
        break;
      }
      case 5:
        if (!lines_.empty()) std::swap(Any(), Any());
        break;
      case 6: {  // an envelope around some lines
        const auto [at, end] = Range();
        const std::size_t kind = Below(kFronts.size());
        for (auto i = at; i < end; ++i) {
          auto& line = lines_[static_cast<std::size_t>(i)];
          line = kFronts[kind].before + line + kFronts[kind].after;
        }
        break;
      }
      case 7:
        ChangeFigure();
        break;
      default:  // the front of one line and the end of another
        if (!lines_.empty()) {
          std::string& line = Any();
          const std::string& other = Samples()[Below(Samples().size())];
          line = line.substr(0, Below(line.size() + 1)) +
                 other.substr(Below(other.size() + 1));
        }
    }
  }

  std::string Text() const {
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }

 private:
  struct Front {
    std::string before;
    std::string after;
  };
  static const std::vector<Front> kFronts;

  std::size_t Below(std::size_t count) { return random_() % count; }
  std::string& Any() { return lines_[Below(lines_.size())]; }
  // At most eight lines, perhaps none.
  std::pair<std::ptrdiff_t, std::ptrdiff_t> Range() {
    const std::size_t at = Below(lines_.size() + 1);
    const std::size_t end = std::min(lines_.size(), at + 1 + Below(8));
    return {static_cast<std::ptrdiff_t>(at), static_cast<std::ptrdiff_t>(end)};
  }
  void Insert(const Lines& from, std::size_t count) {
    const std::size_t at = Below(from.size());
    const std::size_t end = std::min(from.size(), at + count);
    const std::size_t to = Below(lines_.size() + 1);
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(to),
                  from.begin() + static_cast<std::ptrdiff_t>(at),
                  from.begin() + static_cast<std::ptrdiff_t>(end));
  }
  void ChangeFigure() {
    if (lines_.empty()) return;
    std::string& line = Any();
    const std::size_t at =
        line.find_first_of("0123456789", Below(line.size() + 1));
    if (at == std::string::npos) return;
    static const std::vector<std::string> kFigures = {
        "0",
        "1",
        "-1",
        "9",
        "255",
        "65536",
        "4294967296",
        "1e308",
        "nan",
        "9223372036854775808",
        "99999999999999999999999999"};
    const std::size_t end =
        std::min(line.find_first_not_of("0123456789", at), line.size());
    line.replace(at, end - at, kFigures[Below(kFigures.size())]);
  }

  Lines lines_;
  std::minstd_rand random_;
};

const std::vector<LineMutator::Front> LineMutator::kFronts = {
    {"2026-01-31T06:30:00.123456789Z ", ""},
    {"2026-01-31 06:30:00,123 - INFO - ", ""},
    {"[2026-01-31 06:30:00.123] ", ""},
    {"comfyui-1  | ", ""},
    {"2026-01-31T06:30:00.1Z stdout F ", ""},
    {"2026-01-31T06:30:00.1Z stderr P ", ""},
    {"{\"log\":\"",
     "\\n\",\"stream\":\"stdout\",\"time\":"
     "\"2026-01-31T06:30:00.1Z\"}"},
    {"Jan 31 06:30:00 host comfy[42]: ", ""},
    {"[pod/comfy-0/main] ", ""},
    {"[  123.456789] ", ""},
    {"@600 ", ""},
    {"@-30 ", ""},
    {"!k ", ""},
    {"!y ", ""},
    {"\x1b[31m", "\x1b[0m"},
    {"", "\r"},
    {"    ", ""},
    {"  | ", ""},
    {"> ", ""},
};

}  // namespace
}  // namespace logdiag

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed) {
  using namespace logdiag;
  constexpr unsigned kBytesEvery = 4;
  if (seed % kBytesEvery == 0) return LLVMFuzzerMutate(data, size, max_size);
  Lines lines;
  for (const std::string_view line : LinesOf(TextOf(data, size))) {
    lines.emplace_back(line);
  }
  LineMutator mutator(std::move(lines), seed);
  mutator.Mutate();
  const std::string text = mutator.Text();
  const std::size_t count = std::min(text.size(), max_size);
  std::memcpy(data, text.data(), count);
  return count;
}
