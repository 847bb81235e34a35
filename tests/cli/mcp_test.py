# SPDX-License-Identifier: Apache-2.0
"""Speaks JSON-RPC with `logdiag mcp` of the real binary.

Usage: mcp_test.py LOGDIAG SOURCE_DIR
"""

import json
import pathlib
import subprocess
import sys
import unittest

LOGDIAG = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
LOG = SOURCE / "fixtures/memory/incident-wan-i2v/pod.log"
SECRET = "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567"


def talk(*messages, args=()):
    """Every answer to these lines; objects are written as JSON."""
    lines = [m if isinstance(m, bytes) else json.dumps(m).encode() for m in messages]
    done = subprocess.run([LOGDIAG, "mcp", *args], input=b"\n".join(lines) + b"\n",
                          capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def call(name, arguments, number=1):
    return {"jsonrpc": "2.0", "id": number, "method": "tools/call",
            "params": {"name": name, "arguments": arguments}}


def text_of(answer):
    return answer["result"]["content"][0]["text"]


class Protocol(unittest.TestCase):
    def test_introduction(self):
        def asks(version):
            return {"jsonrpc": "2.0", "id": "a", "method": "initialize",
                    "params": {"protocolVersion": version, "capabilities": {},
                               "clientInfo": {"name": "t", "version": "1"}}}
        known, older, unknown = talk(asks("2025-06-18"), asks("2024-11-05"),
                                     asks("1999-01-01"))
        self.assertEqual(known["id"], "a")
        self.assertEqual(known["result"]["protocolVersion"], "2025-06-18")
        self.assertEqual(older["result"]["protocolVersion"], "2024-11-05")
        self.assertEqual(unknown["result"]["protocolVersion"], "2025-06-18")
        self.assertEqual(known["result"]["serverInfo"]["name"], "logdiag")

    def test_notifications_get_no_answer(self):
        answers = talk({"jsonrpc": "2.0", "method": "notifications/initialized"},
                       {"jsonrpc": "2.0", "id": 7, "result": {}},
                       {"jsonrpc": "2.0", "id": 8, "method": "ping"})
        self.assertEqual(answers, [{"jsonrpc": "2.0", "id": 8, "result": {}}])

    def test_what_is_no_request_is_told_and_stops_nothing(self):
        answers = talk(b"{", b"[]", b'{"id":1}', b"",
                       {"jsonrpc": "2.0", "id": 2, "method": "tools/none"},
                       {"jsonrpc": "2.0", "id": 3, "method": "tools/call"},
                       call("none", {}, 4), {"jsonrpc": "2.0", "id": 5,
                                             "method": "ping"})
        codes = [a["error"]["code"] if "error" in a else 0 for a in answers]
        self.assertEqual(codes, [-32700, -32600, -32600, -32601, -32602, -32602, 0])

    def test_a_message_that_is_too_long_is_read_past(self):
        answers = talk(b'{"a":"' + b"x" * (65 << 20) + b'"}',
                       {"jsonrpc": "2.0", "id": 1, "method": "ping"})
        self.assertIn("64 MiB", answers[0]["error"]["message"])
        self.assertEqual(answers[1]["id"], 1)

    def test_tools_have_schemas(self):
        tools = talk({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
                     )[0]["result"]["tools"]
        self.assertEqual(len(tools), 4)
        for tool in tools:
            self.assertEqual(tool["inputSchema"]["type"], "object")
            self.assertTrue(tool["description"])
            for argument in tool["inputSchema"]["properties"].values():
                self.assertIn(argument["type"], ("string", "number", "boolean"))


class Tools(unittest.TestCase):
    def test_the_page_of_a_file_and_of_a_text(self):
        page = (LOG.parent / "expected.md").read_text("utf-8")
        by_path, by_text, as_json = talk(
            call("diagnose", {"path": str(LOG)}),
            call("diagnose", {"text": LOG.read_bytes().decode()}),
            call("diagnose", {"path": str(LOG), "format": "json"}))
        self.assertEqual(text_of(by_path), page)
        self.assertEqual(text_of(by_text), page)
        self.assertEqual(json.loads(text_of(as_json))["outcome"], "silent-restart")

    def test_secrets_are_hidden(self):
        log = (f"got prompt\n!!! Exception during processing !!! {SECRET}\n"
               f"RuntimeError: token {SECRET} refused\n")
        hidden = talk(call("diagnose", {"text": log, "full": True}))[0]
        self.assertNotIn(SECRET, json.dumps(hidden))

    def test_catalan(self):
        answer = talk(call("diagnose", {"path": str(LOG), "language": "ca"}),
                      call("diagnose", {"path": str(LOG), "language": "xx"}))
        self.assertIn("# Potser: ComfyUI s'ha reiniciat sol", text_of(answer[0]))
        self.assertTrue(answer[1]["result"]["isError"])

    def test_mistakes_are_answers(self):
        for arguments, words in (({}, "either path or text"),
                                 ({"path": "a", "text": "b"}, "either path or text"),
                                 ({"path": "/nowhere"}, "/nowhere"),
                                 ({"path": "-"}, "standard input"),
                                 ({"text": "\x89PNG\r\n\x1a\n" + "\0" * 50}, "")):
            answer = talk(call("diagnose", arguments))[0]
            self.assertTrue(answer["result"]["isError"], answer)
            self.assertIn(words, text_of(answer))
        wrong = talk(call("explain_cause", {"cause": "memory/vram-omo"}))[0]
        self.assertIn("did you mean memory/vram-oom?", text_of(wrong))

    def test_values_of_other_types_break_nothing(self):
        for value in (None, [], {}, -1, 1e308, "x" * 5000, True):
            for name in ("path", "text", "exit_code", "ram_limit_gb", "gpu",
                         "oom_killed", "format", "full", "language", "vram_gb"):
                arguments = {"text": "got prompt\n", name: value}
                answer = talk(call("diagnose", arguments))[0]
                self.assertIn("content", answer["result"])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
