# SPDX-License-Identifier: Apache-2.0
# Sourced behind prepare.sh by scripts that compile libraries from the source
# packages of this release, below build/sources. They set `log`, and
# `architecture`, if it is another than this machine's.

# shellcheck shell=bash disable=SC2154
sources_folder=$here/build/sources

# get_packages TYPE PACKAGE...: into the folder $fetched, deb or deb-src of this
# release, for any architecture, by lists of its own: the system's stay as they
# are, and nothing is installed.
get_packages() {
  local type=$1 codename
  shift
  # shellcheck source=/dev/null
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  fetched=$(mktemp -d)
  mkdir -p "$fetched/lists/partial" "$fetched/parts"
  cat >"$fetched/parts/of-this-release.sources" <<LIST
Types: $type
URIs: http://deb.debian.org/debian
Suites: $codename
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
LIST
  local apt=(apt-get -qq -o Dir::Etc::SourceList=/dev/null
    -o Dir::Etc::SourceParts="$fetched/parts"
    -o Dir::State::Lists="$fetched/lists"
    -o APT::Architectures::="${architecture:-$(dpkg --print-architecture)}" -o APT::Sandbox::User=root)
  local get=(download)
  [ "$type" = deb ] || get=(source --download-only)
  (cd "$fetched" && "${apt[@]}" update && "${apt[@]}" "${get[@]}" "$@") \
    >>"$log" 2>&1 || fail "these packages could not be had: $*"
}

# get_source NAME: the source of a package, as its authors gave it, into
# $sources_folder/NAME, unless it is there.
get_source() {
  local folder=$sources_folder/$1
  [ ! -e "$folder" ] || return 0
  get_packages deb-src "$1"
  mkdir -p "$folder.part"
  tar -xf "$fetched/$1"_*.orig.tar.* -C "$folder.part" --strip-components=1
  rm -rf "$fetched"
  mv "$folder.part" "$folder"
}
