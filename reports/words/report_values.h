// SPDX-License-Identifier: Apache-2.0
// The values that texts of a report may name.
#ifndef LOGDIAG_REPORTS_REPORT_VALUES_H_
#define LOGDIAG_REPORTS_REPORT_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/model/diagnosis.h"
#include "analyzer/support/template.h"

namespace logdiag {

// Diagnosis::values, every fact by its name (and `<name>_line`, where it
// stands), and what follows from the timeline and the facts:
//   outcome cause cause_slug phase line session sessions prompts executed
//   failed interrupted open lost file bytes lines
//   first_time last_time end_time    clock times, where there is a clock
//   place place_line function         the frame of the exception to look at:
//                                    "comfyui-foo/nodes.py", "comfy/sd.py"
//   starts span                      how often it started, and within how long
//   restart_gap death_latest next_start_line   of a death before another start
//   silence_time deaths bar full_bar bar_line node pack work
//   fewer_frames few_frames smaller_width smaller_height  valid smaller jobs
//   latent_frames grid_width grid_height tokens_computed
// A value that is not known has no entry.
Values ReportValues(const Diagnosis& diagnosis);

// A moment of the log as text: "2025-10-23 16:28:13.007" for a calendar clock,
// "10-23 16:28:13.007" and "16:28:13.007" for one that states no year or no
// date, "12.300 s" (since the host booted) for a monotonic one; "" without a
// clock, and for an uptime among dates.
std::string MomentText(const LogSource& source,
                       std::optional<std::int64_t> time_ns);

// "12.3 s", "4 min 12 s", "2 h 05 min".
std::string SecondsText(double seconds);

// How people name a file: from the folder of its pack on, else its last folder
// and its name: "comfyui-foo/nodes.py", "comfy/sd.py".
std::string ShortPath(std::string_view path);

// True if `time_ns` is a date with a year.
bool IsDate(const LogSource& source, std::int64_t time_ns);

}  // namespace logdiag

#endif  // LOGDIAG_REPORTS_REPORT_VALUES_H_
