// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/snapshot.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>

namespace logdiag {
namespace {

std::string ReadAll(int descriptor) {
  std::string all;
  std::array<char, 65536> bytes;
  for (;;) {
    const ssize_t count = ::read(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return all;
    all.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

Snapshot::Side Snapshot::Take() {
  answer_.reset();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return Side::kOriginal;
  // What is in the buffers would be written twice.
  std::fflush(nullptr);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::close(ends[0]);
    to_original_ = ends[1];
    return Side::kCopy;
  }
  ::close(ends[1]);
  if (pid > 0) {
    std::string answer = ReadAll(ends[0]);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      answer_ = std::move(answer);
    }
  }
  ::close(ends[0]);
  return Side::kOriginal;
}

void Snapshot::Answer(const std::string& answer) const {
  std::string_view rest = answer;
  while (!rest.empty()) {
    const ssize_t count = ::write(to_original_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) ::_exit(1);
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  ::_exit(0);
}

}  // namespace logdiag
