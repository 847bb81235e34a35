// SPDX-License-Identifier: Apache-2.0
// JUnit, as the dashboards of CI servers read it.
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/data/json_values.h"
#include "reports/data/prepared.h"
#include "reports/data/report_json.h"
#include "reports/data/xml.h"
#include "reports/document/line_places.h"
#include "reports/report.h"
#include "reports/severity.h"
#include "reports/story/head.h"
#include "reports/story/parts.h"

namespace logdiag {
namespace {

// `name="value"` for each that has a value, with a blank before it.
std::string Attribute(std::string_view name, std::string_view value) {
  if (value.empty()) return "";
  return fmt::format(" {}=\"{}\"", name, XmlText(value));
}

// "L83: text (what it says)", printable.
std::string EvidenceRow(const Page& page, const Quote& quote,
                        std::string_view says) {
  std::string row;
  if (quote.line != 0) {
    row += LineRef(page.diagnosis.source.of_case, quote.line) + ": ";
  }
  row += Shown(quote.text);
  if (says.empty()) return row + "\n";
  const bool alone = quote.text.empty();
  return row + (alone ? "" : " (") + Shown(says) + (alone ? "\n" : ")\n");
}

struct TestCase {
  enum class Result { kPassed, kFailed, kSkipped };

  std::string name;
  std::string type;     // the cause
  std::string message;  // one line
  std::string text;     // a sentence
  std::string output;   // the evidence, a line each
  Result result = Result::kPassed;
};

class SuiteWriter {
 public:
  explicit SuiteWriter(const Page& page) : page_(page) {}

  std::string Suite(const Json& report) const {
    std::vector<TestCase> cases = {Verdict(report)};
    for (const Finding& finding : page_.diagnosis.findings) {
      cases.push_back(OfFinding(finding));
    }
    const auto count = [&](TestCase::Result result) {
      std::size_t found = 0;
      for (const TestCase& test : cases) found += test.result == result;
      return found;
    };
    std::string out = fmt::format(
        "<testsuite{} tests=\"{}\" failures=\"{}\" errors=\"0\" "
        "skipped=\"{}\"{}>\n  <properties>\n",
        Attribute("name", Path()), cases.size(),
        count(TestCase::Result::kFailed), count(TestCase::Result::kSkipped),
        Attribute("timestamp", Timestamp(report)));
    for (const char* name : {"id", "fingerprint"}) {
      out += fmt::format("    <property name=\"{}\"{}/>\n", name,
                         Attribute("value", std::string(report[name])));
    }
    out += "  </properties>\n";
    for (const TestCase& test : cases) out += Written(test);
    return out + "</testsuite>\n";
  }

 private:
  std::string Path() const { return Shown(page_.diagnosis.source.Name()); }

  // Its form has neither a zone nor parts of a second.
  static std::string Timestamp(const Json& report) {
    constexpr std::size_t kToTheSecond = 19;  // "2025-10-23T16:28:08"
    return report.value("started_at", "").substr(0, kToTheSecond);
  }

  TestCase Verdict(const Json& report) const {
    const Diagnosis& diagnosis = page_.diagnosis;
    TestCase test;
    test.name = "verdict";
    test.type = diagnosis.cause;
    test.message = report["title"];
    test.text = report.value("summary", "");
    std::uint64_t shown = 0;
    for (const Evidence& item : diagnosis.evidence) {
      Quote quote = item.quote;
      // A line that says several things stands once.
      if (quote.line != 0 && quote.line == shown) quote.text.clear();
      shown = quote.line;
      test.output +=
          EvidenceRow(page_, quote, PlainText(page_.words.Fill(item.says)));
    }
    if (SeverityOf(diagnosis) >= Severity::kWarning) {
      test.result = ResultOf(diagnosis.cause);
    }
    return test;
  }

  TestCase OfFinding(const Finding& finding) const {
    TestCase test;
    test.name = "finding " + finding.cause;
    if (!finding.pack.empty()) test.name += " " + Shown(finding.pack);
    if (finding.repaired) test.name += ", repaired";
    test.type = finding.cause;
    test.message = Shown(FindingWords(page_, finding));
    test.output = EvidenceRow(page_, finding.quote, "");
    if (!finding.repaired) test.result = ResultOf(finding.cause);
    return test;
  }

  // Of what is not known nothing can be claimed.
  static TestCase::Result ResultOf(std::string_view cause) {
    return cause == "unknown" ? TestCase::Result::kSkipped
                              : TestCase::Result::kFailed;
  }

  std::string Written(const TestCase& test) const {
    std::string out =
        fmt::format("  <testcase{}{}>\n", Attribute("classname", Path()),
                    Attribute("name", test.name));
    if (test.result == TestCase::Result::kFailed) {
      out += fmt::format("    <failure{}{}>{}</failure>\n",
                         Attribute("message", test.message),
                         Attribute("type", test.type), XmlText(test.text));
    } else if (test.result == TestCase::Result::kSkipped) {
      out +=
          fmt::format("    <skipped{}/>\n", Attribute("message", test.message));
    }
    const bool told = test.result != TestCase::Result::kPassed;
    const std::string text =
        told ? test.output : test.message + "\n" + test.output;
    out += "    <system-out>" + XmlText(text) + "</system-out>\n";
    return out + "  </testcase>\n";
  }

  const Page& page_;
};

}  // namespace

std::string WriteJUnitSuite(const Diagnosis& diagnosis,
                            const Catalogue& catalogue,
                            const ReportOptions& options) {
  const Prepared prepared(diagnosis, catalogue, options);
  const Page& page = prepared.page();
  return SuiteWriter(page).Suite(ReportJson(page, options));
}

Wrapping JUnitWrapping() {
  return {
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"logdiag\">\n",
      "", "</testsuites>\n"};
}

}  // namespace logdiag
