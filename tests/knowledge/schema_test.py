"""Validates every file of patterns/ against its JSON Schema.

Usage: schema_test.py PATTERNS_DIR
"""

import json
import pathlib
import sys

import jsonschema
import yaml

TABLES = {"markers": "marker", "frames": "frame", "causes": "cause",
          "remedies": "remedy"}

# One document that each schema must refuse, so that a schema that accepts
# everything cannot pass.
REFUSED = {
    "marker": [
        {"markers": [{"id": "a-b", "role": "note", "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "phase", "literal": "text",
                      "samples": ["text"]}]},
        {"markers": [{"id": "a-b", "role": "nope", "literal": "text",
                      "samples": ["text"]}]},
    ],
    "frame": [{"frames": [{"id": "a-b", "frame": "x"}]}],
    "cause": [
        {},
        {"id": "a/b", "title": "t", "summary": "s", "explain": "e",
         "outcomes": ["error"],
         "evidence": [{"when": {"kind": "hang"}, "says": "no weight"}]},
    ],
    "remedy": [
        {"remedies": [{"id": "a-b"}]},
        {"remedies": [{"id": "a-b", "text": "t", "unless": {"fact": "f"}}]},
    ],
}


def load_schema(patterns, name):
    path = patterns / "schema" / f"{name}.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def main():
    patterns = pathlib.Path(sys.argv[1])
    problems = []
    count = 0
    for folder, name in TABLES.items():
        validator = load_schema(patterns, name)
        for document in REFUSED[name]:
            if validator.is_valid(document):
                problems.append(f"{name}.schema.json accepts {document}")
        for path in sorted((patterns / folder).rglob("*.yaml")):
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
