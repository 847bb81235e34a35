# SPDX-License-Identifier: Apache-2.0
"""The ways in which metamorphic.py changes a log, each with what may follow.

A kind has a `name`, `what` it does, what it `expects`, `count` variants a log,
and says of a log whether it `fits`, `make`s a variant (None: there is none), and
names the `breach`, "" if there is none. The verdict is outcome and cause.
"""

import datetime
import json
import re

# docker and RunPod: nanoseconds, at the start of each line.
STAMP = re.compile(rb"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{9})Z ")
# What belongs to the line before it: frames, code, the rest of a message.
CONTINUED = re.compile(rb"^(?:\s|\||\+-|Traceback|$|During handling|The above)")
# Words that stand alone, and in no log of the fixtures.
NOISE = [
    b'203.0.113.9 - - "GET /healthz HTTP/1.1" 200 12 "-" "probe/1.0"',
    b"CRON[4711]: (root) CMD (test -x /usr/sbin/anacron)",
    b"postfix/qmgr[88]: 3F1A2: removed",
    b"sshd[912]: Connection closed by 203.0.113.9 port 50122 [preauth]",
    b"vector: component_id=out message=flushed batch events=12",
]
# What the words of an ending are worth, when it is asked whether it got worse.
NOTHING_FAILED = {"completed", "ready", "cut"}
WORDS = ["unknown", "possible", "likely", "established"]


def lines(data):
    """With their line feeds."""
    return data.splitlines(keepends=True) if b"\r" not in data else [
        part for part in re.split(rb"(?<=\n)", data) if part]


def bare(line):
    """A line without docker's stamp."""
    return STAMP.sub(b"", line)


def stamped(log):
    return all(STAMP.match(line) for line in lines(log.data))


def shown(verdict):
    return " ".join(verdict)


def changed(log, got):
    """The breach, if nothing may change."""
    if got is None:
        return f"{shown(log.verdict)} -> no report"
    if got.verdict != log.verdict:
        return f"{shown(log.verdict)} -> {shown(got.verdict)}"
    return ""


class Kind:
    name = what = expects = ""
    count = 1
    # Logs of the fixtures that break the expectation, by a fault that is known:
    # they are told of, and are no news.
    known = {}

    def fits(self, log):
        return True

    def make(self, log, dice):
        raise NotImplementedError

    def breach(self, log, got):
        return changed(log, got)


class CrLf(Kind):
    name, what = "crlf", "every line ends in CR LF"
    expects = "Nothing may change: no program means anything by it"

    def make(self, log, dice):
        return re.sub(rb"(?<!\r)\n", b"\r\n", log.data)


class NoLastFeed(Kind):
    name, what = "no-last-feed", "the last line feed is cut off"
    expects = ("Nothing may change but by the last line: an open bar at the end "
               "of a log tells where it stood")

    def fits(self, log):
        return log.data.endswith(b"\n") and b"\r" not in lines(log.data)[-1]

    def make(self, log, dice):
        return log.data[:-1]


def loose_lines(log):
    """Numbers (from 0) of lines on which nothing of the report stands and that
    are no part of a message of several lines. The first line may name the
    columns of a table."""
    rows = lines(log.data)
    loose = []
    for number, row in enumerate(rows):
        near = {number, number + 1, number + 2}  # from 1: before, it, behind
        if number == 0 or near & log.cited:
            continue
        around = rows[max(0, number - 1):number + 2]
        if any(CONTINUED.match(bare(other)) for other in around):
            continue
        loose.append(number)
    return loose


class DropUncited(Kind):
    name, what = "drop-uncited", "a line goes that the report does not stand on"
    expects = ("Nothing may change: the report names every line that it needs "
               "(lines next to those, and parts of messages of several lines, "
               "are left alone)")
    count = 12

    def make(self, log, dice):
        loose = loose_lines(log)
        if not loose:
            return None
        rows = lines(log.data)
        del rows[dice.choice(loose)]
        return b"".join(rows)


class DropCited(Kind):
    name, what = "drop-cited", "a line goes that the report stands on"
    expects = ("The verdict may change, for that line may be what it hangs on; "
               "there must be a report")
    count = 6

    def make(self, log, dice):
        rows = lines(log.data)
        cited = sorted(line for line in log.cited if line <= len(rows))
        if not cited or len(rows) < 2:
            return None
        del rows[dice.choice(cited) - 1]
        return b"".join(rows)

    def breach(self, log, got):
        return "" if got else "no report"


class DropEvidence(Kind):
    name, what = "drop-evidence", "all lines go that are evidence for the cause"
    expects = ("The verdict may change; if it is the same, no surer: what was "
               "there to be weighed is gone")

    def fits(self, log):
        return bool(log.evidence) and log.cause not in ("none", "unknown")

    def make(self, log, dice):
        rows = lines(log.data)
        return b"".join(row for number, row in enumerate(rows, 1)
                        if number not in log.evidence)

    def breach(self, log, got):
        if got is None:
            # Without it nothing may be left of a short log.
            return ""
        if got.cause == log.cause and (
                WORDS.index(got.confidence) > WORDS.index(log.confidence)):
            return (f"{log.cause} is {got.confidence} without its evidence, "
                    f"was {log.confidence}")
        return ""


class DoubleUncited(Kind):
    name, what = "double-uncited", "a line comes twice that nothing stands on"
    expects = "Nothing may change: it says nothing new"
    count = 6

    def make(self, log, dice):
        loose = loose_lines(log)
        if not loose:
            return None
        rows = lines(log.data)
        at = dice.choice(loose)
        if not rows[at].endswith(b"\n"):
            return None
        rows.insert(at, rows[at])
        return b"".join(rows)


class DoubleCited(Kind):
    name, what = "double-cited", "a line comes twice that the report stands on"
    expects = ("Starts, ends and prompts may count twice, so that outcomes may "
               "change; but where nothing failed nothing may fail, and a cause "
               "may not turn into another one. A prompt that came twice ended "
               "once, so that the other one may be stopped or hang")
    count = 6

    def make(self, log, dice):
        rows = lines(log.data)
        cited = sorted(line for line in log.cited if line <= len(rows)
                       and rows[line - 1].endswith(b"\n"))
        if not cited:
            return None
        at = dice.choice(cited) - 1
        rows.insert(at, rows[at])
        return b"".join(rows)

    def breach(self, log, got):
        if got is None:
            return "no report"
        if log.cause == "none" and got.cause not in ("none", "unknown") and (
                got.outcome not in ("interrupted", "hang")):
            return changed(log, got)
        if log.cause not in ("none", "unknown") and got.cause not in (
                log.cause, "none", "unknown"):
            return changed(log, got)
        return ""


class Swap(Kind):
    name, what = "swap", "two neighbours change places that nothing stands on"
    expects = "Nothing may change: threads print in any order"
    count = 6

    def fits(self, log):
        # Elsewhere the times would change places, too.
        return log.clock == "none" or stamped(log)

    def make(self, log, dice):
        loose = set(loose_lines(log))
        rows = lines(log.data)
        pairs = [at for at in loose if at + 1 in loose
                 and rows[at + 1].endswith(b"\n")]
        if not pairs:
            return None
        at = dice.choice(sorted(pairs))
        # The clock stays where it is.
        first, second = STAMP.match(rows[at]), STAMP.match(rows[at + 1])
        if bool(first) != bool(second):
            return None
        if first:
            rows[at], rows[at + 1] = (first[0] + bare(rows[at + 1]),
                                      second[0] + bare(rows[at]))
        else:
            rows[at], rows[at + 1] = rows[at + 1], rows[at]
        return b"".join(rows)


class Twice(Kind):
    name, what = "twice", "the log comes twice, as a careless paste has it"
    expects = ("The same cause, or none where there was one, or one where there "
               "was none, as deaths at the same point are evidence; the outcome "
               "may become a loop or a restart. A finished run or a proved hang is no death because a start "
               "follows: nobody died. Of a log that breaks off in mid-work it "
               "may be said that it died")

    known = {
        log: "lines of a start that stand before its first mark are taken for "
             "the work of the process before it"
        for log in ("dialects/wan2gp-pinning-fails/near-miss.log",
                    "dialects/wan2gp-safe-mode/pod.log",
                    "dialects/sd-webui-nan-in-unet/near-miss.log",
                    "process/endpoint-time-limit/pod.log")}

    def fits(self, log):
        return log.data.endswith(b"\n")

    def make(self, log, dice):
        return log.data + log.data

    def breach(self, log, got):
        if got is None:
            return "no report"
        if log.outcome in ("cut", "interrupted") or got.cause == log.cause:
            return ""
        if "unknown" in (got.cause, log.cause) and log.outcome not in (
                "completed", "ready", "hang"):
            return ""
        return changed(log, got)


class TwiceLater(Twice):
    name, what = "twice-later", "the log comes again a day later by its clock"

    def fits(self, log):
        return super().fits(log) and stamped(log)

    def make(self, log, dice):
        later = []
        for row in lines(log.data):
            stamp = STAMP.match(row)
            time = datetime.datetime.fromisoformat(stamp[1].decode())
            time += datetime.timedelta(days=1)
            later.append(time.isoformat().encode() + row[len(stamp[1]):])
        return log.data + b"".join(later)


def envelope_free(log):
    """A console as it was: no clock of its own, no prefixes."""
    return (log.clock == "none"
            and not log.rows[0]["source"].get("envelopes"))


class StampsAdded(Kind):
    name, what = "stamps-added", "docker's stamps before lines that had none"
    expects = ("Nothing may change but a hang or a slow run, whose proof may be "
               "that no clock contradicts it")

    def fits(self, log):
        return envelope_free(log)

    def make(self, log, dice):
        return b"".join(
            f"2026-01-31T06:{i // 600 % 60:02}:{i // 10 % 60:02}."
            f"{i % 10}00000001Z ".encode() + row
            for i, row in enumerate(lines(log.data)))

    def breach(self, log, got):
        return "" if log.outcome in ("hang", "slow") else changed(log, got)


class StampsRemoved(Kind):
    name, what = "stamps-removed", "docker's stamps go"
    expects = ("What an exception, an exit code or a sentence of the program "
               "proves stays; what the clock proves (hangs, slow runs, silent "
               "deaths, who gave up on whom) may become another outcome, but "
               "an error where nothing failed it may not")

    def fits(self, log):
        return stamped(log)

    def make(self, log, dice):
        return b"".join(bare(row) for row in lines(log.data))

    def breach(self, log, got):
        if log.outcome in NOTHING_FAILED and got and (
                got.outcome in NOTHING_FAILED):
            return ""
        if log.outcome in ("hang", "slow", "silent-restart", "crash-loop",
                           "interrupted"):
            return "" if got else "no report"
        return changed(log, got)


class Wrapped(Kind):
    """Docker's stamps told as another envelope tells them."""

    expects = ("Nothing may change: it says the same, at the same times. Lines "
               "of the platform and of the build, which no container prints, "
               "are not wrapped so")

    def __init__(self, name, what, wrap):
        self.name, self.what, self.wrap = name, what, wrap

    def fits(self, log):
        # system and build logs are not printed by a container.
        return stamped(log) and not re.search(
            rb"(?m)^\S+ (?:create container|start container|stop container|"
            rb"remove container|worker (?:is|exited)|#\d+ )", log.data)

    def make(self, log, dice):
        wrapped = []
        for row in lines(log.data):
            stamp = STAMP.match(row)
            text = row[stamp.end():]
            ended = text.endswith(b"\n")
            wrapped.append(self.wrap(stamp, text[:-1] if ended else text,
                                     ended))
        return b"".join(wrapped)


def time_of(stamp):
    return stamp[1] + b"." + stamp[2] + b"Z"


def json_file(stamp, text, ended):
    row = {"log": text.decode(errors="surrogateescape") + "\n" * ended,
           "stream": "stdout", "time": time_of(stamp).decode()}
    return json.dumps(row, ensure_ascii=False).encode(
        errors="surrogateescape") + b"\n"


def cri(stamp, text, ended):
    return time_of(stamp) + (b" stdout F " if ended else b" stdout P ") + (
        text + b"\n")


def kubectl(stamp, text, ended):
    return (b"[pod/comfy-0/main] " + time_of(stamp) + b" " + text
            + b"\n" * ended)


def compose(stamp, text, ended):
    return b"comfy-1  | " + time_of(stamp) + b" " + text + b"\n" * ended


def journald(stamp, text, ended):
    return (stamp[1] + b"." + stamp[2][:6] + b"+0000 pod comfyui[812]: "
            + text + b"\n")


class NewestFirst(Wrapped):
    """What consoles and exports show: the last line on top."""

    known = {
        log: "the fold compares line numbers, which fall here, as if they "
             "were times"
        for log in ("dialects/fooocus-disk-full/pod.log",
                    "environment/loop-of-two-import-errors/pod.log",
                    "lab/broken-stdout/near-miss.log",
                    "lab/wrapper-interrupted/pod.log",
                    "network/worker-imports-comfyui-twice/pod.log")}

    def __init__(self, name, what, wrap, head=b""):
        super().__init__(name, what, wrap)
        self.head = head

    def fits(self, log):
        # A line that its writer did not end runs into the next one.
        return super().fits(log) and log.data.endswith(b"\n")

    def make(self, log, dice):
        rows = [self.wrap(STAMP.match(row), bare(row).rstrip(b"\n"), True)
                for row in lines(log.data)]
        return self.head + b"".join(reversed(rows))


def docker(stamp, text, ended):
    return time_of(stamp) + b" " + text + b"\n" * ended


def export(stamp, text, ended):
    quoted = b'"' + text.replace(b'"', b'""') + b'"'
    return (stamp[1] + b"." + stamp[2][:3] + b"Z,m2x9c4kq7vd1tz,info,"
            + quoted + b"\n")


class Noise(Kind):
    name, what = "noise", "lines of other programs between those of the log"
    expects = ("Nothing may change: what another program prints is no sign of "
               "life of the work, and no trouble of it")
    count = 2

    def make(self, log, dice):
        rows = lines(log.data)
        out = []
        for number, row in enumerate(rows):
            # A message of several lines is left whole.
            whole = not CONTINUED.match(bare(row))
            if number and whole and out[-1].endswith(b"\n") and (
                    b"\r" not in row and dice.random() < 0.15):
                stamp = STAMP.match(row)
                out.append((stamp[0] if stamp else b"") + dice.choice(NOISE)
                           + b"\n")
            out.append(row)
        return b"".join(out)

    def fits(self, log):
        # Other envelopes have no place for a bare line.
        return stamped(log) or envelope_free(log)


class NoiseBehind(Noise):
    name, what = "noise-behind", "lines of other programs behind the log"
    expects = "Nothing may change: they say nothing of what ended before"
    count = 1

    def fits(self, log):
        return super().fits(log) and log.data.endswith(b"\n")

    def make(self, log, dice):
        rows = lines(log.data)
        stamp = STAMP.match(rows[-1])
        return log.data + b"".join(
            (stamp[0] if stamp else b"") + row + b"\n" for row in NOISE)


KINDS = [
    CrLf(), NoLastFeed(), DropUncited(), DropCited(), DropEvidence(),
    DoubleUncited(), DoubleCited(), Swap(), Twice(), TwiceLater(),
    StampsAdded(), StampsRemoved(),
    Wrapped("json-file", "docker's json-file", json_file),
    Wrapped("cri", "the files of a Kubernetes node (CRI)", cri),
    Wrapped("kubectl", "kubectl logs --prefix --timestamps", kubectl),
    Wrapped("compose", "docker compose logs -t", compose),
    Wrapped("journald", "journalctl -o short-iso-precise", journald),
    NewestFirst("newest-first", "docker's stamps, the last line on top", docker),
    NewestFirst("runpod-export", "an endpoint's export, the last line on top",
                export, b"timestamp,workerId,level,message\n"),
    Noise(), NoiseBehind(),
]
