// SPDX-License-Identifier: Apache-2.0
#include "reports/pens/svg.h"

#include <fmt/format.h>

#include <string_view>

namespace logdiag {
namespace {

constexpr int kRowHeight = 20;     // of marks with a label, in pixels
constexpr int kFigureHeight = 56;  // of a lane of figures
constexpr int kAxisHeight = 16;
constexpr int kRuleHeight = 14;  // of the words above a rule

std::string Percent(double share) {
  return fmt::format("{:.3f}%", share * 100);
}

std::string_view ClassOf(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "good";
    case Tone::kBad:
      return "bad";
    case Tone::kTrouble:
      return "trouble";
    case Tone::kQuiet:
      return "quiet";
    case Tone::kPhase:
      return "phase";
    case Tone::kSilence:
      return "silence";
    case Tone::kPlain:
      break;
  }
  return "plain";
}

// Words at `share` of the width that stay within it: short ones around it, long
// ones on the side that has room.
std::string TextAt(double share, int y, std::string_view name,
                   std::string_view text) {
  constexpr std::size_t kShort = 8;
  const double edge = text.size() > kShort ? 0.5 : 0.08;
  const std::string_view anchor = share < edge        ? "start"
                                  : share >= 1 - edge ? "end"
                                                      : "middle";
  return fmt::format(
      "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\" class=\"{}\">{}</text>",
      Percent(share), y, anchor, name, EscapeHtml(text));
}

std::string UprightLine(double share, int height, std::string_view name) {
  return fmt::format(
      "<line x1=\"{0}\" x2=\"{0}\" y1=\"0\" y2=\"{1}\" class=\"{2}\"/>",
      Percent(share), height, name);
}

// The label of a span, if there is room for it; on a telephone there is half.
std::string Label(const Mark& mark, int top) {
  constexpr double kOfCharacter = 0.0085;  // of the width of a wide page
  constexpr double kTelephone = 2.6;       // times that
  const double needed =
      static_cast<double>(mark.label.size() + 1) * kOfCharacter;
  const double width = mark.to - mark.from;
  if (mark.label.empty() || width < needed) return "";
  return fmt::format(
      "<svg x=\"{}\" width=\"{}\" y=\"{}\" height=\"{}\">"
      "<text x=\"5\" y=\"13\" class=\"label{}\">{}</text></svg>",
      Percent(mark.from), Percent(width), top, kRowHeight,
      width < needed * kTelephone ? " narrow-out" : "", EscapeHtml(mark.label));
}

std::string Shape(const Mark& mark, int top, bool odd) {
  const std::string_view tone = ClassOf(mark.tone);
  if (mark.level) {
    constexpr int kMargin = 6;
    const double y =
        top + kMargin + (1 - *mark.level) * (kFigureHeight - 2 * kMargin);
    return fmt::format(
        "<circle cx=\"{}\" cy=\"{:.1f}\" r=\"3\" class=\"mark {}\"/>",
        Percent(mark.from), y, tone);
  }
  const int middle = top + kRowHeight / 2;
  if (mark.from == mark.to && mark.tone == Tone::kBad) {
    return fmt::format(
        "<svg x=\"{}\" y=\"{}\" overflow=\"visible\"><path d=\"M0 -8 8 0 0 8 "
        "-8 "
        "0Z\" class=\"mark {}\"/></svg>",
        Percent(mark.from), middle, tone);
  }
  if (mark.from == mark.to) {
    return fmt::format(
        "<circle cx=\"{}\" cy=\"{}\" r=\"5\" class=\"mark {}\"/>",
        Percent(mark.from), middle, tone);
  }
  return fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" class=\"mark "
      "{}{}\"/>",
      Percent(mark.from), top + 2, Percent(mark.to - mark.from), kRowHeight - 4,
      tone, odd ? " odd" : "");
}

class FigureWriter {
 public:
  FigureWriter(const Picture& picture, const LineLinks& links)
      : picture_(picture), links_(links) {}

  std::string Write() const {
    std::string out = "<figure>\n<figcaption>" + EscapeHtml(picture_.title) +
                      "</figcaption>\n";
    if (!picture_.rules.empty()) out += RuleWords();
    for (const Lane& lane : picture_.lanes) out += LaneRow(lane);
    out += AxisRow();
    if (!picture_.note.empty()) {
      out += "<p class=\"note\">" + EscapeHtml(picture_.note) + "</p>\n";
    }
    return out + "</figure>\n";
  }

 private:
  static std::string Row(std::string_view name, int height,
                         std::string_view attributes, std::string_view body) {
    return fmt::format(
        "<div class=\"lane\"><div class=\"name\">{}</div>"
        "<svg class=\"strip\" height=\"{}\" {}>{}</svg></div>\n",
        EscapeHtml(name), height, attributes, body);
  }

  std::string RuleWords() const {
    std::string body;
    for (const Tick& rule : picture_.rules) {
      body += TextAt(rule.at, kRuleHeight - 3, "rule-text", rule.text);
    }
    return Row("", kRuleHeight, "aria-hidden=\"true\"", body);
  }

  std::string AxisRow() const {
    std::string body;
    for (const Tick& tick : picture_.ticks) {
      body += TextAt(tick.at, kAxisHeight - 4, "tick-text", tick.text);
    }
    return Row("", kAxisHeight, "aria-hidden=\"true\"", body);
  }

  std::string LaneRow(const Lane& lane) const {
    const int height =
        lane.figures ? kFigureHeight : kRowHeight * static_cast<int>(lane.rows);
    std::string body = fmt::format(
        "<rect x=\"0\" y=\"0\" width=\"100%\" height=\"{}\" class=\"bed\"/>",
        height);
    for (const Tick& tick : picture_.ticks) {
      body += UprightLine(tick.at, height, "tick");
    }
    bool odd = false;
    for (const Mark& mark : lane.marks) {
      body += MarkShape(mark, odd);
      odd = !odd;
    }
    for (const Tick& rule : picture_.rules) {
      body += UprightLine(rule.at, height, "rule");
    }
    return Row(lane.title, height,
               "role=\"group\" aria-label=\"" + EscapeHtml(lane.title) + "\"",
               body);
  }

  // A mark is a link, and its hint is what a pointer or a reader gets to know.
  std::string MarkShape(const Mark& mark, bool odd) const {
    const int top = static_cast<int>(mark.row) * kRowHeight;
    const std::string hint = EscapeHtml(mark.hint);
    const std::string inside = "<title>" + hint + "</title>" +
                               Shape(mark, top, odd) + Label(mark, top);
    const std::string link =
        links_.Link(mark.line, inside, "aria-label=\"" + hint + "\"");
    return link == inside ? "<g>" + inside + "</g>" : link;
  }

  const Picture& picture_;
  const LineLinks& links_;
};

}  // namespace

std::string WriteFigure(const Picture& picture, const LineLinks& links) {
  return FigureWriter(picture, links).Write();
}

}  // namespace logdiag
