// SPDX-License-Identifier: Apache-2.0
// Pattern files without errors, that use every key.
#ifndef LOGDIAG_TESTS_KNOWLEDGE_GOOD_PATTERNS_H_
#define LOGDIAG_TESTS_KNOWLEDGE_GOOD_PATTERNS_H_

#include "tests/knowledge/pattern_tree.h"

namespace logdiag {

inline constexpr char kGoodMarkers[] = R"(# What the kettle prints.
markers:
  - id: kettle-start
    role: process-start
    literal: [Kettle version, KETTLE v]
    regex: '(?:version |v)(?P<version>[\d.]+)'
    phase: comfyui-startup
    stage: 2
    facts: {kettle: version}
    set: {kind: "12"}
    says: the kettle began
    samples:
      - 'Kettle version 1.2'
      - 'KETTLE v3'
    nots: ['Kettle version unknown', 'nothing of it']
  - id: lid-open
    role: symptom
    literal: lid is open
    samples: ['the lid is open']
  - id: boil-begins
    role: work-begins
    work: task
    literal: boiling now
    samples: ['boiling now']
  - id: restarts
    role: restart-count
    literal: 'restarts: '
    regex: 'restarts: (?P<restarts>\d+)'
    samples: ['restarts: 3']
)";

inline constexpr char kGoodDialect[] = R"(name: Tea Maker
mains: [brew.py, tea.sh]
unit: task
server: true
work_bars: ['^$', '^brew']
other_bars: ['^warm up']
)";

inline constexpr char kGoodDialectMarkers[] = R"(markers:
  - id: tea-ready
    role: ready
    literal: tea is served
    samples: ['tea is served']
)";

inline constexpr char kGoodEvidence[] = R"(evidence:
  - cause: steam/no-water
    when: {program: tea-maker, exit_code: [137, -9]}
    weight: 4
    says: the tea maker was killed
)";

inline constexpr char kGoodFrames[] = R"(frames:
  - id: boiling
    phase: sampling
    frame: 'kettle\.py:boil'
    samples: ['/k/kettle.py:boil']
  - id: kettle
    frame: 'kettle\.py:'
    samples: ['/k/kettle.py:fill']
)";

inline constexpr char kGoodMachines[] = R"(machines:
  - id: stove
    when: [{fact: kettle, fact_matches: '^iron'}]
  - id: campfire
    when: [{phase: [sampling]}, {exception: 'smoke'}]
)";

inline constexpr char kGoodSecrets[] = R"(secrets:
  - id: recipe
    kind: password
    literal: [recipe, mix]
    regex: '(?P<name>\w*recipe|mix)=(?P<value>\w+)'
    unless: '^water$'
    unless_name: '^public'
    spreads: '\d'
    samples: ['recipe=oolong', 'my_recipe=green']
    lookalikes: ['recipe=water', 'public_recipe=tea', 'recipe: none']
  - id: seal
    kind: private-key
    check: long-word
    regex: '(?P<keep>seal-)(?P<secret>\d{24,})'
    as: a seal
    continues: '^(?P<secret>\d+)$'
    samples: ['seal-012345678901234567890123']
    lookalikes: ['seal-1']
)";

inline constexpr char kGoodQuotations[] = R"(quotations:
  - id: order
    kind: payload
    regex: 'order: (?P<quoted>.+)'
    samples: ['order: tea']
    nots: ['tea']
)";

inline constexpr char kGoodDocuments[] = R"(documents:
  - id: menu
    name: a menu
    opening: '^Menu'
    unless: '^Bill'
    holds: '^Tea '
    typical: '^[A-Z]'
    share: 0.5
    samples: ["Menu\nTea 2.50\n"]
)";

inline constexpr char kGoodWitnesses[] = R"(witnesses:
  - id: meter
    name: the gas meter
    signs: ['^METER ', '^gas ']
    begins: '^-- cook'
    ended: '^off (?P<time>.+)'
    runs: '^on$'
    facts:
      - {fact: gas, regex: '^gas (?P<value>\d+)', bytes: true}
      - {fact: flame, regex: '^blue$', value: small, of_end: true}
    samples: ["METER 1\ngas 2097152\nblue\n"]
)";

inline constexpr char kGoodRemedies[] = R"(remedies:
  - id: close-lid
    action: retry
    text: Close the lid of [the {kettle}].
    command: lid --close
    risk: none
    check: lid is closed
    when: {phase: [sampling]}
    not_programs: [tea-maker]
    unless:
      - when: {fact: kettle, fact_matches: '--no-lid'}
        says: '{kettle} has no lid'
  - id: wait
    action: retry
    text: Wait.
    programs: [tea-maker]
    only_on: [stove]
    not_on: [campfire]
)";

inline constexpr char kGoodCause[] = R"(id: steam/lid-open
title: the lid was open
summary: Steam left in phase {phase}.
explain: >
  An open lid lets
  the heat out.
outcomes: [error, slow]
prior: -12.5
evidence:
  - when: {marker: lid-open, scope: log}
    establishes: true
    why: Nobody else says so.
    says: it says so
  - when:
      absent: [kettle-start, lid-open]
      exception: '^Lid'
      frame: 'lid\.py'
      label: boil
      outcome: error
      phase: [sampling, save]
      kind: death
      end: [silent]
      bar: open
      bar_done: {max: 3}
      restart_gap_s: {min: 2, max: 19.5}
      silence_s: {min: 60}
      same_point_deaths: {min: 2}
      fact: kettle
      fact_matches: '^1'
      fact_range: {min: -1}
    weight: -7
    says: it was another kettle
  - when: {marker: [lid-open], count: {min: 3}, host_changed: true}
    weight: 2
    says: it said so {count} times
  - when: {fact: kettle, fact_range: {min: 0.5}, fact_per: kettle}
    weight: 1
    says: half of it
  - when: {kind: [hang]}
    excludes: true
    why: A lid does not hang.
    says: it hangs
rivals: [steam/no-water]
remedies: [close-lid]
later: [wait]
avoid: [{remedy: wait, says: it gets worse}]
confirm: ['look at the lid']
references: ['https://example.org/lid']
)";

inline constexpr char kGoodRival[] = R"(id: steam/no-water
title: no water
summary: Dry.
explain: It was dry.
outcomes: error
evidence: [{when: {bar: none}, weight: +3, says: nothing moved}]
explains: [steam/lid-open]
)";

inline constexpr char kGoodTexts[] = R"(texts:
  outcome.error.title: "It failed [in {phase}]"
  method: 'Braces {{ like this.'
)";

// One good file of each kind.
inline void WriteGood(const PatternTree& tree) {
  tree.Write("markers/kettle.yaml", kGoodMarkers);
  tree.Write("dialects/tea-maker/dialect.yaml", kGoodDialect);
  tree.Write("dialects/tea-maker/markers.yaml", kGoodDialectMarkers);
  tree.Write("dialects/tea-maker/evidence.yaml", kGoodEvidence);
  tree.Write("evidence/more.yaml",
             "evidence: [{cause: steam/no-water, when: {bar: open}, "
             "weight: 1, says: more}]");
  tree.Write("frames/kettle.yaml", kGoodFrames);
  tree.Write("machines/kettle.yaml", kGoodMachines);
  tree.Write("secrets/kettle.yaml", kGoodSecrets);
  tree.Write("quotations/kettle.yaml", kGoodQuotations);
  tree.Write("documents/kettle.yaml", kGoodDocuments);
  tree.Write("witnesses/kettle.yaml", kGoodWitnesses);
  tree.Write("remedies/kettle.yaml", kGoodRemedies);
  tree.Write("causes/steam/lid-open.yaml", kGoodCause);
  tree.Write("causes/steam/no-water.yaml", kGoodRival);
  tree.Write("texts/en.yaml", kGoodTexts);
}

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_KNOWLEDGE_GOOD_PATTERNS_H_
