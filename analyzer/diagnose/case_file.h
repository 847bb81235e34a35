// SPDX-License-Identifier: Apache-2.0
// What the evidence items of a cause look at: one failure, and the log.
#ifndef LOGDIAG_DIAGNOSE_CASE_FILE_H_
#define LOGDIAG_DIAGNOSE_CASE_FILE_H_

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "analyzer/diagnose/incident.h"
#include "analyzer/model/catalogue.h"
#include "analyzer/model/timeline.h"
#include "analyzer/support/regex_cache.h"
#include "analyzer/support/template.h"

namespace logdiag {

// One failure with everything a condition may ask about it. Pointers stay valid
// as long as the timeline and the catalogue do.
class CaseFile {
 public:
  CaseFile(const Catalogue* catalogue, const Timeline* timeline,
           const Facts* facts, Incident incident);

  const Incident& incident() const { return incident_; }
  const Failure& failure() const { return *incident_.failure; }
  const Timeline& timeline() const { return *timeline_; }
  // Facts as they stood at the failure, and those known only later.
  const Facts& facts() const { return facts_; }
  // "running", "announced", "stopped", "died" or "silent".
  std::string EndName() const;

  // Ids of the dialects of which a marker that no other program prints (`own`)
  // was seen anywhere in the log.
  const std::set<std::string_view>& programs() const { return programs_; }
  bool Ran(std::string_view program) const {
    return programs_.contains(program);
  }

  // What was seen of marker `id` in `scope`; null if nothing.
  const Seen* Find(std::string_view id, std::string_view scope) const;

  // Values for placeholders: facts, and figures of the failure.
  Values MakeValues() const;

 private:
  const Process* process() const;

  const Catalogue* catalogue_;
  const Timeline* timeline_;
  Facts facts_;
  Incident incident_;
  // Of those that were seen: few of all that are known.
  std::unordered_map<std::string_view, std::size_t> marker_index_;
  std::set<std::string_view> programs_;
};

// The placeholders that tell what was raised.
void PutException(const std::string& type, const std::string& message,
                  Values* values);

}  // namespace logdiag

#endif  // LOGDIAG_DIAGNOSE_CASE_FILE_H_
