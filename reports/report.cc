// SPDX-License-Identifier: Apache-2.0
#include "reports/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "reports/document/line_places.h"
#include "reports/pens/escape.h"
#include "reports/pens/html.h"
#include "reports/pens/markdown.h"
#include "reports/pens/terminal.h"
#include "reports/picture/picture.h"
#include "reports/severity.h"
#include "reports/story/issue.h"
#include "reports/story/lines.h"
#include "reports/story/story.h"
#include "reports/words/presentable.h"
#include "reports/words/report_values.h"

namespace logdiag {
namespace {

// A screen, and what a manager's patience bears.
constexpr std::size_t kCoreUnits = 2'000;
constexpr std::size_t kReportUnits = 6'000;
// The limit of a section of Slack is 3,000.
constexpr std::size_t kSlackUnits = 2'900;
// Trackers refuse longer texts (32,767 UTF-16 units is the lowest limit).
constexpr std::size_t kFullUnits = 30'000;

// Length as trackers measure it.
std::size_t Utf16Units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) != 0x80) ++units;
    if (byte >= 0xF0) ++units;
  }
  return units;
}

// The core made shorter, in the order in which its reader misses least.
void ShortenCore(int level, Limits* limits) {
  if (level >= 1) {
    limits->excerpt_lines = 6;
    limits->suppressed = 1;
  }
  if (level >= 2) {
    limits->excerpt_bytes = 90;
    limits->rivals = 1;
    limits->clauses = 1;
  }
  if (level >= 3) {
    limits->excerpt_lines = 4;
    limits->packs = 3;
  }
  if (level >= 4) {
    limits->suppressed = 0;
    limits->steps = 2;
    limits->excerpt_lines = 3;
  }
}
constexpr int kCoreLevels = 4;

// The parts made shorter.
void ShortenParts(int level, Limits* limits) {
  if (level >= 1) {
    limits->timeline_rows = 10;
    limits->findings = 5;
    limits->evidence = 6;
    limits->facts = 14;
  }
  if (level >= 2) {
    limits->timeline_rows = 6;
    limits->findings = 3;
    limits->evidence = 4;
    limits->facts = 8;
    limits->later = 2;
  }
  if (level >= 3) {
    limits->timeline_rows = 0;
    limits->facts = 5;
    limits->later = 1;
  }
  if (level >= 4) limits->budget = false;
  if (level >= 5) {
    limits->findings = 0;
    limits->evidence = 0;
    limits->facts = 0;
    limits->later = 0;
  }
  if (level >= 6) limits->asides = false;
}
constexpr int kPartLevels = 6;

// Everything, made shorter only where a tracker would refuse it.
Limits FullLimits(int level) {
  Limits limits;
  limits.details = true;
  limits.risks = true;
  limits.suppressed = 5;
  limits.excerpt_lines = 10;
  limits.excerpt_bytes = 200;
  limits.timeline_rows = 60;
  limits.findings = 20;
  limits.evidence = 12;
  limits.facts = 60;
  limits.rivals = 4;
  if (level >= 1) limits.findings = 5;
  if (level >= 2) limits.timeline_rows = 20;
  if (level >= 3) {
    limits.timeline_rows = 8;
    limits.ledger_items = 3;
    limits.excerpt_lines = 4;
    limits.findings = 1;
  }
  return limits;
}
constexpr int kFullLevels = 3;

MarkdownStyle StyleOf(const ReportOptions& options) {
  MarkdownStyle style;
  style.folds =
      options.target == Target::kGithub || options.target == Target::kGitlab;
  style.tables =
      options.target != Target::kSlack && options.target != Target::kPlain;
  style.level = options.file_heading ? 2 : 1;
  return style;
}

// Tells at the first level at which `fits`.
template <typename TellAt, typename Fits>
Document FirstThatFits(int levels, const TellAt& tell_at, const Fits& fits) {
  for (int level = 0; level < levels; ++level) {
    Document document = tell_at(level);
    if (fits(document)) return document;
  }
  return tell_at(levels);
}

class Teller {
 public:
  Teller(const Diagnosis& diagnosis, const Catalogue& catalogue,
         const ReportOptions& options)
      : shown_(Presentable(diagnosis, catalogue, options.redact)),
        catalogue_(catalogue),
        words_(catalogue, options.language, ReportValues(shown_)),
        options_(options) {}

  // Of the log, without the folders that it, or its archive, is in.
  std::string Name() const {
    LogSource source = shown_.source;
    source.path = words_.Value("file_path").value_or("-");
    return source.Name();
  }

  Page At(const Limits& limits) const {
    return {shown_, catalogue_, words_, limits, OutlineOf(shown_)};
  }

  // Afterwards `limits` are those of the core that fits.
  Document FittingCore(Limits* limits) const {
    const MarkdownStyle style = StyleOf(options_);
    return FirstThatFits(
        kCoreLevels,
        [&](int level) {
          ShortenCore(level, limits);
          return TellCore(At(*limits));
        },
        [&style](const Document& document) {
          return Utf16Units(WriteMarkdownCore(document, style)) <= kCoreUnits;
        });
  }

  // For who scrolls: the same core, long parts, pictures and lines.
  Document Drawn() const {
    Limits limits;
    Document document = FittingCore(&limits);
    Limits longer = FullLimits(0);
    longer.details = options_.full;
    longer.steps = limits.steps;
    longer.suppressed = limits.suppressed;
    const Page page = At(longer);
    TellParts(page, &document);
    document.pictures = Pictures(page);
    document.lines = NamedLines(page, document);
    for (NamedLine& line : document.lines) {
      line.place = PlaceOfLine(page.diagnosis.source.of_case, line.line);
    }
    return document;
  }

  HtmlWords PageWords() const {
    return {words_.language(), words_.Plain("html.more"),
            words_.Plain("html.pictures"), words_.Plain("html.pictures.how"),
            words_.Plain("html.lines")};
  }

  Document Fitting() const {
    const MarkdownStyle style = StyleOf(options_);
    const auto whole = [&](std::size_t units) {
      return [&style, units](const Document& document) {
        return Utf16Units(WriteMarkdown(document, style)) <= units;
      };
    };
    if (options_.full) {
      return FirstThatFits(
          kFullLevels, [&](int level) { return Tell(At(FullLimits(level))); },
          whole(kFullUnits));
    }
    Limits limits;
    const Document core = FittingCore(&limits);
    return FirstThatFits(
        kPartLevels,
        [&](int level) {
          Limits shorter = limits;
          ShortenParts(level, &shorter);
          Document document = core;
          TellParts(At(shorter), &document);
          return document;
        },
        whole(options_.target == Target::kSlack ? kSlackUnits : kReportUnits));
  }

 private:
  Diagnosis shown_;
  const Catalogue& catalogue_;
  Phrasebook words_;
  const ReportOptions& options_;
};

// Keeps the reports of several files apart; nothing for one.
std::string FileHeading(const Teller& teller, const ReportOptions& options) {
  if (!options.file_heading) return "";
  return "# " + CodeSpan(teller.Name()) + "\n\n";
}

}  // namespace

std::string WriteMarkdown(const Diagnosis& diagnosis,
                          const Catalogue& catalogue,
                          const ReportOptions& options) {
  const Teller teller(diagnosis, catalogue, options);
  return FileHeading(teller, options) +
         WriteMarkdown(teller.Fitting(), StyleOf(options));
}

std::string WriteMarkdownCore(const Diagnosis& diagnosis,
                              const Catalogue& catalogue,
                              const ReportOptions& options) {
  const Teller teller(diagnosis, catalogue, options);
  return WriteMarkdownCore(teller.Fitting(), StyleOf(options));
}

std::string WriteHtml(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options) {
  const Teller teller(diagnosis, catalogue, options);
  const Document document = teller.Drawn();
  HtmlStyle style;
  style.words = teller.PageWords();
  if (options.file_heading) style.file = LogText(teller.Name()).shown();
  if (options.number > 1) style.id_prefix = fmt::format("r{}-", options.number);
  const Severity severity = SeverityOf(diagnosis);
  style.tone = severity == Severity::kNone    ? "good"
               : severity == Severity::kError ? "bad"
                                              : "";
  const std::string article = WriteHtmlArticle(document, style);
  if (options.number > 1) return article;
  return HtmlBegin(style.words.language, options.file_heading
                                             ? "logdiag"
                                             : PlainText(document.title)) +
         article;
}

Wrapping HtmlWrapping() { return {"", "", HtmlEnd()}; }

std::string WriteText(const Diagnosis& diagnosis, const Catalogue& catalogue,
                      const ReportOptions& options) {
  const Teller teller(diagnosis, catalogue, options);
  TerminalStyle style;
  style.colour = options.colour;
  style.width = options.width;
  style.core_only = !options.full;
  if (options.file_heading) {
    style.file = LogText(teller.Name()).shown();
  }
  return WriteTerminal(teller.Fitting(), style);
}

std::string WriteIssue(const Diagnosis& diagnosis, const Catalogue& catalogue,
                       const ReportOptions& options) {
  const Teller teller(diagnosis, catalogue, options);
  return FileHeading(teller, options) +
         WriteMarkdown(TellIssue(teller.At(FullLimits(0))), StyleOf(options));
}

}  // namespace logdiag
