// SPDX-License-Identifier: Apache-2.0
// Every way in which a pattern file can be wrong, and what is said about it.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "analyzer/knowledge/loader.h"
#include "tests/knowledge/pattern_tree.h"

namespace logdiag {
namespace {

struct BrokenCase {
  const char* name;
  const char* path;
  const char* content;
  const char* expected;  // "line:column: message", the only error
};

void PrintTo(const BrokenCase& broken, std::ostream* out) {
  *out << broken.name;
}

class BrokenPatternsTest : public testing::TestWithParam<BrokenCase> {};

TEST_P(BrokenPatternsTest, IsReported) {
  const BrokenCase& broken = GetParam();
  PatternTree tree;
  tree.Write("markers/known.yaml",
             "markers: [{id: known, role: note, literal: known, "
             "set: {kettle: big}, samples: [known]}]");
  tree.Write(broken.path, broken.content);
  Catalogue catalogue;
  const std::vector<Error> errors = AddDirectory(tree.root(), &catalogue);
  ASSERT_EQ(errors.size(), 1U) << (errors.empty() ? "" : errors[1].ToString());
  std::string text = errors[0].ToString();
  const std::string root = tree.root() + "/";
  for (std::size_t at = text.find(root); at != std::string::npos;
       at = text.find(root)) {
    text.erase(at, root.size());
  }
  EXPECT_EQ(text, std::string(broken.path) + ":" + broken.expected);
  EXPECT_EQ(catalogue, Catalogue());
}

std::string CaseName(const testing::TestParamInfo<BrokenCase>& info) {
  return info.param.name;
}

constexpr BrokenCase kFiles[] = {
    {"NotYaml", "markers/a.yaml", "markers:\n  - id: a: b\n",
     "2:10: cannot read this YAML: illegal map value"},
    {"SecondDocument", "markers/a.yaml", "markers: []\n---\nmarkers: []\n",
     "3:1: a second document begins here; keep one document a file"},
    {"Alias", "remedies/a.yaml", "remedies:\n  - {id: &x a, text: *x}\n",
     "2:22: cannot read this YAML: aliases are not used here; write the value "
     "out"},
    {"Tag", "texts/a.yaml", "texts:\n  a: !!str b\n",
     "2:6: cannot read this YAML: tags are not used here; remove it"},
    {"WrongTopKey", "texts/a.yaml", "texts: {}\ntext: {}\n",
     "2:1: this file has no key \"text\"; did you mean \"texts\"?"},
    {"RowsNotAList", "remedies/a.yaml", "remedies: {id: a}\n",
     "1:11: \"remedies\" must be a list"},
    {"RowNotAMap", "remedies/a.yaml", "remedies:\n  - close-lid\n",
     "2:5: a remedy must be a map of keys, not \"close-lid\""},
    {"TextsNotAMap", "texts/a.yaml", "texts: [a]\n",
     "1:8: \"texts\" must be a map of key: template"},
    {"TextTwice", "texts/a.yaml", "texts:\n  a: b\n  a: c\n",
     "3:3: text \"a\" is already defined at texts/a.yaml:2:3; rename or remove "
     "one"},
    {"TextIsNumber", "texts/a.yaml", "texts:\n  a: 12\n",
     "2:6: \"a\" must be text; put '12' in quotes"},
    {"TextBrace", "texts/a.yaml", "texts:\n  a: 'cut {at'\n",
     "2:6: \"{\" must open a {placeholder} in lower_snake_case; write {{ for "
     "the character itself"},
};
INSTANTIATE_TEST_SUITE_P(Files, BrokenPatternsTest, testing::ValuesIn(kFiles),
                         CaseName);

constexpr BrokenCase kMarkers[] = {
    {"UnknownKey", "markers/a.yaml",
     "markers:\n  - id: a\n    role: note\n    literal: abcd\n"
     "    sampels: [abcd]\n    samples: [abcd]\n",
     "5:5: a marker has no key \"sampels\"; did you mean \"samples\"?"},
    {"KeyTwice", "markers/a.yaml",
     "markers:\n  - id: a\n    role: note\n    literal: abcd\n"
     "    samples: [abcd]\n    role: fact\n",
     "6:5: the key \"role\" is given twice; keep one"},
    {"IdTwice", "markers/z.yaml",
     "markers:\n  - {id: known, role: note, literal: abcd, "
     "samples: [abcd]}\n",
     "2:5: marker \"known\" is already defined at markers/known.yaml:1:11; "
     "rename or remove one"},
    {"IdNotKebab", "markers/a.yaml",
     "markers:\n  - {id: A_b, role: note, literal: abcd, samples: [abcd]}\n",
     "2:10: marker id \"A_b\" must be lower-kebab-case"},
    {"UnknownRole", "markers/a.yaml",
     "markers:\n  - {id: a, role: prompt-queue, literal: abcd, "
     "samples: [abcd]}\n",
     "2:19: unknown role \"prompt-queue\"; did you mean \"prompt-queued\"?"},
    {"UnknownPhase", "markers/a.yaml",
     "markers:\n  - {id: a, role: phase, phase: samplign, literal: abcd,\n"
     "     samples: [abcd]}\n",
     "2:33: unknown phase \"samplign\"; did you mean \"sampling\"?"},
    {"PhaseMissing", "markers/a.yaml",
     "markers:\n  - {id: a, role: phase, literal: abcd, samples: [abcd]}\n",
     "2:5: a marker of role phase needs the key \"phase\""},
    {"ShortLiteral", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: [abcd, abc],\n"
     "     samples: [abcd]}\n",
     "2:41: literal \"abc\" is shorter than 4 bytes; take more of the text "
     "that "
     "never varies"},
    {"BadRegex", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, regex: 'a(',\n"
     "     samples: [abcd]}\n",
     "2:47: \"regex\" is not a valid RE2 pattern: missing ): a("},
    {"SampleWithoutLiteral", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd,\n"
     "     samples: [abcd, ABCD]}\n",
     "3:22: this sample contains no literal of the marker"},
    {"SampleWithoutMatch", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, regex: '^abcd$',\n"
     "     samples: [abcde]}\n",
     "3:16: the regex does not match this sample"},
    {"NoSamples", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, samples: []}\n",
     "2:49: \"samples\" is empty; give a line that matches"},
    {"SamplesNotAList", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, samples: abcd}\n",
     "2:49: \"samples\" must be a list, not \"abcd\"; write [...] or lines of "
     "-"},
    {"NotMatches", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, samples: [abcd],\n"
     "     nots: [xyz, xabcdx]}\n",
     "3:18: the marker matches this line, which it must not"},
    {"NoSuchGroup", "markers/a.yaml",
     "markers:\n  - {id: a, role: fact, literal: abcd, regex: 'ab(?P<x>.)d',\n"
     "     facts: {size: y}, samples: [abcd]}\n",
     "3:20: the regex has no group \"y\"; name it with (?P<y>...)"},
    {"TwoSet", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, samples: [abcd],\n"
     "     set: {a: b, c: d}}\n",
     "3:11: \"set\" must be a map with one entry, fact: value"},
    {"StageOfAnotherRole", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, literal: abcd, samples: [abcd],\n"
     "     stage: 1}\n",
     "2:5: \"stage\" has a meaning for role process-start only"},
    {"StageNotWhole", "markers/a.yaml",
     "markers:\n  - {id: a, role: process-start, literal: abcd,\n"
     "     samples: [abcd], stage: 1.5}\n",
     "3:30: \"stage\" must be a whole number from 0 to 1000, not \"1.5\""},
    {"FactWithoutValue", "markers/a.yaml",
     "markers:\n  - {id: a, role: fact, literal: abcd, samples: [abcd]}\n",
     "2:5: a marker of role fact needs \"facts\", \"set\" or \"own\""},
    {"WorkMissing", "markers/a.yaml",
     "markers:\n  - {id: a, role: work-done, literal: abcd, samples: [abcd]}\n",
     "2:5: a marker of role work-begins, work-done or work-failed needs the "
     "key "
     "\"work\""},
    {"WorkOfAnotherRole", "markers/a.yaml",
     "markers:\n  - {id: a, role: note, work: task, literal: abcd,\n"
     "     samples: [abcd]}\n",
     "2:5: \"work\" has a meaning for roles work-begins, work-done and "
     "work-failed only"},
    {"CountWithoutGroup", "markers/a.yaml",
     "markers:\n  - {id: a, role: restart-count, literal: abcd,\n"
     "     samples: [abcd]}\n",
     "2:5: a marker of role restart-count needs a regex with the group "
     "(?P<restarts>...)"},
};
INSTANTIATE_TEST_SUITE_P(Markers, BrokenPatternsTest,
                         testing::ValuesIn(kMarkers), CaseName);

// A cause without errors up to its evidence, which begins at line 6.
#define CAUSE                                                      \
  "id: a/b\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n" \
  "evidence:\n"

constexpr BrokenCase kCauses[] = {
    {"IdIsNotPath", "causes/a/c.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, says: s}\n",
     "1:5: the id is \"a/b\" but the path says \"a/c\"; make them equal"},
    {"Misplaced", "causes/b.yaml",
     "id: b\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n"
     "evidence: [{when: {bar: open}, weight: 1, says: s}]\n",
     "1:1: a cause must stand in causes/<family>/<slug>.yaml, both names "
     "lower-kebab-case; move this file"},
    {"LongTitle", "causes/a/b.yaml",
     "id: a/b\ntitle: a title that goes on for fifty characters, or so it s\n"
     "summary: s\nexplain: e\noutcomes: [error]\n"
     "evidence: [{when: {bar: open}, weight: 1, says: s}]\n",
     "2:8: \"title\" has 53 characters; it must stay under 50"},
    {"EmptySummary", "causes/a/b.yaml",
     "id: a/b\ntitle: t\nsummary: ''\nexplain: e\noutcomes: [error]\n"
     "evidence: [{when: {bar: open}, weight: 1, says: s}]\n",
     "3:10: \"summary\" must not be empty"},
    {"UnknownOutcome", "causes/a/b.yaml",
     "id: a/b\ntitle: t\nsummary: s\nexplain: e\noutcomes: [errors]\n"
     "evidence: [{when: {bar: open}, weight: 1, says: s}]\n",
     "5:12: unknown outcomes \"errors\"; did you mean \"error\"?"},
    {"NoEvidence", "causes/a/b.yaml",
     "id: a/b\ntitle: t\nsummary: s\nexplain: e\noutcomes: [error]\n"
     "evidence: []\n",
     "6:11: \"evidence\" must be a list of items, each with \"when\", a weight "
     "and \"says\""},
    {"NoWeight", "causes/a/b.yaml", CAUSE "  - {when: {bar: open}, says: s}\n",
     "7:5: an evidence item needs one of \"weight\", \"establishes: true\" and "
     "\"excludes: true\""},
    {"WeightAndExcludes", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, excludes: true, says: s, "
           "why: w}\n",
     "7:5: an evidence item needs one of \"weight\", \"establishes: true\" and "
     "\"excludes: true\""},
    {"WeightIsText", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: '5', says: s}\n",
     "7:33: \"weight\" must be a plain number, not \"5\""},
    {"FlagIsWord", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, excludes: nope, says: s}\n",
     "7:46: \"excludes\" must be true or false, not \"nope\""},
    {"HeavyWithoutWhy", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: -11, says: s}\n",
     "7:5: this weighs more than 10 dB; add \"why\": one sentence on why the "
     "software makes it so telling"},
    {"CountAlone", "causes/a/b.yaml",
     CAUSE "  - {when: {count: {min: 2}}, weight: 1, says: s}\n",
     "7:12: \"count\" needs \"marker\""},
    {"PerAlone", "causes/a/b.yaml",
     CAUSE "  - {when: {fact: kettle, fact_per: kettle}, weight: 1, says: s}\n",
     "7:12: \"fact_per\" needs \"fact\" and \"fact_range\""},
    {"AvoidUnknown", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, says: s}\n"
           "avoid: [{remedy: rest, says: never}]\n",
     "8:18: there is no remedy \"rest\"; define it or remove the name"},
    {"ExitCodeNotWhole", "causes/a/b.yaml",
     CAUSE "  - {when: {exit_code: [1, 1.5]}, weight: 1, says: s}\n",
     "7:28: an exit code must be a whole number: 0 to 255, or -N for signal N"},
    {"NoSuchProgram", "causes/a/b.yaml",
     CAUSE "  - {when: {program: kettle}, weight: 1, says: s}\n",
     "7:22: there is no dialect \"kettle\"; define it or remove the name"},
    {"EmptyWhen", "causes/a/b.yaml",
     CAUSE "  - {when: {}, weight: 1, says: s}\n",
     "7:12: \"when\" is empty; say when this speaks"},
    {"UnknownWhenKey", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open, markers: known}, weight: 1, says: s}\n",
     "7:24: \"when\" has no key \"markers\"; did you mean \"marker\"?"},
    {"UnknownKind", "causes/a/b.yaml",
     CAUSE "  - {when: {kind: [hang, deaths]}, weight: 1, says: s}\n",
     "7:26: unknown kind \"deaths\"; did you mean \"death\"?"},
    {"UnknownEnd", "causes/a/b.yaml",
     CAUSE "  - {when: {end: killed}, weight: 1, says: s}\n",
     "7:18: unknown end \"killed\"; use one of: running, announced, stopped, "
     "died, silent"},
    {"UnknownScope", "causes/a/b.yaml",
     CAUSE "  - {when: {marker: known, scope: logs}, weight: 1, says: s}\n",
     "7:35: unknown scope \"logs\"; did you mean \"log\"?"},
    {"ScopeAlone", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open, scope: log}, weight: 1, says: s}\n",
     "7:12: \"scope\" says where to look for a marker; add \"marker\" or "
     "\"absent\", or remove it"},
    {"RangeUpsideDown", "causes/a/b.yaml",
     CAUSE "  - {when: {bar_done: {min: 2, max: 1}}, weight: 1, says: s}\n",
     "7:23: \"bar_done\" has a min above its max; swap them"},
    {"RangeEmpty", "causes/a/b.yaml",
     CAUSE "  - {when: {silence_s: {}}, weight: 1, says: s}\n",
     "7:24: \"silence_s\" needs min, max or both"},
    {"FactMissing", "causes/a/b.yaml",
     CAUSE "  - {when: {fact_matches: x}, weight: 1, says: s}\n",
     "7:12: \"fact_matches\" and \"fact_range\" need \"fact\""},
    {"BadExceptionRegex", "causes/a/b.yaml",
     CAUSE "  - {when: {exception: '*x'}, weight: 1, says: s}\n",
     "7:24: \"exception\" is not a valid RE2 pattern: no argument for "
     "repetition operator: *"},
    {"EmptyList", "causes/a/b.yaml",
     CAUSE "  - {when: {marker: []}, weight: 1, says: s}\n",
     "7:21: \"marker\" is an empty list; fill or remove it"},
    {"NoSuchMarker", "causes/a/b.yaml",
     CAUSE "  - {when: {absent: [known, knwon]}, weight: 1, says: s}\n",
     "7:29: there is no marker \"knwon\"; did you mean \"known\"?"},
    {"NoSuchFact", "causes/a/b.yaml",
     CAUSE "  - {when: {fact: kettel}, weight: 1, says: s}\n",
     "7:19: there is no fact \"kettel\"; did you mean \"kettle\"?"},
    {"NoSuchRemedy", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, says: s}\nlater: [rest]\n",
     "8:9: there is no remedy \"rest\"; define it or remove the name"},
    {"NoSuchRival", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, says: s}\nrivals: [x/y]\n",
     "8:10: there is no cause \"x/y\"; define it or remove the name"},
    {"OwnRival", "causes/a/b.yaml",
     CAUSE "  - {when: {bar: open}, weight: 1, says: s}\nexplains: [a/b]\n",
     "8:12: \"explains\" names the cause itself; remove it"},
    {"NoUrl", "causes/a/b.yaml",
     CAUSE
     "  - {when: {bar: open}, weight: 1, says: s}\nreferences: [a manual]\n",
     "8:14: a reference must be a URL that begins with https:// and has no "
     "blanks, quotes or brackets"},
};
INSTANTIATE_TEST_SUITE_P(Causes, BrokenPatternsTest, testing::ValuesIn(kCauses),
                         CaseName);
#undef CAUSE

constexpr BrokenCase kRemedies[] = {
    {"TextMissing", "remedies/a.yaml",
     "remedies:\n  - id: a\n    action: retry\n",
     "2:5: a remedy needs the key \"text\""},
    {"ActionMissing", "remedies/a.yaml", "remedies:\n  - {id: a, text: t}\n",
     "2:5: a remedy needs the key \"action\""},
    {"ActionUnknown", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retri, text: t}\n",
     "2:21: unknown action \"retri\"; did you mean \"retry\"?"},
    {"MachineUnknown", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: t, only_on: [windos]}\n",
     "2:47: there is no machine \"windos\"; define it or remove the name"},
    {"MachineWithoutWhen", "machines/a.yaml", "machines:\n  - {id: a}\n",
     "2:5: a machine needs the key \"when\""},
    {"UnlessWithoutSays", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: t, unless: [{when: {fact: "
     "kettle}}]}\n",
     "2:46: an item of \"unless\" needs the key \"says\""},
    {"UnlessBadRegex", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: t, when: {fact: kettle, "
     "fact_matches: '['}}\n",
     "2:72: \"fact_matches\" is not a valid RE2 pattern: missing ]: ["},
    {"IdTwice", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: t}\n  - {id: a, action: "
     "retry, "
     "text: u}\n",
     "3:5: remedy \"a\" is already defined at remedies/a.yaml:2:5; rename or "
     "remove one"},
    {"NotText", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: [t]}\n",
     "2:34: \"text\" must be text, not a list"},
    {"TruthValue", "remedies/a.yaml",
     "remedies:\n  - {id: a, action: retry, text: t, risk: no}\n",
     "2:43: \"risk\" must be text; put 'no' in quotes"},
};
INSTANTIATE_TEST_SUITE_P(Remedies, BrokenPatternsTest,
                         testing::ValuesIn(kRemedies), CaseName);

#define QUOTATION "quotations:\n  - id: a\n    kind: payload\n"
constexpr BrokenCase kQuotations[] = {
    {"KindUnknown", "quotations/a.yaml",
     "quotations:\n  - {id: a, kind: frnt, regex: x, samples: [x], nots: "
     "[y]}\n",
     "2:19: unknown kind \"frnt\"; did you mean \"front\"?"},
    {"PayloadWithoutGroup", "quotations/a.yaml",
     QUOTATION "    regex: x\n    samples: [x]\n    nots: [y]\n",
     "4:12: a payload needs the group (?P<quoted>...): what of the line is "
     "data"},
    {"SampleStays", "quotations/a.yaml",
     QUOTATION "    regex: '(?P<quoted>x)'\n    samples: [z]\n    nots: [y]\n",
     "5:15: the regex does not match this sample"},
    {"NotMatches", "quotations/a.yaml",
     QUOTATION "    regex: '(?P<quoted>x)'\n    samples: [x]\n    nots: [x]\n",
     "6:12: the regex matches this text, which it must not"},
    {"DocumentWithoutShare", "documents/a.yaml",
     "documents:\n  - {id: a, name: a page, opening: x, holds: x, typical: x, "
     "samples: [x]}\n",
     "2:5: \"typical\" and \"share\" go together"},
    {"DocumentByNothing", "documents/a.yaml",
     "documents:\n  - {id: a, name: a page, opening: x, samples: []}\n",
     "2:5: a document needs \"holds\", or \"typical\" and \"share\""},
    {"DocumentSampleIsNone", "documents/a.yaml",
     "documents:\n  - {id: a, name: a page, opening: x, holds: y, samples: "
     "[x]}\n",
     "2:59: this sample is none by these rules"},
    {"WitnessSampleIsNone", "witnesses/a.yaml",
     "witnesses:\n  - {id: a, name: a list, signs: [x, y], samples: [x]}\n",
     "2:52: this sample lacks one of the signs"},
    {"WitnessFactNobodyStates", "witnesses/a.yaml",
     "witnesses:\n  - {id: a, name: a list, signs: [x], facts: {fact: b, "
     "regex: "
     "y, value: z}, samples: [x]}\n",
     "2:5: no sample states \"b\""},
    {"WitnessFactWithoutValue", "witnesses/a.yaml",
     "witnesses:\n  - {id: a, name: a list, signs: [x], facts: {fact: b, "
     "regex: "
     "x}, samples: [x]}\n",
     "2:46: a fact needs \"value\", or a group (?P<value>...)"},
    {"WitnessEndWithoutTime", "witnesses/a.yaml",
     "witnesses:\n  - {id: a, name: a list, signs: [x], ended: y, samples: [x]}"
     "\n",
     "2:5: \"ended\" needs the group (?P<time>...)"},
};
INSTANTIATE_TEST_SUITE_P(Quotations, BrokenPatternsTest,
                         testing::ValuesIn(kQuotations), CaseName);

#define SECRET "secrets:\n  - id: a\n    kind: token\n"
constexpr BrokenCase kSecrets[] = {
    {"KindMissing", "secrets/a.yaml",
     "secrets:\n  - {id: a, literal: abcd, regex: '(?P<secret>abcd)', "
     "samples: [abcd], lookalikes: [x]}\n",
     "2:5: a secret needs the key \"kind\""},
    {"KindUnknown", "secrets/a.yaml",
     "secrets:\n  - {id: a, kind: tokn, literal: abcd, regex: "
     "'(?P<secret>abcd)', samples: [abcd], lookalikes: [x]}\n",
     "2:19: unknown kind \"tokn\"; did you mean \"token\"?"},
    {"RunsOverEveryText", "secrets/a.yaml",
     SECRET "    regex: '(?P<secret>abcd)'\n    samples: [abcd]\n    "
            "lookalikes: [x]\n",
     "2:5: a secret needs \"literal\" or \"check\"; without them its regex "
     "would run over every text"},
    {"EmptyLiteral", "secrets/a.yaml",
     SECRET "    literal: [abcd, '']\n    regex: '(?P<secret>abcd)'\n    "
            "samples: [abcd]\n    lookalikes: [x]\n",
     "4:14: a literal must not be empty"},
    {"NothingIsHidden", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: abcd\n    samples: [abcd]\n    "
            "lookalikes: []\n",
     "5:12: the regex needs one of the groups (?P<secret>...) and "
     "(?P<value>...): what is hidden"},
    {"CheckUnknown", "secrets/a.yaml",
     SECRET "    check: entropi\n    regex: '(?P<secret>abcd)'\n    samples: "
            "[abcd]\n    lookalikes: [x]\n",
     "4:12: unknown check \"entropi\"; did you mean \"entropy\"?"},
    {"NoName", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    "
            "unless_name: x\n    samples: [abcd]\n    lookalikes: [x]\n",
     "6:18: the regex has no group \"name\" to look at"},
    {"ContinuesWithoutGroup", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    "
            "continues: x\n    samples: [abcd]\n    lookalikes: [x]\n",
     "6:16: \"continues\" needs the group (?P<secret>...)"},
    {"ShownAsMarkup", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    "
            "as: '[x]'\n    samples: [abcd]\n    lookalikes: [x]\n",
     "6:9: \"as\" holds small letters and blanks"},
    {"BadRegex", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd'\n    samples: "
            "[abcd]\n    lookalikes: [x]\n",
     "5:12: \"regex\" is not a valid RE2 pattern: missing ): "
     "(?P<secret>abcd"},
    {"SampleWithoutLiteral", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    samples: "
            "[abcd, abd]\n    lookalikes: [x]\n",
     "6:21: this sample contains no literal of the rule"},
    {"SampleStays", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcde)'\n    samples: "
            "[abcd]\n    lookalikes: [x]\n",
     "6:15: the rule hides nothing in this sample"},
    {"LookalikeIsHidden", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    samples: "
            "[abcd]\n    lookalikes: [abcde]\n",
     "7:18: the rule hides \"abcd\" in this look-alike, which it must not"},
    {"LookalikesMissing", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    samples: "
            "[abcd]\n",
     "2:5: a secret needs the key \"lookalikes\""},
    {"NoSample", "secrets/a.yaml",
     SECRET "    literal: abcd\n    regex: '(?P<secret>abcd)'\n    samples: "
            "[]\n    lookalikes: [x]\n",
     "6:14: \"samples\" is empty; give a text that holds one"},
};
INSTANTIATE_TEST_SUITE_P(Secrets, BrokenPatternsTest,
                         testing::ValuesIn(kSecrets), CaseName);
#undef SECRET

constexpr BrokenCase kDialects[] = {
    {"UnknownUnit", "dialects/tea/dialect.yaml", "name: Tea\nunit: tasks\n",
     "2:7: unknown unit \"tasks\"; did you mean \"task\"?"},
    {"UnitMissing", "dialects/tea/dialect.yaml", "name: Tea\n",
     "1:1: this is no file of patterns: it needs the key \"unit\", "
     "\"markers\" or \"evidence\"; add it, or remove the file"},
    {"MainWithFolder", "dialects/tea/dialect.yaml",
     "name: Tea\nunit: task\nmains: [a.py, b/a.py]\n",
     "3:15: \"mains\" holds names of files, without folders"},
    {"BadBar", "dialects/tea/dialect.yaml",
     "name: Tea\nunit: task\nwork_bars: ['a(']\n",
     "3:13: \"work_bars\" is not a valid RE2 pattern: missing ): a("},
    {"Misplaced", "dialects/tea/notes.yaml", "markers: []\n",
     "1:1: a dialect is dialects/<program>/, its name lower-kebab-case, and "
     "holds dialect.yaml, markers*.yaml and evidence*.yaml; move this file"},
    {"UnknownDialect", "dialects/tea/markers.yaml", "markers: []\n",
     "1:1: there is no dialect \"tea\"; define it or remove the name"},
    {"EvidenceOfNoCause", "evidence/a.yaml",
     "evidence: [{cause: a/b, when: {bar: open}, weight: 1, says: s}]\n",
     "1:20: there is no cause \"a/b\"; define it or remove the name"},
};
INSTANTIATE_TEST_SUITE_P(Dialects, BrokenPatternsTest,
                         testing::ValuesIn(kDialects), CaseName);

constexpr BrokenCase kFrames[] = {
    {"FrameMissing", "frames/a.yaml", "frames:\n  - {id: a, samples: [x]}\n",
     "2:5: a frame rule needs the key \"frame\""},
    {"SampleDoesNotMatch", "frames/a.yaml",
     "frames:\n  - {id: a, frame: 'b', samples: [x]}\n",
     "2:35: the regex does not match this sample"},
    {"UnknownPhase", "frames/a.yaml",
     "frames:\n  - {id: a, phase: samplin, frame: x, samples: [x]}\n",
     "2:20: unknown phase \"samplin\"; did you mean \"sampling\"?"},
};
INSTANTIATE_TEST_SUITE_P(Frames, BrokenPatternsTest, testing::ValuesIn(kFrames),
                         CaseName);

}  // namespace
}  // namespace logdiag
