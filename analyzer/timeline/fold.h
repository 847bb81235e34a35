// The state of TimelineBuilder: one handler for each role of a marker.
#ifndef LOGDIAG_TIMELINE_FOLD_H_
#define LOGDIAG_TIMELINE_FOLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/model/catalogue.h"
#include "analyzer/model/event.h"
#include "analyzer/model/record.h"
#include "analyzer/model/timeline.h"
#include "analyzer/timeline/failure_log.h"
#include "analyzer/timeline/frame_phases.h"
#include "analyzer/timeline/gap_tracker.h"
#include "analyzer/timeline/line_tail.h"
#include "analyzer/timeline/prompt_tracker.h"
#include "analyzer/timeline/session_tracker.h"
#include "analyzer/timeline/sightings.h"
#include "analyzer/timeline/timeline_builder.h"

namespace logdiag {

class TimelineBuilder::Fold {
 public:
  explicit Fold(const Catalogue* catalogue)
      : catalogue_(catalogue), frame_phases_(catalogue) {}

  void Add(const Record& record, const std::vector<Event>& events);
  Story Finish(const std::vector<Event>& events, const Given& given);

 private:
  static constexpr std::size_t kMaxPrompts = 500;
  static constexpr std::size_t kMaxMilestones = 120;
  static constexpr std::size_t kContextLines = 8;
  // A failure told in several lines goes on gathering for this many more.
  static constexpr std::uint64_t kGatherLines = 60;
  // Reasons of a failed step are printed at most this many lines above it.
  static constexpr std::uint64_t kStepLines = 100;
  // How close to the end of the log a symptom is the reason of the end.
  static constexpr std::uint64_t kLastLines = 25;
  static constexpr std::size_t kMaxShapes = 16;
  // The reason of a failed import follows its traceback this closely.
  static constexpr std::uint64_t kImportLines = 8;

  // fold.cc: dispatch, facts, phases.
  void Take(const Record& record, const std::vector<Event>& events);
  void OnEvent(const Event& event);
  void OnMarker(const Event& event, const Marker& marker, const MarkerHit& hit);
  bool Counts(const Marker& marker);
  void DispatchSession(const Event& event, const Marker& marker,
                       const MarkerHit& hit);
  void DispatchPrompt(const Event& event, const Marker& marker,
                      const MarkerHit& hit);
  void OnBar(const Event& event, const ProgressBar& bar);
  void MovePhase(const Event& event, const std::string& phase);
  void TakeFacts(const Event& event, const Marker& marker,
                 const MarkerHit& hit);
  void Note(const Event& event);
  void AddMilestone(const Event& event, std::string_view key,
                    std::string detail = "");
  void NoteProgress(const Record& record, const std::vector<Event>& events);
  bool IsChatter(const std::vector<Event>& events) const;
  bool IsHeartbeat(const Record& record, const std::vector<Event>& events);
  bool InTrouble(const Process& process) const;
  void EndRunning(const Event& end, bool watched);
  bool IsLater(std::optional<std::int64_t> time_ns) const;
  void NoteWatched(bool watched);
  void EndByCode(const Event& end, const Given& given);
  void NoteHost(const Event& event, const std::string& fact,
                const std::string& value);
  std::string Phase();

  // fold_sessions.cc: containers and processes.
  void OnContainerStart(const Event& event);
  void OnContainerStop(const Event& event);
  void OnProcessStart(const Event& event, const Marker& marker);
  void OnReady(const Event& event);
  void OnRestartAnnounced(const Event& event);
  void OnStopped(const Event& event);
  void OnProcessDied(const Event& event, const MarkerHit& hit);
  // Another start follows at `event`; `banner` if it is that of a container.
  void EndProcess(const Event& event, bool banner);
  void NoteSilentEnd(const Process& process, const Event& event,
                     const Quote& last, std::optional<double> gap_s);
  void KeepPrompts(std::vector<Prompt> prompts);

  // fold_prompts.cc: the life of prompts and jobs.
  void OnPromptQueued(const Event& event);
  void OnPromptExecuted(const Event& event, const MarkerHit& hit);
  void OnPromptFailed(const Event& event, const MarkerHit& hit);
  void OnPromptRejected(const Event& event);
  void OnOutputRejected(const Event& event);
  void OnPromptInterrupted(const Event& event);
  void OnInterruptRequest(const Event& event);
  void OnJobFailed(const Event& event, const Marker& marker);
  void OnDegraded(const Event& event, const Marker& marker);
  void OnSaved(const Event& event);
  std::string PhaseCutShort();
  bool WorkHangs(const Event& event, double threshold_s);
  void CutShort(const Event& event);
  bool StartHangs(const Event& event, double threshold_s,
                  bool somebody_gave_up = false);
  RunningPrompt& EnsureRunning(const Event& event);
  void FinishRunning(const Event& event, const std::string& duration);
  void JudgeFinished(const RunningPrompt& finished, const Event& event);
  Failure FailureOf(FailureKind kind, const RunningPrompt& finished,
                    const Event& shown);

  // fold_failures.cc: failures and tracebacks.
  Failure MakeFailure(FailureKind kind, const Event& event);
  void OnTraceback(const Event& event, const Traceback& traceback);
  bool AttachTraceback(const Event& event, const Traceback& traceback);
  void OnFatalTraceback(const Event& event, const Traceback& traceback);
  void OnImportFailed(const Event& event, const MarkerHit& hit);
  void OnStepFailed(const Event& event);
  void OnWorkerDied(const Event& event);
  void GatherInto(Failure* failure, const Event& event);
  void SetTraceback(const Event& event, const Traceback& traceback,
                    Failure* failure);

  const Catalogue* catalogue_;
  SessionTracker sessions_;
  PromptTracker prompts_;
  FailureLog failures_;
  FramePhases frame_phases_;
  LineTail tail_;
  LineTail own_tail_;  // of the container's own lines
  GapTracker gaps_;
  RecentEvents recent_;
  Timeline timeline_;
  Facts facts_;
  // Shapes of lines that nothing recognised since something was.
  std::vector<std::string> unknown_shapes_;
  Quote start_progress_;  // last sign of life outside of prompts
  std::optional<Event> pending_traceback_;  // nobody has claimed it yet
  std::optional<RunningPrompt> finished_;   // the prompt that ended last
  std::optional<Event> job_;                // the job a handler works on
  std::optional<std::int64_t> now_ns_;      // by the container's clock
  Clock clock_ = Clock::kNone;              // of the container
  bool worker_dead_ = false;                // prompts are taken, none will run
  std::uint64_t last_line_ = 0;
};

// The capture `name` of a marker; "" if it took no part.
std::string CaptureOf(const MarkerHit& hit, std::string_view name);

}  // namespace logdiag

#endif  // LOGDIAG_TIMELINE_FOLD_H_
