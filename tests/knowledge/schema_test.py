# SPDX-License-Identifier: Apache-2.0
"""Validates every file of patterns/ against its JSON Schema.

Usage: schema_test.py PATTERNS_DIR
"""

import json
import pathlib
import sys

import jsonschema
import yaml

# The files of each table, and its schema.
TABLES = {"markers/**/*.yaml": "marker", "frames/**/*.yaml": "frame",
          "causes/**/*.yaml": "cause", "remedies/**/*.yaml": "remedy",
          "evidence/**/*.yaml": "evidence",
          "messages/**/*.yaml": "message",
          "machines/**/*.yaml": "machine",
          "secrets/**/*.yaml": "secret",
          "quotations/**/*.yaml": "quotation",
          "documents/**/*.yaml": "document",
          "witnesses/**/*.yaml": "witness",
          "dialects/*/dialect.yaml": "dialect",
          "dialects/*/markers*.yaml": "marker",
          "dialects/*/evidence*.yaml": "evidence",
          "hardware/gpus.yaml": "hardware-gpus",
          "hardware/models.yaml": "hardware-models"}

# One document that each schema must refuse, so that a schema that accepts
# everything cannot pass.
REFUSED = {
    "marker": [
        {"markers": [{"id": "a-b", "role": "note", "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "phase", "literal": "text",
                      "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "nope", "literal": "text",
                      "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "work-done", "literal": "text",
                      "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "note", "work": "task",
                      "literal": "text", "samples": ["text"]}]},
    ],
    "dialect": [{"name": "A"}, {"name": "A", "unit": "meal"},
                {"name": "A", "unit": "task", "mains": []}],
    "evidence": [{"evidence": [{"when": {"kind": "hang"}, "weight": 1,
                                "says": "of no cause"}]},
                 {"evidence": [{"cause": "a/b", "when": {"kind": "hang"},
                                "weight": 101, "says": "s", "why": "w"}]}],
    "message": [{"messages": [{"id": "a-b", "cause": "a/b", "weight": 1,
                               "says": "s", "why": "w", "samples": ["x"]}]},
                {"messages": [{"id": "a-b", "cause": "a/b", "weight": 1e9,
                               "says": "s", "why": "w", "said": ["abcd"],
                               "samples": ["abcd"]}]}],
    "machine": [{"machines": [{"id": "a-b"}]},
                {"machines": [{"id": "a-b", "when": []}]}],
    "secret": [
        {"secrets": [{"id": "a-b", "kind": "token", "regex": "(?P<secret>x)",
                      "samples": ["x"], "lookalikes": []}]},
        {"secrets": [{"id": "a-b", "kind": "token", "literal": "x",
                      "regex": "x", "samples": ["x"], "lookalikes": []}]},
        {"secrets": [{"id": "a-b", "kind": "tokn", "literal": "x",
                      "regex": "(?P<secret>x)", "samples": ["x"],
                      "lookalikes": []}]},
    ],
    "quotation": [
        {"quotations": [{"id": "a-b", "kind": "payload", "regex": "x",
                         "samples": ["x"], "nots": ["y"]}]},
        {"quotations": [{"id": "a-b", "kind": "front", "regex": "x",
                         "samples": ["x"]}]},
    ],
    "document": [
        {"documents": [{"id": "a-b", "name": "a page", "opening": "x",
                        "samples": ["x"]}]},
        {"documents": [{"id": "a-b", "name": "a page", "opening": "x",
                        "typical": "x", "samples": ["x"]}]},
    ],
    "witness": [
        {"witnesses": [{"id": "a-b", "name": "a list", "samples": ["x"]}]},
        {"witnesses": [{"id": "a-b", "name": "a list", "signs": ["x"],
                        "facts": [{"fact": "a"}], "samples": ["x"]}]},
    ],
    "frame": [{"frames": [{"id": "a-b", "frame": "x"}]}],
    "cause": [
        {},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"],
         "evidence": [{"when": {"kind": "hang"}, "says": "no weight"}]},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"],
         "evidence": [{"when": {"kind": "hang"}, "weight": -11,
                       "says": "heavy and no reason"}]},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"], "prior": -101,
         "evidence": [{"when": {"kind": "hang"}, "weight": 1, "says": "s"}]},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"],
         "evidence": [{"when": {"silence_s": {"max": 1e300}}, "weight": 1,
                       "says": "s"}]},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"], "references": ["https://a.example/> b"],
         "evidence": [{"when": {"kind": "hang"}, "weight": 1, "says": "s"}]},
    ],
    "remedy": [
        {"remedies": [{"id": "a-b", "action": "retry"}]},
        {"remedies": [{"id": "a-b", "text": "t"}]},
        {"remedies": [{"id": "a-b", "action": "retri", "text": "t"}]},
        {"remedies": [{"id": "a-b", "action": "retry", "text": "t",
                       "unless": [{"when": {"fact": "f"}}]}]},
        {"remedies": [{"id": "a-b", "action": "retry", "text": "t",
                       "when": {"fact_range": {}}}]},
    ],
    "hardware-gpus": [
        {},
        {"gpus": [{"name": "a", "match": ["a"], "nominal_mib": 1,
                   "total_mib": {"min": 1, "max": 1}, "seen": "guessed",
                   "compute": "8.0", "fp8": "native"}]},
    ],
    "hardware-models": [
        {"model": []},
        {"dtypes": [{"id": "a", "bytes": 0, "words": ["a"]}]},
        {"models": [{"id": "a"}]},
    ],
}


def load_schema(patterns, name):
    path = patterns / "schema" / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    # Schemas name each other by file.
    resolver = jsonschema.RefResolver(path.resolve().as_uri(), schema)
    return jsonschema.Draft202012Validator(schema, resolver=resolver)


def main():
    patterns = pathlib.Path(sys.argv[1])
    problems = []
    count = 0
    for files, name in TABLES.items():
        validator = load_schema(patterns, name)
        for document in REFUSED[name]:
            if validator.is_valid(document):
                problems.append(f"{name}.schema.json accepts {document}")
        for path in sorted(patterns.glob(files)):
            count += 1
            document = yaml.safe_load(path.read_text(encoding="utf-8"))
            for error in validator.iter_errors(document):
                where = "/".join(str(part) for part in error.absolute_path)
                problems.append(f"{path}: {where}: {error.message}")
    print("\n".join(problems))
    print(f"{count} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
