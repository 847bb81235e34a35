# SPDX-License-Identifier: Apache-2.0
# Sourced by logdiag.sh and test.sh, which set `here`: chooses where to build,
# installs what is missing, builds. What the tools say goes to a log; people
# read a few lines on stderr, and none when there is nothing to do.

# shellcheck shell=bash disable=SC2034,SC2154
build_packages=(build-essential cmake ninja-build pkg-config libre2-dev
  libboost-date-time-dev libfmt-dev libcli11-dev libyaml-cpp-dev
  nlohmann-json3-dev libsimdjson-dev libarchive-dev zlib1g-dev libbz2-dev
  liblzma-dev libzstd-dev liblz4-dev)
static_packages=(nettle-dev) # of which only a static binary takes something
test_packages=(libgtest-dev busybox cmark-gfm curl mandoc python3
  python3-jsonschema python3-yaml shellcheck strace)
packages=("${build_packages[@]}") # what this run needs

# What the build reads. Folders count as well: their time tells that a file
# came or went.
sources=(analyzer cmake packaging/collect.sh patterns reports CMakeLists.txt
  CMakePresets.json)

say() { printf 'logdiag: %s\n' "$*" >&2; }

# 125 as of env and timeout: not an exit code of what was to be run.
give_up() {
  say "$@"
  exit 125
}

fail() {
  say "$1; the last lines of $log:"
  tail -n 20 "$log" >&2
  exit 125
}

interactive() { [ -t 2 ] && [ "${CI:-false}" = false ]; }

starts() { [ -x "$1" ] && "$1" --version >/dev/null 2>&1 </dev/null; }

# CMake asks CXX only, as there is no C here; CC alone means its sibling.
if [ -n "${CC:-}" ] && [ -z "${CXX:-}" ]; then
  case $CC in
    *clang*) export CXX="${CC%clang*}clang++${CC##*clang}" ;;
    *gcc*) export CXX="${CC%gcc*}g++${CC##*gcc}" ;;
  esac
fi
wanted_compiler="${CXX:-}|${CXXFLAGS:-}|${LDFLAGS:-}"

# The compiler that `directory` was configured for.
configured_compiler() {
  local line='||'
  [ ! -e "$directory/.configured" ] ||
    IFS= read -r line <"$directory/.configured" || true
  printf -v "$1" '%s' "$line"
}

can_write() {
  local path=$1
  while [ ! -e "$path" ]; do path=${path%/*}; done
  [ -w "$path" ] && { [ ! -e "$1/.ninja_log" ] || [ -w "$1/.ninja_log" ]; }
}

# choose_directory PRESET: sets `directory`, in the checkout or, where that
# cannot be written, in the user's cache.
choose_directory() {
  directory=$here/build/$1
  can_write "$directory" && return
  local cache=${XDG_CACHE_HOME:-~/.cache} sum
  sum=$(printf '%s' "$here" | cksum)
  directory=$cache/logdiag/${sum%% *}/$1
}

# Whether the logdiag in `directory` is younger than its sources. The time that
# counts is that of the build's start, so that no edit during it is missed.
is_current() {
  local built=$directory/.built compiler newer
  [ -x "$directory/logdiag" ] || return 1
  [ -e "$built" ] || built=$directory/logdiag
  configured_compiler compiler
  [ "$compiler" = "$wanted_compiler" ] || return 1
  newer=$(find "${sources[@]/#/$here/}" ! -name '*.md' -newer "$built" \
    -print -quit 2>/dev/null) && [ -z "$newer" ]
}

# A change of the system's packages can take away a library that it needs.
still_starts() {
  local status=${DPKG_ADMINDIR:-/var/lib/dpkg}/status
  [ "$status" -nt "$directory/.built" ] || return 0
  starts "$directory/logdiag" && touch "$directory/.built"
}

# follow WORD: copies stdin to the log and tells how far apt or ninja is.
follow() {
  local line step=0 steps=0 quarter=0
  while IFS= read -r line; do
    printf '%s\n' "$line" >>"$log"
    case $line in
      *'globbed directories'* | *'Re-running CMake'*) continue ;;
      'Unpacking '* | 'Setting up '*) step=$((step + 1)) ;;
      *)
        if [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then
          step=${BASH_REMATCH[1]} steps=${BASH_REMATCH[2]}
        elif [[ $line =~ ([0-9]+)\ newly\ installed ]]; then
          steps=$((2 * BASH_REMATCH[1])) # each is unpacked and set up
        fi
        ;;
    esac
    if [ "$step" -eq 0 ] || [ "$steps" -eq 0 ]; then continue; fi
    if [ -z "$announced" ]; then
      announced=1
      say "building what changed (log: $log)"
    fi
    if interactive; then
      printf '\rlogdiag: %s, step %d of %d\033[K' "$1" "$step" "$steps" >&2
    elif [ "$steps" -ge 20 ] && [ $((4 * step / steps)) -gt "$quarter" ] &&
      [ "$step" -lt "$steps" ]; then
      quarter=$((4 * step / steps))
      say "$1, $((25 * quarter)) %"
    fi
  done
  if [ "$step" -gt 0 ] && interactive; then printf '\r\033[K' >&2; fi
}

# install_missing PACKAGE...: installs those that are not there, with apt.
install_missing() {
  local installed package missing=() as_root=()
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    # Not Debian: what is there has to do, and CMake tells what is missing.
    command -v cmake >/dev/null && command -v ninja >/dev/null && return
    give_up "there is no apt-get here; install a C++20 compiler, CMake 3.22," \
      "Ninja, pkg-config, RE2, Boost, fmt, CLI11, yaml-cpp, nlohmann-json," \
      "simdjson, libarchive, zlib, bzip2, xz (liblzma), zstd and lz4," \
      "then try again"
  fi
  # It fails if it does not know one, and tells of the others all the same.
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" \
    2>/dev/null) || true
  for package in "$@"; do
    [[ $'\n'$installed$'\n' == *$'\n'"installed $package"$'\n'* ]] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local by_hand="apt-get install --no-install-recommends ${missing[*]}"
  if [ "$EUID" -ne 0 ]; then
    command -v sudo >/dev/null ||
      give_up "neither root nor sudo here; let root run: $by_hand"
    as_root=(sudo)
    interactive || as_root+=(-n)
  fi
  say "installing with apt-get, once, about a minute: ${missing[*]}" \
    "(log: $log)"
  announced=1
  as_root+=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C apt-get -q -y
    -o DPkg::Lock::Timeout=300)
  # Old package lists may do: whether they did is told by the next command.
  "${as_root[@]}" update </dev/null >>"$log" 2>&1 || true
  "${as_root[@]}" install --no-install-recommends "${missing[@]}" \
    </dev/null 2>&1 | follow installing
  [ "${PIPESTATUS[0]}" -eq 0 ] ||
    fail "could not install; try as root: $by_hand"
}

# configure PRESET SECONDS: unless it is configured for this place and compiler.
configure() {
  local place compiler cores
  configured_compiler compiler
  place=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' \
    "$directory/CMakeCache.txt" 2>/dev/null) || true
  [ -f "$directory/build.ninja" ] && [ "$place" -ef "$here" ] &&
    [ "$compiler" = "$wanted_compiler" ] && return
  cores=$(nproc 2>/dev/null || echo 1)
  say "building, once, about $(($2 / cores / 60 + 1)) minutes (log: $log)"
  announced=1
  # If this fails, that of another place must not look like the outcome.
  rm -rf "$directory/build.ninja" "$directory/CMakeCache.txt" \
    "$directory/CMakeFiles"
  (cd "$here/" && cmake --preset "$1" -B "$directory") \
    </dev/null >>"$log" 2>&1 || fail "CMake could not configure the build"
  printf '%s\n' "$wanted_compiler" >"$directory/.configured"
}

# update PRESET SECONDS [TARGET]: brings `directory` up to date, with `packages`;
# SECONDS of one core make it from nothing.
update() {
  local preset=$1 seconds=$2
  shift 2
  announced=
  mkdir -p "$directory" 2>/dev/null ||
    give_up "neither $here/build nor $directory can be written;" \
      "set XDG_CACHE_HOME to a folder that can"
  log=$directory/prepare.log
  if command -v flock >/dev/null; then
    exec 9>"$directory/.lock"
    flock -n 9 || {
      say "waiting for another build in $directory"
      flock 9
    }
  fi
  : >"$log"
  : >"$directory/.begun"
  install_missing "${packages[@]}"
  configure "$preset" "$seconds"
  # Ninja goes by the age of files and would keep one that cannot run.
  [ ! -e "$directory/logdiag" ] || starts "$directory/logdiag" ||
    ninja -C "$directory" -t clean >>"$log" 2>&1
  ninja -C "$directory" "$@" </dev/null 2>&1 | follow building
  [ "${PIPESTATUS[0]}" -eq 0 ] || fail "the build failed"
  mv "$directory/.begun" "$directory/.built"
}
