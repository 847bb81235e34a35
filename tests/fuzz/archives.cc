// SPDX-License-Identifier: Apache-2.0
// Fuzz target: files that are packed: compressed, tar, zip, and what is none.
#include <string>

#include "analyzer/input/logs.h"
#include "tests/fuzz/require.h"

namespace logdiag {
namespace {

constexpr std::uint64_t kMostText = 1 << 20;
constexpr std::size_t kMostNamed = 101;  // members left out, and the rest

// Reads `source` to its end; what it gave.
std::uint64_t Drain(ByteSource* source) {
  std::string buffer(4096, '\0');
  std::uint64_t given = 0;
  for (;;) {
    const auto got = source->Read(buffer.data(), buffer.size());
    if (!got.ok()) {
      const auto again = source->Read(buffer.data(), buffer.size());
      Require(!again.ok(), "after an error each read fails");
      return given;
    }
    Require(got.value() <= buffer.size(), "a read gives what was asked");
    if (got.value() == 0) return given;
    given += got.value();
    Require(given <= kMostText, "the limit holds");
  }
}

}  // namespace
}  // namespace logdiag

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace logdiag;
  InputOptions options;
  options.max_bytes = kMostText;
  auto opened = Logs::Of(FromMemory(TextOf(data, size)), "pack", options);
  if (!opened.ok()) {
    Require(!opened.error().message.empty(), "a refusal says why");
    return 0;
  }
  Logs& logs = *opened.value();
  std::uint64_t text = 0;
  bool whole = true;
  // A log that is left in the middle must not harm the next one.
  for (std::size_t count = 0; const auto log = logs.Next(); ++count) {
    Require(log->source != nullptr, "a log has bytes");
    if (count % 4 != 3) text += Drain(log->source);
    Require(logs.TakeLeftOut().size() <= kMostNamed, "what is named is capped");
    whole = whole && logs.whole();
  }
  Require(text <= kMostText, "the limit is of all logs together");
  Require(whole || !logs.whole(), "a loss is not forgotten");
  return 0;
}
