#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Gathers, on a pod or its host, what settles why a program died without a word,
# into one .tar.gz. Reads only; no step uses the network, and none asks.
#
#   sh collect.sh [-o FOLDER] [-c COMFYUI_FOLDER] [CONTAINER]
#
#   CONTAINER  also what Docker knows of this container (on the host)
#   -o         where the archive goes (here)
#   -c         where ComfyUI is (the usual places are looked at)
#
# COLLECT_SECONDS    the longest that a step may take (20)
# COLLECT_BYTES      the most that is kept of a step, its end (2097152)
# CGROUP_ROOT        where control groups are mounted (/sys/fs/cgroup)
#
# A step that fails is recorded in MANIFEST and stops nothing. Ends with 0, with 2
# after a bad command line, with 3 if nothing can be written.
set -u
umask 077

case $0 in
  logdiag*) me='logdiag collect --run' ;;
  *) me='sh collect.sh' ;;
esac
usage="usage: $me [-o FOLDER] [-c COMFYUI_FOLDER] [CONTAINER]"
target=.
comfyui=
cgroup=${CGROUP_ROOT:-/sys/fs/cgroup}
seconds=${COLLECT_SECONDS:-20}
limit=${COLLECT_BYTES:-2097152}
tab=$(printf '\t')

tell() { printf 'collect.sh: %s\n' "$*" >&2; }

refuse() {
  tell "$1"
  tell "$usage"
  exit 2
}

# Options stand before the container or behind it.
container=
while [ $# -gt 0 ]; do
  [ "$1" != --help ] || set -- -h
  OPTIND=1
  while getopts o:c:h option; do
    case $option in
      o) target=$OPTARG ;;
      c) comfyui=$OPTARG ;;
      h)
        printf '%s\n' "$usage"
        exit 0
        ;;
      *) refuse 'an option that it does not know, or one without its value' ;;
    esac
  done
  shift $((OPTIND - 1))
  [ $# -gt 0 ] || break
  [ -z "$container" ] || refuse "one container at a time, not $container and $1"
  container=$1
  shift
done
[ -z "$comfyui" ] || [ -d "$comfyui" ] || refuse "-c: $comfyui is no folder"
case $container in
  -* | *[!A-Za-z0-9_.-]*) refuse "\"$container\" is no name of a container" ;;
esac
for number in "$seconds" "$limit"; do
  case $number in
    '' | *[!0-9]* | 0*)
      refuse "COLLECT_SECONDS and COLLECT_BYTES are numbers from 1 on, not \"$number\""
      ;;
  esac
done

name=logdiag-$(date -u +%Y%m%dT%H%M%SZ)
work=$(mktemp -d "${TMPDIR:-/tmp}/collect.XXXXXX" 2>/dev/null) ||
  work=$(mktemp -d "$target/collect.XXXXXX" 2>/dev/null) || {
  tell "neither ${TMPDIR:-/tmp} nor $target can be written (is the disk full, or" \
    'read-only?); set TMPDIR to a folder that can, and name one with -o'
  exit 3
}
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
archive=$target/$name.tar.gz
# Before minutes are spent on what could not be kept. Not with ":", whose failed
# redirection ends the shell.
{ true >"$archive"; } 2>/dev/null || {
  tell "cannot write $archive; name a folder that can be written, for example" \
    "$me -o /tmp"
  exit 3
}
folder=$work/$name
mkdir "$folder"
manifest=$folder/MANIFEST

# --- what is hidden -----------------------------------------------------------

names='[Pp]assword|PASSWORD|[Pp]asswd|PASSWD|[Ss]ecret|SECRET|[Tt]oken|TOKEN'
names="$names|[Aa]pi[_-]?[Kk]ey|API[_-]?KEY|[Aa]ccess[_-]?[Kk]ey|ACCESS[_-]?KEY"
names="$names|[Cc]redential|CREDENTIAL"

# redact: a coarse net. It knows the usual shapes and names of secrets; what looks
# like none of them passes. "tokens" and "tokenizer" are no names of secrets.
redact() {
  LC_ALL=C sed -E \
    -e '/-----BEGIN [A-Z ]*PRIVATE KEY-----/,/[^A-Za-z0-9+\/=]/s/.*/[hidden]/' \
    -e 's/(hf_|sk-|rpa_|r8_|gh[opsur]_|github_pat_|glpat-|npm_|xox[abeprs]-|pypi-)[A-Za-z0-9_-]{10,}/\1[hidden]/g' \
    -e 's/(AKIA|ASIA|AIza)[A-Za-z0-9_-]{12,}/\1[hidden]/g' \
    -e 's/eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_.-]+/[hidden]/g' \
    -e 's/([Bb]earer|BEARER|[Bb]asic) +[A-Za-z0-9._~+\/=-]{8,}/\1 [hidden]/g' \
    -e 's/([Aa]uthorization|AUTHORIZATION|[Cc]ookie)("?[:=] *"?)[^"]+/\1\2[hidden]/g' \
    -e 's#(://[^/:@ ]*):[^/@ ]+@#\1:[hidden]@#g' \
    -e "s/(($names)([_-][A-Za-z0-9_-]*)?)(\\\\?[\"']? *[:=] *)(\\\\?\"[^\"]*\"|'[^']*'|[^]\"' ,;&}[][^\"' ,;&}]*)/\\1\\4[hidden]/g" \
    -e "s/(--?[A-Za-z0-9_-]*($names)([_-][A-Za-z0-9_-]*)?) +[^ -][^ ]*/\\1 [hidden]/g" \
    -e 's#^[A-Za-z0-9+/=]{64,}$#[hidden]#'
}

# hide_environment: docker inspect without the values of the environment. A list
# that is written in another way than expected is left out as a whole.
hide_environment() {
  awk '
    /"Env": *\[ *$/ { inside = 1; print; next }
    inside && /^ *\],? *$/ { inside = 0 }
    inside { sub(/=.*$/, "=[hidden]\"" (/,$/ ? "," : "")) }
    !inside && /"Env":/ && !/"Env": *(null|\[ *\])/ {
      print "[a line with the environment is left out]"; next
    }
    { print }'
}

# --- steps --------------------------------------------------------------------

# end_after SECONDS FILE PID: kills what FILE names, then the shell that waits for
# it: what waits for a broken card or a lost volume cannot be killed.
end_after() {
  (
    nap=
    trap 'kill $nap; exit' TERM
    sleep "$1" &
    nap=$!
    wait "$nap"
    kill -KILL "$(cat "$2")"
    sleep 1 &
    nap=$!
    wait "$nap"
    kill -KILL "$3"
  ) >/dev/null 2>&1 &
  watch=$!
}

# record FILE CODE COMMAND: a line of the manifest.
record() {
  bytes=$(($(wc -c <"$folder/$1")))
  sum=-
  ! command -v sha256sum >/dev/null ||
    sum=$(sha256sum <"$folder/$1" | sed 's/ .*//')
  printf '%s\t%s\t%s\t%s\t%s\n' "$1" "$3" "$2" "$bytes" "$sum" >>"$manifest"
}

# step FILE COMMAND...: runs it, keeps the end of what it prints, hides secrets.
# $filter names what else must not be seen in it.
filter='cat'
step() {
  file=$1
  shift
  shown=$(printf '%s ' "$@" | tr '\n\t' '  ' | redact | sed 's/ *$//')
  rm -f "$work/raw" "$work/code" "$work/pid"
  if command -v "$1" >/dev/null 2>&1; then
    began=$(date +%s)
    # timeout ends what the command has started, too.
    ! command -v timeout >/dev/null || set -- timeout -s KILL "$seconds" "$@"
    {
      {
        # shellcheck disable=SC2016  # for the shell that becomes the command
        sh -c 'echo $$ >"$0"; exec "$@"' "$work/pid" "$@" </dev/null 2>&1
        echo $? >"$work/code"
      } | tail -c $((limit + 1)) >"$work/raw"
    } >/dev/null 2>&1 &
    waiter=$!
    end_after $((seconds + 1)) "$work/pid" "$waiter"
    wait "$waiter" 2>/dev/null
    kill "$watch" 2>/dev/null
    code=$(cat "$work/code" 2>/dev/null) || code=
    [ $(($(date +%s) - began)) -lt "$seconds" ] || code=124
    [ -n "$code" ] || code=124
  else
    echo "$1 is not here" >"$work/raw"
    code=127
  fi
  [ -e "$work/raw" ] || : >"$work/raw"
  {
    if [ "$(wc -c <"$work/raw")" -gt "$limit" ]; then
      # The line that was cut may begin within a secret.
      echo "[only the last $limit bytes are kept]"
      sed 1d "$work/raw"
    else
      cat "$work/raw"
    fi
    [ "$code" -ne 124 ] || echo "[ended after $seconds s]"
  } | "$filter" | redact >"$folder/$file"
  record "$file" "$code" "$shown"
}

# keep_file FILE PATH: the end of a file.
keep_file() { step "$1" tail -c $((limit + 1)) "$2"; }

printf 'file\tcommand\texit code\tbytes\tsha256\n' >"$manifest"

# --- the machine ---------------------------------------------------------------

step date.txt date -u
step uname.txt uname -a
step os-release.txt cat /etc/os-release
step uptime.txt uptime
step boots.txt last -x reboot
step free.txt free -m
step meminfo.txt cat /proc/meminfo
step df.txt df -h
step shm.txt df -h /dev/shm
step limits.txt cat /proc/self/limits
step lscpu.txt lscpu
# Without arguments: they hold what was typed.
step processes.txt ps -eo pid,ppid,stat,wchan:30,rss,etime,comm

# counters FILE PID: the memory counters of the groups that a process is in, of
# both versions. A container sees its own at the root of the mount.
counters() {
  # shellcheck disable=SC2016  # for the shell that is started
  step "$1" sh -c '
    two=$(sed -n "s/^0:://p" "/proc/$2/cgroup")
    one=$(sed -n "s/^[0-9]*:\([^:]*,\)\{0,1\}memory\(,[^:]*\)\{0,1\}://p" \
      "/proc/$2/cgroup")
    seen=" "
    for folder in "$1$two" "$1" "$1/memory$one" "$1/memory"; do
      folder=${folder%/}
      case $seen in *" $folder "*) continue ;; esac
      seen="$seen$folder "
      for file in "$folder"/memory.* "$folder"/pids.*; do
        case $file in
          */memory.reclaim | */memory.force_empty | */memory.pressure_level | \
            */memory.numa_stat | */memory.kmem.slabinfo | *"*") continue ;;
        esac
        [ -r "$file" ] && sed "s|^|$file: |" "$file"
      done
    done
    cat "/proc/$2/cgroup"' counters "$cgroup" "$2"
}
# Beside a container, the group of this shell says nothing.
[ -n "$container" ] || counters cgroup.txt self

# --- the kernel ------------------------------------------------------------------

# shellcheck disable=SC2016  # for the shell that is started
step kernel.txt sh -c \
  'dmesg -T 2>/dev/null || dmesg 2>&1 || journalctl -k --no-pager -n 20000'

# --- the card --------------------------------------------------------------------

step nvidia-smi.txt nvidia-smi
step nvidia-smi-q.txt nvidia-smi -q
step nvidia-processes.txt nvidia-smi --query-compute-apps=pid,used_memory \
  --format=csv
step nvidia-driver.txt cat /proc/driver/nvidia/version

# --- ComfyUI and its Python -----------------------------------------------------

if [ -z "$comfyui" ]; then
  for place in . ./ComfyUI /workspace/ComfyUI /ComfyUI /opt/ComfyUI /app/ComfyUI \
    /root/ComfyUI "${HOME:-/root}/ComfyUI"; do
    if [ -d "$place/user" ] && [ -e "$place/main.py" ]; then
      comfyui=$place
      break
    fi
  done
fi
python=python
command -v python >/dev/null 2>&1 || python=python3
for place in "$comfyui"/venv "$comfyui"/.venv /workspace/venv /opt/venv; do
  if [ -x "$place/bin/python" ]; then
    python=$place/bin/python
    break
  fi
done
# pip looks for a newer one of itself unless it is told not to.
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INDEX=1
step python.txt "$python" -c 'import sys; print(sys.version); print(sys.executable)'
step torch.txt "$python" -c \
  'import torch; print(torch.__version__, torch.version.cuda)'
step pip-list.txt "$python" -m pip list

found=no
for log in "$comfyui"/user/comfyui*.log "${COMFYUI_LOG_DIR:-/workspace/logs}"/comfyui-pod*.log; do
  [ -f "$log" ] || continue
  found=yes
  keep_file "log-${log##*/}" "$log"
done
[ "$found" = yes ] ||
  tell 'no log of ComfyUI found (user/comfyui*.log); name its folder with -c'

# --- Docker ----------------------------------------------------------------------

if [ -n "$container" ]; then
  # The client may be set to another machine; that would be the network.
  step docker-context.txt docker context inspect \
    --format '{{.Endpoints.docker.Host}}'
  case ${DOCKER_HOST:-$(head -n 1 "$folder/docker-context.txt")} in
    tcp:* | ssh:* | http:* | https:*)
      echo 'The Docker client is set to another machine; it was not asked.' \
        >"$folder/docker.txt"
      record docker.txt 1 'docker inspect'
      ;;
    *)
      filter=hide_environment
      step docker-inspect.json docker inspect "$container"
      filter='cat'
      step docker-events.txt docker events --since 24h --until "$(date +%s)" \
        --filter "container=$container"
      step docker-log.txt docker logs -t --tail 20000 "$container"
      pid=$(sed -n 's/^ *"Pid": *\([1-9][0-9]*\),*$/\1/p' \
        "$folder/docker-inspect.json" | head -n 1)
      [ -z "$pid" ] || counters docker-cgroup.txt "$pid"
      ;;
  esac
fi

# --- the archive -----------------------------------------------------------------

printf '%s\n' \
  'MANIFEST lists the files: file, command, exit code, bytes, sha256, with tabs' \
  'between them. 124: ended for time; 127: the command is not here.' \
  'Secrets were hidden with a coarse net: the usual shapes of tokens, values that' \
  'are named password, token and the like, the environment of the container.' \
  'Something may have passed it. Look through the files before you send them on.' \
  '' 'All of it is read as one case:' "  logdiag --case $name.tar.gz" \
  >"$folder/README.txt"

if ! { (cd "$work" && tar -cf all.tar "$name") &&
  gzip -9 <"$work/all.tar" >"$archive"; } 2>"$work/why"; then
  tell "cannot write $archive: $(head -n 1 "$work/why");" \
    'make room, or name another folder with -o'
  rm -f "$archive"
  exit 3
fi
# without REGEX: the files of the steps whose exit code is like that.
without() {
  awk -F "$tab" -v code="$1" 'NR > 1 && $3 ~ code { printf " %s", $1 }' "$manifest"
}
absent=$(without '^127$')
failed=$(without '^([1-9]|[1-9][0-9]|1[0-13-9][0-9]|12[0-689])$')
late=$(without '^124$')
tell "$(($(wc -l <"$manifest") - 1)) steps${absent:+; not on this machine:$absent}"
[ -z "$failed" ] || tell "refused or failed:$failed"
[ -z "$late" ] || tell "ended for time:$late"
case " $failed$late$absent " in
  *' docker-inspect.json '*)
    tell "Docker was not reached, or has no container \"$container\""
    ;;
esac
tell 'secrets were hidden with a coarse net only, so look before you send it'
tell "give it to logdiag as it is: logdiag --case $archive"
printf '%s\n' "$archive"
