// SPDX-License-Identifier: Apache-2.0
#include "analyzer/knowledge/merge.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/knowledge/error_list.h"
#include "analyzer/knowledge/explains.h"
#include "analyzer/knowledge/names.h"
#include "analyzer/knowledge/places.h"
#include "analyzer/model/budget.h"
#include "analyzer/model/given.h"
#include "analyzer/model/job_facts.h"

namespace logdiag {
namespace {

using Index = std::map<std::string, std::size_t, std::less<>>;

// Where the rows of a table are, by id.
template <typename Row>
Index IndexOf(const std::vector<Row>& rows) {
  Index index;
  for (std::size_t i = 0; i < rows.size(); ++i) index.emplace(rows[i].id, i);
  return index;
}

// The facts that markers set, by name; the numbers mean nothing.
Index FactsOf(const std::vector<Marker>& markers) {
  Index index;
  for (const Marker& marker : markers) {
    for (const FactCapture& capture : marker.facts) index[capture.fact] = 0;
    if (!marker.fixed_fact.empty()) index[marker.fixed_fact] = 0;
  }
  for (const std::string_view fact : kGivenFacts) index.emplace(fact, 0);
  for (const std::string_view fact : kBudgetFacts) index.emplace(fact, 0);
  for (const std::string_view fact : kJobFacts) index.emplace(fact, 0);
  return index;
}

class Merger {
 public:
  Merger(SourceFiles* files, Catalogue* catalogue)
      : files_(*files), catalogue_(catalogue), errors_(files->errors()) {}

  // Puts new rows behind the known ones, or in their place.
  template <typename Row>
  void Merge(std::string_view what, std::vector<Row> added,
             std::vector<Row>* rows) {
    const Index index = IndexOf(*rows);
    for (Row& row : added) {
      const auto old = index.find(row.id);
      const bool replaces = files_.Replaces(std::string(what) + " " + row.id);
      if (old != index.end()) {
        Replace(what, replaces, std::move(row), &(*rows)[old->second]);
        continue;
      }
      if (replaces) FailNothing(what, row.id, row.origin);
      rows->push_back(std::move(row));
    }
  }

  void AddEvidence(std::vector<AddedEvidence> added) {
    const Index index = IndexOf(catalogue_->causes);
    for (AddedEvidence& one : added) {
      const auto cause = index.find(one.cause);
      if (cause == index.end()) continue;  // told with the references
      catalogue_->causes[cause->second].evidence.push_back(std::move(one.item));
    }
  }

  void CheckReferences() {
    const Hardware& hardware = catalogue_->hardware;
    Check(IndexOf(catalogue_->dialects), Table::kDialect, "dialect");
    Check(IndexOf(catalogue_->markers), Table::kMarker, "marker");
    Check(IndexOf(catalogue_->causes), Table::kCause, "cause");
    Check(IndexOf(catalogue_->remedies), Table::kRemedy, "remedy");
    Check(IndexOf(catalogue_->machines), Table::kMachine, "machine");
    Check(FactsOf(catalogue_->markers), Table::kFact, "fact");
    Check(IndexOf(hardware.models), Table::kModel, "model");
    Check(IndexOf(hardware.dtypes), Table::kDtype, "dtype");
    Check(IndexOf(hardware.text_encoders), Table::kEncoder, "text encoder");
    Check(IndexOf(hardware.vaes), Table::kVae, "VAE");
  }

  // A cause that takes the place of one that takes its own would leave none.
  void CheckExplains() {
    for (const auto& circle : ExplainsInCircles(catalogue_->causes)) {
      std::string names;
      for (std::size_t i = 0; i < circle.size(); ++i) {
        if (i == kMaxShown && circle.size() > kMaxShown + 1) {
          names += ", ... ";
          i = circle.size() - 1;
        }
        names += (names.empty() ? "" : ", ") + circle[i]->id;
      }
      errors_->Add({PlaceOf(circle), "\"explains\" goes in a circle: " + names +
                                         "; remove one of these from it"});
    }
  }

 private:
  // What is named is cut there.
  static constexpr std::size_t kMaxShown = 6;

  // Where one of them was read that is not built in. Of the references of a
  // cause those of "explains" come first.
  std::string PlaceOf(const std::vector<const Cause*>& circle) const {
    for (std::size_t i = 0; i + 1 < circle.size(); ++i) {
      const std::string origin = files_.FullPlace(circle[i]->origin);
      for (const Reference& reference : files_.references()) {
        if (reference.table == Table::kCause &&
            reference.id == circle[i + 1]->id &&
            FileOf(reference.where) == FileOf(origin)) {
          return reference.where;
        }
      }
    }
    return files_.FullPlace(circle.front()->origin);
  }

  template <typename Row>
  void Replace(std::string_view what, bool says_so, Row row, Row* old) {
    if (!says_so) {
      const bool cause = what == "cause";
      errors_->Add(
          {files_.FullPlace(row.origin),
           "the " + std::string(what) + " " + Quoted(row.id) +
               " is already known, from " + old->origin +
               "; add \"replaces: true\" to put this one in its place, or "
               "give it another id" +
               (cause ? "; to add evidence to it, use evidence/*.yaml" : "")});
      return;
    }
    catalogue_->replaced.push_back(
        {std::string(what), row.id, files_.FullPlace(row.origin), old->origin});
    *old = std::move(row);
  }

  void FailNothing(std::string_view what, const std::string& id,
                   const std::string& origin) {
    errors_->Add({files_.FullPlace(origin),
                  "there is no " + std::string(what) + " " + Quoted(id) +
                      " to replace; remove \"replaces\""});
  }

  void Check(const Index& index, Table table, std::string_view what) {
    std::vector<std::string_view> names;
    for (const auto& [id, row] : index) names.push_back(id);
    for (const Reference& reference : files_.references()) {
      if (reference.table != table || index.contains(reference.id)) continue;
      if (errors_->IsFull(reference.where)) {
        errors_->Add({reference.where, ""});
        continue;
      }
      const std::string_view nearest = Nearest(reference.id, names);
      errors_->Add(
          {reference.where,
           "there is no " + std::string(what) + " " + Quoted(reference.id) +
               (nearest.empty() ? "; define it or remove the name"
                                : "; did you mean " + Quoted(nearest) + "?")});
    }
  }

  const SourceFiles& files_;
  Catalogue* catalogue_;
  ErrorList* errors_;
};

}  // namespace

void MergeInto(Additions added, SourceFiles* files, Catalogue* catalogue) {
  Merger merger(files, catalogue);
  Catalogue& rows = added.rows;
  merger.Merge("dialect", std::move(rows.dialects), &catalogue->dialects);
  merger.Merge("marker", std::move(rows.markers), &catalogue->markers);
  merger.Merge("frame rule", std::move(rows.frames), &catalogue->frames);
  merger.Merge("cause", std::move(rows.causes), &catalogue->causes);
  merger.Merge("machine", std::move(rows.machines), &catalogue->machines);
  merger.Merge("secret", std::move(rows.secrets), &catalogue->secrets);
  merger.Merge("quotation", std::move(rows.quotations), &catalogue->quotations);
  merger.Merge("document", std::move(rows.documents), &catalogue->documents);
  merger.Merge("witness", std::move(rows.witnesses), &catalogue->witnesses);
  merger.Merge("remedy", std::move(rows.remedies), &catalogue->remedies);
  merger.AddEvidence(std::move(added.evidence));
  added.hardware.MergeInto(&catalogue->hardware);
  for (auto& [key, text] : rows.texts) {
    catalogue->texts[key] = std::move(text);
  }
  if (files->whole()) {
    merger.CheckReferences();
    merger.CheckExplains();
  }
  PlaceMarkers(catalogue);
}

}  // namespace logdiag
