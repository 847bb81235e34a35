// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/loose_stamp.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

struct StampCase {
  const char* text;
  const char* read;  // as FormatRfc3339; "" for none
  std::size_t size = 0;
};

std::string Text(const Stamp& stamp) {
  std::string text =
      FormatRfc3339(stamp.time_ns, stamp.resolution_ns, stamp.has_zone);
  if (!stamp.has_year) text.replace(0, 4, "?");
  return stamp.has_date ? text : text.substr(text.find('T') + 1);
}

TEST(LooseStamp, ReadsTheseForms) {
  const StampCase cases[] = {
      {"2025-11-10  16:10:09.885 | info", "2025-11-10T16:10:09.885", 24},
      {"2025-11-10 16:10:09,885", "2025-11-10T16:10:09.885", 23},
      {"2025-11-10T16:10:09+02:00", "2025-11-10T14:10:09Z", 25},
      {"2025-11-10T16:10:09+0200 x", "2025-11-10T14:10:09Z", 24},
      {"2025-11-10 16:10:09 +0200 x", "2025-11-10T14:10:09Z", 25},
      {"2025-11-10 16:10:09 UTC x", "2025-11-10T16:10:09Z", 23},
      {"2025-11-10 16:10:09 CET", "2025-11-10T15:10:09Z", 23},
      {"2025-11-10 16:10:09 ERROR x", "2025-11-10T16:10:09", 19},
      {"2025/11/10 16:10:09 x", "2025-11-10T16:10:09", 19},
      {"2025/11/10, 4:10:09 PM", "2025-11-10T16:10:09", 22},
      {"10/Nov/2025:16:10:09 +0000] x", "2025-11-10T16:10:09Z", 26},
      {"10.11.2025 16:10:09", "2025-11-10T16:10:09", 19},
      {"31/12/2025 16:10:09", "2025-12-31T16:10:09", 19},
      {"12/31/2025 16:10:09", "2025-12-31T16:10:09", 19},
      {"10/11/2025 16:10:09", "16:10:09", 19},
      {"Oct  3 16:28:08 host", "?-10-03T16:28:08", 15},
      {"okt 03 16:28:08 host", "?-10-03T16:28:08", 15},
      {"M\xc3\xa4r 03 16:28:08 host", "?-03-03T16:28:08", 16},
      {"d\xc3\xa9"
       "c. 03 16:28:08 host",
       "?-12-03T16:28:08", 17},
      {"3 ago 16:28:08", "?-08-03T16:28:08", 14},
      {"10 de 16:28:08", ""},
      {"Mon Nov 10 16:10:09 2025", "2025-11-10T16:10:09", 24},
      {"Nov 10, 2025 16:10:09", "2025-11-10T16:10:09", 21},
      {"11-10 16:08:37 [x", "?-11-10T16:08:37", 14},
      {"16:08:37.885 [Info]", "16:08:37.885", 12},
      {"1762787409.885 x", "2025-11-10T15:10:09.885Z", 14},
      {"1762787409885", "2025-11-10T15:10:09.885Z", 13},
      {"2025-02-30 16:10:09", ""},
      {"25:00:00", ""},
      {"16:08 x     ", ""},
      {"123456789 bytes", ""},
      {"Marker 3 of 4", ""},
      {"2025-11-10 is a day", ""},
  };
  for (const StampCase& c : cases) {
    const std::optional<Stamp> stamp = ReadLooseStamp(c.text);
    EXPECT_EQ(stamp ? Text(*stamp) : "", c.read) << c.text;
    EXPECT_EQ(stamp ? stamp->size : 0, c.size) << c.text;
  }
}

// Hostile text is cut anywhere.
TEST(LooseStamp, ReadsNothingBehindTheEnd) {
  const std::string whole = "Mon, 10 nov. 2025 16:10:09,123456 +02:00";
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    const std::optional<Stamp> stamp = ReadLooseStamp(cut);
    EXPECT_LE(stamp ? stamp->size : 0, size);
  }
}

}  // namespace
}  // namespace logdiag
