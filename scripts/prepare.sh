# Sourced by logdiag.sh and test.sh: installs what is missing, builds a preset.
# Says what it does on stderr; silent when there is nothing to do.

build_packages=(build-essential cmake ninja-build pkg-config libre2-dev
  libboost-date-time-dev libfmt-dev libcli11-dev libyaml-cpp-dev
  nlohmann-json3-dev libsimdjson-dev)
test_packages=(libgtest-dev python3 python3-jsonschema python3-yaml)

say() { printf 'logdiag: %s\n' "$*" >&2; }

# install_missing PACKAGE...: installs those that are not there, with apt.
install_missing() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null |
      grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  say "installing ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
      say "not root and no sudo; install these first: ${missing[*]}"
      exit 1
    }
    as_root=(sudo)
  fi
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" >&2
}

# build_preset NAME [TARGET]: configures once, builds what changed.
build_preset() {
  local preset=$1 directory=build/$1
  shift
  if [ ! -f "$directory/build.ninja" ]; then
    say "configuring $directory"
    cmake --preset "$preset" >&2
  fi
  # A dry run always re-checks the lists of source files, which is no work.
  local planned
  planned=$(ninja -C "$directory" -n "$@" | grep '^\[' | grep -v 'globbed') ||
    true
  if [ -n "$planned" ]; then
    say "building $directory"
    ninja -C "$directory" "$@" >&2
    return
  fi
  local output
  output=$(ninja -C "$directory" "$@" 2>&1) || {
    printf '%s\n' "$output" >&2
    exit 1
  }
}
