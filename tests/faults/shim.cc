// SPDX-License-Identifier: Apache-2.0
// Preloaded by faults_test.py: lets calls of the C library go wrong.
//
// FAULT_PATH names the file that faults strike; unset, it is standard input.
// FAULT_READ   eintr   every second read is interrupted
//              eagain  every second read finds nothing ready
//              short   reads give at most 7 bytes
//              eio:N   reads that reach byte N fail there
// FAULT_PREAD  eio:N   the same of pread(); what is interrupted or short is
//                      so in both
// FAULT_WRITE  eintr, short, or enospc:N, for files that are written
// FAULT_CLOSE  enospc  closing what was written fails
// FAULT_OPEN   emfile, for FAULT_PATH
// FAULT_PRINT  enospc  fwrite to standard output writes half
// FAULT_COUNT  file that gets the number of faults that struck
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

constexpr std::size_t kShort = 7;

unsigned long struck = 0;
unsigned long calls = 0;
std::size_t bytes_written = 0;

template <typename Function>
Function Next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool Is(const char* variable, const char* value) {
  const char* set = std::getenv(variable);
  return set != nullptr && std::strcmp(set, value) == 0;
}

// N of "what:N"; -1 if `variable` says something else.
long ByteOf(const char* variable, const char* what) {
  const char* set = std::getenv(variable);
  const std::size_t size = std::strlen(what);
  if (set == nullptr || std::strncmp(set, what, size) != 0) return -1;
  return std::atol(set + size + 1);
}

bool IsTarget(int descriptor) {
  const char* path = std::getenv("FAULT_PATH");
  if (path == nullptr) return descriptor == STDIN_FILENO;
  struct stat wanted;
  struct stat given;
  return stat(path, &wanted) == 0 && fstat(descriptor, &given) == 0 &&
         wanted.st_ino == given.st_ino && wanted.st_dev == given.st_dev;
}

bool IsWritten(int descriptor) {
  const int flags = fcntl(descriptor, F_GETFL);
  return descriptor > STDERR_FILENO && flags >= 0 &&
         (flags & O_ACCMODE) != O_RDONLY;
}

int Fail(int error) {
  ++struck;
  errno = error;
  return -1;
}

// What a read of `*size` bytes at `offset` is to do first: 0, or an error. May
// make `*size` less.
int BeforeRead(int descriptor, long offset, const char* variable,
               std::size_t* size) {
  if (!IsTarget(descriptor)) return 0;
  const bool second = ++calls % 2 == 0;
  if (Is("FAULT_READ", "eintr") && second) return EINTR;
  if (Is("FAULT_READ", "eagain") && second) return EAGAIN;
  if (Is("FAULT_READ", "short") && *size > kShort) {
    ++struck;
    *size = kShort;
  }
  const long bad = ByteOf(variable, "eio");
  if (bad < 0) return 0;
  if (offset >= bad) return EIO;
  *size = std::min(*size, static_cast<std::size_t>(bad - offset));
  return 0;
}

struct Teller {
  ~Teller() {
    const char* file = std::getenv("FAULT_COUNT");
    if (file == nullptr) return;
    char text[32];
    const int size = std::snprintf(text, sizeof(text), "%lu", struck);
    const long out =
        syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    syscall(SYS_write, out, text, static_cast<std::size_t>(size));
    syscall(SYS_close, out);
  }
} teller;

}  // namespace

extern "C" {

ssize_t read(int descriptor, void* buffer, std::size_t size) {
  static const auto next = Next<decltype(&read)>("read");
  // A pipe has no place; then none is asked for.
  const long offset = lseek(descriptor, 0, SEEK_CUR);
  const int error = BeforeRead(descriptor, offset, "FAULT_READ", &size);
  if (error != 0) return Fail(error);
  return next(descriptor, buffer, size);
}

ssize_t pread(int descriptor, void* buffer, std::size_t size, off_t offset) {
  static const auto next = Next<decltype(&pread)>("pread");
  const int error = BeforeRead(descriptor, offset, "FAULT_PREAD", &size);
  if (error != 0) return Fail(error);
  return next(descriptor, buffer, size, offset);
}

int poll(pollfd* wanted, nfds_t count, int timeout) {
  static const auto next = Next<decltype(&poll)>("poll");
  if (Is("FAULT_READ", "eintr") && count > 0 && IsTarget(wanted->fd) &&
      ++calls % 2 == 0) {
    return Fail(EINTR);
  }
  return next(wanted, count, timeout);
}

ssize_t write(int descriptor, const void* buffer, std::size_t size) {
  static const auto next = Next<decltype(&write)>("write");
  if (!IsWritten(descriptor)) return next(descriptor, buffer, size);
  if (Is("FAULT_WRITE", "eintr") && ++calls % 2 == 1) return Fail(EINTR);
  if (Is("FAULT_WRITE", "short") && size > kShort) {
    ++struck;
    size = kShort;
  }
  const long full = ByteOf("FAULT_WRITE", "enospc");
  if (full >= 0) {
    const std::size_t left = static_cast<std::size_t>(full) - bytes_written;
    if (left == 0) return Fail(ENOSPC);
    size = std::min(size, left);
  }
  const ssize_t written = next(descriptor, buffer, size);
  if (written > 0) bytes_written += static_cast<std::size_t>(written);
  return written;
}

int close(int descriptor) {
  static const auto next = Next<decltype(&close)>("close");
  const bool fails = Is("FAULT_CLOSE", "enospc") && IsWritten(descriptor);
  const int closed = next(descriptor);
  return fails ? Fail(ENOSPC) : closed;
}

int open(const char* path, int flags, ...) {
  static const auto next = reinterpret_cast<int (*)(const char*, int, ...)>(
      dlsym(RTLD_NEXT, "open"));
  const char* target = std::getenv("FAULT_PATH");
  if (Is("FAULT_OPEN", "emfile") && target != nullptr &&
      std::strcmp(path, target) == 0) {
    return Fail(EMFILE);
  }
  std::va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & O_CREAT) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  return next(path, flags, mode);
}

std::size_t fwrite(const void* buffer, std::size_t size, std::size_t count,
                   FILE* file) {
  static const auto next = Next<decltype(&fwrite)>("fwrite");
  if (file != stdout || !Is("FAULT_PRINT", "enospc")) {
    return next(buffer, size, count, file);
  }
  ++struck;
  const std::size_t written = next(buffer, size, count / 2, file);
  errno = ENOSPC;
  return written;
}

}  // extern "C"
