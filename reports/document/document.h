// SPDX-License-Identifier: Apache-2.0
// What a report says, before anybody has chosen how it looks: a small tree of
// blocks and spans. Built once a report; each format has a pen that writes it.
#ifndef LOGDIAG_REPORTS_DOCUMENT_DOCUMENT_H_
#define LOGDIAG_REPORTS_DOCUMENT_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "reports/document/picture.h"

namespace logdiag {

// Longest text of a log outside an excerpt, in bytes.
inline constexpr std::size_t kMaxLogText = 160;
// Stands for what is left out of it.
inline constexpr std::string_view kDots = " ... ";

// Text of a log, of a file name or of a user's pack. It reaches a document only
// as a span of code or as a line of an excerpt, never as words of a sentence.
class LogText {
 public:
  // `raw` on one line, control and invisible characters as escapes. What is
  // longer than `max_bytes` loses its middle, so that a path keeps its name.
  explicit LogText(std::string_view raw, std::size_t max_bytes = kMaxLogText);

  const std::string& shown() const { return shown_; }
  // A figure, a size, a time: harmless, and better read as a word.
  bool IsFigure() const;

 private:
  std::string shown_;
};

struct Span {
  enum class Kind {
    kText,      // our words
    kStrong,    // our words
    kEmphasis,  // our words
    kCode,      // of the log, or a command
    kLink,      // a URL of ours
    kLine,      // the number of a line of the log
  };

  Kind kind = Kind::kText;
  std::string text;

  bool operator==(const Span&) const = default;
};
using Spans = std::vector<Span>;

Spans TextSpan(std::string_view words);
Spans StrongSpan(std::string_view words);
// A figure stays a word; anything else of a log is code. Nothing for "".
Spans LogSpan(std::string_view raw, std::size_t max_bytes = kMaxLogText);
// A command or name of ours, as it stands.
Spans CodeSpans(std::string_view text);

void Append(Spans more, Spans* spans);
// The words alone.
std::string PlainText(const Spans& spans);

struct Block;
using Blocks = std::vector<Block>;

struct Heading {
  int level = 2;  // 1 is the title of the report
  Spans text;
};

struct Paragraph {
  Spans text;
};

struct Item {
  Spans text;
  std::vector<Block> more;  // below it: a long command
};

struct List {
  bool numbered = false;
  std::vector<Item> items;
};

// Lines of the log with their numbers.
struct ExcerptLine {
  std::uint64_t line = 0;  // 0 = no number
  bool marked = false;     // what the verdict rests on
  std::string text;        // raw
  std::string place = {};  // "kernel.txt:14", in place of the number
};
struct Excerpt {
  std::vector<ExcerptLine> lines;
};

// Fixed text: a script, a table that is aligned by blanks.
struct Code {
  std::string text;  // printable
  std::string language = "text";
};

// What happened when: one row a moment.
struct Moments {
  struct Row {
    std::uint64_t line = 0;  // of the log; 0 = several that are left out
    std::string time;        // "" = not known
    std::string event;       // printable: our words with the log's in them
    std::string place = {};  // as of an excerpt
  };
  std::vector<Row> rows;
};

struct Table {
  std::vector<Spans> header;
  std::vector<std::vector<Spans>> rows;
};

struct Block {
  std::variant<Heading, Paragraph, List, Excerpt, Code, Moments, Table> is;
};

// Adds `more` behind the others.
void AddAll(Blocks more, Blocks* blocks);

// A part below the core: a fold where there are folds, else a section.
struct Part {
  std::string id;  // "timeline": names it for what may be dropped first
  Spans title;
  Blocks blocks;
};

// A line that something in the report is about.
struct NamedLine {
  std::uint64_t line = 0;
  std::string text;   // raw; "" = it was not kept, and the words tell of it
  std::string words;  // what happened there; may hold the log's words, too
  std::string place = {};  // as of an excerpt
};

struct Document {
  Spans title;
  Blocks core;  // what is acted on: all of it fits a screen
  std::vector<Part> parts;
  Spans more;  // heading of the parts, where they are no folds
  // For formats that draw, and that can lead to a line.
  std::vector<Picture> pictures;
  std::vector<NamedLine> lines;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DOCUMENT_DOCUMENT_H_
