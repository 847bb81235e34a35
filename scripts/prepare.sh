# Sourced by logdiag.sh and test.sh: installs what is missing, builds a preset.
# Says what it does on stderr; silent when there is nothing to do.

build_packages=(build-essential cmake ninja-build pkg-config libre2-dev
  libboost-date-time-dev libfmt-dev libcli11-dev libyaml-cpp-dev
  nlohmann-json3-dev libsimdjson-dev)
test_packages=(libgtest-dev python3 python3-jsonschema python3-yaml cmark-gfm)

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
  # Ninja talks even when there is nothing to do; a dry run cannot tell.
  ninja -C "$directory" "$@" 2>&1 | awk -v heading="building $directory" '
    /Entering directory|globbed directories|no work to do/ { next }
    !said++ { print "logdiag: " heading }
    { print; fflush() }' >&2
}
