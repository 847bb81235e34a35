// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/hook.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "analyzer/cli/catalogue.h"

namespace logdiag {
namespace {

// What a shell says of a command that it cannot run.
constexpr int kCannotRun = 126;

void Ignore(int /*signal*/) {}

bool IsProgram(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

// Becomes the program. Between fork and exec nothing but system calls.
[[noreturn]] void Become(const char* program, int input) {
  ::setpgid(0, 0);
  ::dup2(input, STDIN_FILENO);
  ::dup2(STDERR_FILENO, STDOUT_FILENO);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGXFSZ, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const char* const words[] = {program, nullptr};
  ::execvp(program, const_cast<char* const*>(words));
  ::_exit(kCannotRun);
}

}  // namespace

std::string WhyNotRunnable(const std::string& program) {
  if (program.find('/') != std::string::npos) {
    return IsProgram(program) ? ""
                              : "is no program that can be run; give the path "
                                "of one, without arguments";
  }
  const char* path = std::getenv("PATH");
  std::string folders = path == nullptr ? "" : path;
  while (!folders.empty()) {
    const std::size_t end = folders.find(':');
    const std::string folder = folders.substr(0, end);
    if (!program.empty() && IsProgram(folder + "/" + program)) return "";
    folders.erase(0, end == std::string::npos ? end : end + 1);
  }
  return "is no program in PATH; give the path of one, without arguments";
}

Hook::Hook(std::string program) : program_(std::move(program)) {
  // One that does not read what it is given is no reason to die.
  ::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = Ignore;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGCHLD, &action, nullptr);
}

Hook::~Hook() {
  StopFeeding();
  if (pid_ > 0) ::kill(-pid_, SIGKILL);
}

void Hook::Tell(const std::string& what) const {
  PrintError({"--on-incident " + program_, what});
}

void Hook::Add(std::string incident) {
  if (program_.empty()) return;
  if (waiting_.size() == kMostWaiting) {
    return Tell(
        "an incident was not handed on: " + std::to_string(kMostWaiting) +
        " others wait for it, as incidents come faster than it runs");
  }
  waiting_.push_back(std::move(incident));
}

void Hook::GoOn() {
  if (pid_ > 0) Reap();
  if (pid_ > 0) Feed();
  if (pid_ > 0 && !killed_ && Clock::now() >= started_ + kMostTime) {
    Tell("it ran for more than " + std::to_string(kMostTime.count()) +
         " s and was killed; let it start in the background what takes "
         "longer");
    killed_ = true;
    StopFeeding();
    ::kill(-pid_, SIGKILL);
    Reap();
  }
  if (pid_ == 0 && !waiting_.empty()) {
    Start();
    if (pid_ > 0) Feed();
  }
}

void Hook::Finish() {
  constexpr int kLookAgainMs = 50;
  for (GoOn(); busy(); GoOn()) {
    std::vector<pollfd> wanted;
    AddTo(&wanted);
    ::poll(wanted.data(), wanted.size(), kLookAgainMs);
  }
}

void Hook::Start() {
  input_ = std::move(waiting_.front());
  waiting_.pop_front();
  fed_ = 0;
  killed_ = false;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return Tell(std::string("no pipe for it: ") + std::strerror(errno));
  }
  ::fcntl(ends[1], F_SETFL, O_NONBLOCK);
  const pid_t pid = ::fork();
  if (pid == 0) Become(program_.c_str(), ends[0]);
  const int error = errno;
  ::close(ends[0]);
  pipe_ = ends[1];
  if (pid < 0) {
    StopFeeding();
    return Tell(std::string("it could not be started: ") +
                std::strerror(error));
  }
  // Here, too, as it may be killed before it has done so itself.
  ::setpgid(pid, pid);
  pid_ = pid;
  started_ = Clock::now();
}

void Hook::Feed() {
  while (pipe_ >= 0) {
    const ssize_t count =
        ::write(pipe_, input_.data() + fed_, input_.size() - fed_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count > 0) fed_ += static_cast<std::size_t>(count);
    // It need not read all of it.
    if (count < 0 || fed_ == input_.size()) StopFeeding();
  }
}

void Hook::StopFeeding() {
  if (pipe_ >= 0) ::close(std::exchange(pipe_, -1));
}

void Hook::Reap() {
  int status = 0;
  const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
  if (ended == 0 || (ended < 0 && errno == EINTR)) return;
  StopFeeding();
  pid_ = 0;
  if (ended < 0 || killed_) return;
  if (WIFSIGNALED(status)) {
    Tell("it was ended by signal " + std::to_string(WTERMSIG(status)));
  } else if (WEXITSTATUS(status) != 0) {
    Tell("it failed with exit code " + std::to_string(WEXITSTATUS(status)));
  }
}

std::optional<Hook::Clock::time_point> Hook::deadline() const {
  if (pid_ == 0 || killed_) return std::nullopt;
  return started_ + kMostTime;
}

void Hook::AddTo(std::vector<pollfd>* wanted) const {
  if (pipe_ >= 0) wanted->push_back({pipe_, POLLOUT, 0});
}

}  // namespace logdiag
