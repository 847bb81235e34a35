#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs ComfyUI (or another program of a pod) so that its end can be explained:
# keeps what it prints, with a stamp a line, and how it ended.
#
#   start.sh                             runs: python main.py --listen
#   start.sh python main.py --lowvram    runs what is given
#
# COMFYUI_LOG_DIR    where logs are kept; put it on a volume (/workspace/logs if
#                    there is a /workspace, else ./logs). One folder a program.
# COMFYUI_LOG_KEEP   how many starts are kept (5): comfyui-pod.log is the newest,
#                    comfyui-pod.1.log the one before
# CGROUP_ROOT        where control groups are mounted (/sys/fs/cgroup)
#
# Ends with the code of the program. Needs no more than sh, dd, tr, sed, awk.
set -u

usage='usage: sh start.sh [PROGRAM [ARGUMENT]...]
Without a program it runs: python main.py --listen
COMFYUI_LOG_DIR says where logs are kept, COMFYUI_LOG_KEEP how many starts.'
case ${1-} in
  -h | --help)
    printf '%s\n' "$usage"
    exit 0
    ;;
  -*)
    printf 'start.sh: "%s" is an option, and a program is needed\n%s\n' \
      "$1" "$usage" >&2
    exit 2
    ;;
esac
[ $# -gt 0 ] || set -- python main.py --listen

if [ -d /workspace ]; then logs=/workspace/logs; else logs=./logs; fi
logs=${COMFYUI_LOG_DIR:-$logs}
keep=${COMFYUI_LOG_KEEP:-5}
cgroup=${CGROUP_ROOT:-/sys/fs/cgroup}
log=$logs/comfyui-pod.log
nl='
'

case $keep in
  '' | *[!0-9]* | 0*)
    printf 'start.sh: COMFYUI_LOG_KEEP is "%s"; give a number from 1 on\n' \
      "$keep" >&2
    exit 2
    ;;
esac

# Not every date knows fractions of a second.
case $(date -u +%3N) in
  [0-9][0-9][0-9]) stamp_format=+%Y-%m-%dT%H:%M:%S.%3NZ ;;
  *) stamp_format=+%Y-%m-%dT%H:%M:%SZ ;;
esac

# say TEXT: a line of this script, in the log and on standard output; below the
# line of a program that has not ended its own.
say() {
  {
    below=
    [ -z "$(tail -c 1 "$log")" ] || below=$nl
    printf '%sstart.sh: %s\n' "$below" "$1"
    printf '%s%s start.sh: %s\n' "$below" "$(date -u "$stamp_format")" "$1" \
      >>"$log"
  } 2>/dev/null
}

# say_each: the same for each line of standard input.
say_each() {
  while IFS= read -r said; do [ -z "$said" ] || say "$said"; done
}

# end_after SECONDS PID: in the background; $watch is what to kill to call it off.
end_after() {
  (
    nap=
    trap 'kill $nap; exit' TERM
    sleep "$1" &
    nap=$!
    wait "$nap"
    kill -KILL "$2"
  ) >/dev/null 2>&1 &
  watch=$!
}

# bounded SECONDS COMMAND...: what it prints, and no longer than that. What waits
# for a broken card cannot even be killed, so only a shell is waited for.
bounded() {
  seconds=$1
  shift
  told=$1
  ! command -v timeout >/dev/null || set -- timeout -s KILL "$seconds" "$@"
  answer=$(mktemp "$temporary/start.XXXXXX") || return
  "$@" >"$answer" 2>&1 &
  asked=$!
  end_after $((seconds + 1)) "$asked"
  wait "$asked" 2>/dev/null ||
    printf '%s failed, or gave no answer for %s s\n' "$told" "$seconds" \
      >>"$answer"
  kill "$watch" 2>/dev/null
  head -n 40 "$answer"
  rm -f "$answer"
}

# --- the log ------------------------------------------------------------------

# runs_elsewhere: whether another of these scripts writes this log. The number of
# a process counts within its container only, whose name is the host's.
runs_elsewhere() {
  read -r pid host <"$owner" || return 1
  [ "$host" = "$(uname -n)" ] && [ "$pid" != $$ ] || return 1
  tr '\000' ' ' <"/proc/$pid/cmdline" | grep -q 'start\.sh'
} 2>/dev/null

# close_log: says in a log that has no end, and will never have one, that it has
# none. With its own last stamp: when it ended is not known, and the time of the
# next start would look like a silence of the program.
close_log() {
  ! tail -n 100 "$log" | grep -q 'start\.sh: .* exited with code' || return
  stamp=$(tail -c 65536 "$log" | tr '\r' '\n' |
    sed -n 's/^\([0-9]*-[0-9]*-[0-9]*T[0-9:.]*Z\) .*/\1 /p' | tail -n 1)
  unexplained=yes
  [ -z "$(tail -c 1 "$log")" ] || printf '\n' >>"$log"
  printf '%sstart.sh: this log has no end: %s\n' "$stamp" \
    'the script was ended with its program, or could not write' >>"$log"
} 2>/dev/null

rotate() {
  oldest=$((keep - 1))
  rm -f "$logs/comfyui-pod.$oldest.log"
  while [ "$oldest" -gt 1 ]; do
    newer=$logs/comfyui-pod.$((oldest - 1)).log
    [ ! -e "$newer" ] || mv -f "$newer" "$logs/comfyui-pod.$oldest.log"
    oldest=$((oldest - 1))
  done
  [ "$keep" -eq 1 ] || mv -f "$log" "$logs/comfyui-pod.1.log"
  true >"$log"
}

# keep_log: standard input, as it is to standard output, with stamps to the log.
# A progress bar is a line without end for minutes, and a kill takes whatever is
# in nobody's file yet; so pieces are written as they come, not line by line.
keep_log() {
  # What asks the program to stop must not end this before its last words; a
  # reader of standard output that leaves must not end it at all.
  trap '' HUP INT QUIT TERM PIPE
  # Bytes, whatever the program prints.
  LC_ALL=C
  export LC_ALL
  open=no
  failed=no
  while :; do
    # The x keeps the line feeds at the end, which $() takes off. No variable
    # can hold a NUL.
    piece=$(
      dd bs=65536 count=1 2>/dev/null | tr '\000' '?'
      printf x
    )
    piece=${piece%x}
    [ -n "$piece" ] || break
    printf '%s' "$piece" 2>/dev/null
    now=$(date -u "$stamp_format")
    if [ "$open" = yes ]; then stamp="2,\$s/^/$now /"; else stamp="s/^/$now /"; fi
    case $piece in *"$nl") open=no ;; *) open=yes ;; esac
    if ! { printf '%s' "$piece" | sed "$stamp" >>"$log"; } 2>/dev/null &&
      [ "$failed" = no ]; then
      failed=yes
      printf '\nstart.sh: cannot write %s; the program goes on\n' "$log" \
        2>/dev/null
    fi
  done
  [ "$open" = no ] || { printf '\n' | tee -a "$log"; } 2>/dev/null
}

# --- memory -------------------------------------------------------------------

# Within a container the mount shows the container's own group; on a host the
# path of the group stands in /proc.
memory_folder() {
  two=$(sed -n 's/^0:://p' /proc/self/cgroup 2>/dev/null)
  one=$(sed -n 's/^[0-9]*:\([^:]*,\)\{0,1\}memory\(,[^:]*\)\{0,1\}://p' \
    /proc/self/cgroup 2>/dev/null)
  for folder in "$cgroup$two" "$cgroup" "$cgroup/memory$one" "$cgroup/memory"; do
    if [ -r "$folder/memory.events" ] || [ -r "$folder/memory.failcnt" ]; then
      printf '%s\n' "$folder"
      return
    fi
  done
}

# levels: "name value" of limits and of what is in use.
levels() {
  for name in memory.max memory.high memory.swap.max memory.peak memory.current \
    memory.swap.current memory.limit_in_bytes memory.memsw.limit_in_bytes \
    memory.max_usage_in_bytes memory.usage_in_bytes; do
    [ -r "$memory/$name" ] || continue
    value=$(cat "$memory/$name" 2>/dev/null) || continue
    # Version 1 says "no limit" with the largest number that pages can have.
    case $value in 92233720368547?????) value=max ;; esac
    case $name=$value in
      memory.max=[0-9]* | memory.limit_in_bytes=[0-9]*)
        value="$value ($((value / 1048576)) MB)"
        ;;
    esac
    printf '%s %s\n' "$name" "$value"
  done
}

# events: "name count" of what happened at the limit.
events() {
  if [ -r "$memory/memory.events" ]; then
    cat "$memory/memory.events"
  elif [ -r "$memory/memory.failcnt" ]; then
    printf 'failcnt %s\n' "$(cat "$memory/memory.failcnt")"
    grep '^oom_kill ' "$memory/memory.oom_control"
  fi 2>/dev/null
}

# events_since BEFORE AFTER: the difference, count first ("2 oom_kill"). Counters
# go on counting when only the program is started again, and "oom_kill 2" is what
# a whole file says: logdiag would take it for kills of this start.
events_since() {
  printf '%s\n-\n%s\n' "$1" "$2" | awk '
    $0 == "-" { after = 1 }
    NF != 2 { next }
    !after { was[$1] = $2; next }
    { said = said sep ($2 - was[$1]) " " $1; sep = ", " }
    END { if (said) print said }'
}

# killed_for_memory SINCE: what SINCE, the events during this start, say of its
# end; nothing if the kernel does not count kills.
killed_for_memory() {
  case ", $1," in
    *', 0 oom_kill,'*) echo 'killed for memory: no' ;;
    *' oom_kill,'*)
      # Otherwise the kill was another process's, and this one lived on.
      [ "$code" -ne 137 ] || echo 'killed for memory: yes'
      ;;
  esac
}

# kernel_words: what the kernel says of kills, faults and the card; nothing where
# a container may not read it.
kernel_words() {
  dmesg 2>/dev/null |
    grep -iE 'out of memory|oom-kill|killed process|segfault|invalid opcode|xid'
}

# new_words BEFORE AFTER: the lines of AFTER below the last one of BEFORE.
new_words() {
  last=$(printf '%s\n' "$1" | tail -n 1)
  printf '%s\n' "$2" | last=$last awk '
    { lines[NR] = $0; if ($0 == ENVIRON["last"]) from = NR }
    END { for (i = from + 1; i <= NR; i++) if (lines[i] != "") print lines[i] }' |
    tail -n 20
}

# --- one start ----------------------------------------------------------------

temporary=${TMPDIR:-/tmp}
work=$(mktemp -d "$temporary/start.XXXXXX") || {
  printf 'start.sh: no folder for temporary files; set TMPDIR to one that %s\n' \
    'can be written' >&2
  exit 2
}
# Two ends of a pipe without a name: whoever kills this script leaves no file.
mkfifo "$work/pipe" || exit 2
# shellcheck disable=SC2094  # it is a pipe
exec 3<>"$work/pipe" 4<"$work/pipe" 5>"$work/pipe" 3>&-
rm -rf "$work"

owner=$logs/comfyui-pod.owner
unexplained=no
# Not with ":", whose failed redirection ends the shell.
if ! mkdir -p "$logs" 2>/dev/null || ! { true >>"$log"; } 2>/dev/null; then
  printf 'start.sh: cannot write %s, so no log is kept; %s\n' "$log" \
    'set COMFYUI_LOG_DIR to a folder that can be written' >&2
  log=/dev/null
elif runs_elsewhere; then
  printf 'start.sh: process %s writes %s already, so no log is kept; %s\n' \
    "$pid" "$log" 'set COMFYUI_LOG_DIR to another folder' >&2
  log=/dev/null
else
  echo $$ "$(uname -n)" >"$owner"
  if [ -s "$log" ]; then
    close_log
    rotate
  fi
fi

memory=$(memory_folder)
was=$(events)
kernel_was=$(kernel_words)
runs=$*
say "runs: $runs"
[ "$unexplained" = no ] ||
  say 'the log before this one has no end: see comfyui-pod.1.log'
levels | say_each
so_far=$(events_since '' "$was")
[ -z "$so_far" ] || say "memory events before this start: $so_far"
if command -v nvidia-smi >/dev/null; then
  bounded 15 nvidia-smi --query-gpu=name,memory.total,driver_version \
    --format=csv,noheader | say_each
fi

# Python keeps what it prints to itself when it writes to a pipe, and says
# nothing of a native crash, unless it is told otherwise.
export PYTHONUNBUFFERED="${PYTHONUNBUFFERED-1}"
export PYTHONFAULTHANDLER="${PYTHONFAULTHANDLER-1}"

# A shell starts what runs in the background deaf to INT, and a program that is
# born so stays so.
interrupt=INT
if env --default-signal=INT,QUIT true 2>/dev/null; then
  set -- env --default-signal=INT,QUIT "$@"
elif command -v python3 >/dev/null; then
  set -- python3 -c 'import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
signal.signal(signal.SIGQUIT, signal.SIG_DFL)
try:
    os.execvp(sys.argv[1], sys.argv[1:])
except OSError as error:
    print(f"env: {sys.argv[1]!r}: {error.strerror}", file=sys.stderr)
    sys.exit(126 if isinstance(error, PermissionError) else 127)' "$@"
else
  interrupt=TERM
fi

(
  # With exec: for a function alone, a shell keeps a copy of what it closes.
  exec 5>&-
  keep_log <&4
) &
keeper=$!
"$@" >&5 2>&1 4<&- 5>&- &
program=$!
exec 4<&- 5>&-

interrupted=no
# pass_on SIGNAL SENT: a stop that is never answered leaves this line as the last.
# shellcheck disable=SC2317  # traps call it
pass_on() {
  interrupted=yes
  say "asked to stop by SIG$1, passed on"
  kill -s "$2" "$program" 2>/dev/null
}
trap 'pass_on INT "$interrupt"' INT
trap 'pass_on TERM TERM' TERM
trap 'pass_on HUP HUP' HUP

# A shell tells on its standard error that a signal ended what it waited for.
exec 6>&2 2>/dev/null
wait "$program"
code=$?
# A signal ends the wait, not the program.
while [ "$interrupted" = yes ]; do
  interrupted=no
  wait "$program"
  again=$?
  # 127: the wait before had its code already.
  [ "$again" -eq 127 ] || code=$again
done
exec 2>&6 6>&-
ended=$(date -u "$stamp_format")
trap '' HUP INT TERM

# What the program left running may hold the pipe open for ever.
end_after 5 "$keeper"
wait "$keeper" 2>/dev/null
kill "$watch" 2>/dev/null

since=$(events_since "$was" "$(events)")
[ -z "$since" ] || say "memory events during this start: $since"
killed_for_memory "$since" | say_each
levels | say_each
new_words "$kernel_was" "$(kernel_words)" | say_each
signal=
if [ "$code" -gt 128 ] && [ "$code" -le 192 ]; then
  signal=$(kill -l $((code - 128)) 2>/dev/null)
fi
say "ended at $ended${signal:+ by SIG${signal#SIG}}"
case $runs in
  *main.py* | *[Cc]omfy*) who=ComfyUI ;;
  *) who='the program' ;;
esac
say "$who exited with code $code"
# Last: a card that is lost may take the whole bound, and whoever stops the
# container may not wait that long.
if command -v nvidia-smi >/dev/null; then
  bounded 15 nvidia-smi --query-gpu=memory.used,memory.total --format=csv |
    say_each
fi
exit "$code"
