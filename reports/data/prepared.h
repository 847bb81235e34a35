// SPDX-License-Identifier: Apache-2.0
// A diagnosis made ready for the writers of data.
#ifndef LOGDIAG_REPORTS_DATA_PREPARED_H_
#define LOGDIAG_REPORTS_DATA_PREPARED_H_

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"
#include "reports/report.h"
#include "reports/story/page.h"
#include "reports/words/phrasebook.h"
#include "reports/words/presentable.h"
#include "reports/words/report_values.h"

namespace logdiag {

// `catalogue` and the language of `options` must outlive it.
class Prepared {
 public:
  Prepared(const Diagnosis& diagnosis, const Catalogue& catalogue,
           const ReportOptions& options)
      : shown_(Presentable(diagnosis, catalogue, options.redact)),
        words_(catalogue, options.language, ReportValues(shown_)),
        page_{shown_, catalogue, words_, Limits(), OutlineOf(shown_)} {}
  // The page points into it.
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  const Page& page() const { return page_; }

 private:
  Diagnosis shown_;
  Phrasebook words_;
  Page page_;
};

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_DATA_PREPARED_H_
