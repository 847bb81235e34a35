// SPDX-License-Identifier: Apache-2.0
// Diagnoses built by hand, and a catalogue with the real texts.
#ifndef LOGDIAG_TESTS_REPORTS_SAMPLE_DIAGNOSES_H_
#define LOGDIAG_TESTS_REPORTS_SAMPLE_DIAGNOSES_H_

#include <string>
#include <utility>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/diagnosis.h"

namespace logdiag {

// The texts of reports/texts, the rules of patterns/secrets, and a few causes
// and remedies.
const Catalogue& SampleCatalogue();

Diagnosis SilentDeath();
Diagnosis VramError();
Diagnosis Healthy();
Diagnosis UnknownCrash();
Diagnosis Foreign();
Diagnosis Hostile();

// All of the above, with names.
std::vector<std::pair<std::string, Diagnosis>> AllSamples();

// The report of one of them, in Markdown.
std::string SampleReport(const Diagnosis& diagnosis);

}  // namespace logdiag

#endif  // LOGDIAG_TESTS_REPORTS_SAMPLE_DIAGNOSES_H_
