# SPDX-License-Identifier: Apache-2.0
"""Fails if a class or struct declares so many member functions that it has
more than one subject. Constructors, destructors and operators count.

Usage: class_size.py SOURCE_DIR
       class_size.py --self-test
"""

import pathlib
import re
import sys

MAX_MEMBERS = 20
TOPS = ("analyzer", "reports")

# What may hold braces and parentheses that are none.
SKIP = re.compile(
    r'//(?:[^\n\\]|\\.|\\\n)*'
    r'|/\*.*?\*/'
    r'|R"(?P<end>[^\s()\\]{0,16})\(.*?\)(?P=end)"'
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|(?<![0-9a-fA-F])'(?:[^'\\\n]|\\.)+'"
    r'|^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*',
    re.DOTALL | re.MULTILINE)

ACCESS = re.compile(r"^\s*(?:public|private|protected)\s*:")
ATTRIBUTE = re.compile(r"\[\[.*?\]\]|\b(?:alignas|decltype|noexcept|explicit)"
                       r"\s*\([^()]*(?:\([^()]*\)[^()]*)*\)", re.DOTALL)
OPERATOR = re.compile(r"\boperator\s*(?:\(\s*\)|[^\s\w(]+)")
CLASS = re.compile(r"^(?:(?:typedef|static|const|constexpr|inline|mutable)\s+)*"
                   r"(?:class|struct|union)\b\s*([\w:]*)")
NO_MEMBER = re.compile(r"^(?:friend|using|typedef|static_assert|enum)\b")


def blanked(text):
    """`text` with comments, literals and directives as blanks; lines stay."""
    return SKIP.sub(
        lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def without_templates(text):
    """Without what stands in <>, innermost first."""
    before = None
    while before != text:
        before = text
        text = re.sub(r"<[^<>;{}]*>", " ", text)
    return text


def declaration(text):
    """The bare words of a declaration at class level."""
    while ACCESS.match(text):
        text = ACCESS.sub("", text, count=1)
    text = OPERATOR.sub("operator_", ATTRIBUTE.sub(" ", text))
    text = without_templates(text.replace("->", " "))
    return re.sub(r"^\s*template\b", "", text).strip()


def class_name(head):
    """The name if a class begins with `head`; None if none does."""
    words = declaration(head)
    match = CLASS.match(words)
    if match is None or "(" in words or "=" in words:
        return None
    return match[1] or "(unnamed)"


def is_function(text):
    words = declaration(text.partition("{")[0])
    if NO_MEMBER.match(words) or "(" not in words:
        return False
    before, _, after = words.partition("(")
    # A value that is computed; a pointer to a function.
    return "=" not in before and not after.lstrip().startswith(("*", "&"))


def closing(text, at):
    """Behind the brace that closes the one at `at`."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i + 1
    return len(text)


def scan(text, start, end, classes, members):
    """Appends (name, offset, member functions) of each class to `classes`.

    `members`: whether start..end is the body of a class. Returns how many
    member functions are declared there.
    """
    count = 0
    head = start
    i = start
    while i < end:
        if text[i] == ";":
            count += members and is_function(text[head:i])
            head = i + 1
        elif text[i] == "{":
            after = closing(text, i)
            name = class_name(text[head:i])
            # A class at `entry` gets its place before those inside it.
            entry = len(classes)
            inside = scan(text, i + 1, after - 1, classes, name is not None)
            if name is not None:
                classes.insert(entry, (name, i, inside))
            i = after
            rest = text[i:end].lstrip()
            # Values in braces: more of the same declaration follows.
            if rest.startswith((",", "{")) or (
                    rest.startswith(";") and name is None):
                continue
            if name is None:
                count += members and is_function(text[head:i])
                head = i
            else:
                # What follows names variables of it, up to the semicolon.
                semicolon = text.find(";", i, end)
                i = head = end if semicolon < 0 else semicolon + 1
            continue
        i += 1
    return count


def find_classes(text):
    classes = []
    bare = blanked(text)
    scan(bare, 0, len(bare), classes, False)
    return [(name, bare.count("\n", 0, at) + 1, count)
            for name, at, count in classes]


def find_breaches(root):
    breaches = []
    count = 0
    for top in TOPS:
        for file in sorted((root / top).rglob("*")):
            if file.suffix not in (".h", ".cc"):
                continue
            count += 1
            path = file.relative_to(root).as_posix()
            text = file.read_text(encoding="utf-8", errors="replace")
            for name, line, members in find_classes(text):
                if members > MAX_MEMBERS:
                    breaches.append(f"{path}:{line}: {name} has {members} "
                                    f"member functions, over {MAX_MEMBERS}")
    return count, breaches


# A text, and the classes in it: name, line, member functions.
CASES = [
    ("class A {};", [("A", 1, 0)]),
    ("class A;\nstruct B;", []),
    ("class A {\n public:\n  A();\n  ~A();\n  A(const A&) = delete;\n};",
     [("A", 1, 3)]),
    ("class A : public B<C, D> {\n  void F() const;\n};", [("A", 1, 1)]),
    ("struct A {\n  int x = 0;\n  std::string y;\n  C z{1, 2};\n};",
     [("A", 1, 0)]),
    ("struct A {\n  int x = F(1);\n  int y{G(2)};\n  int z = {H(3)};\n};",
     [("A", 1, 0)]),
    ("struct A {\n  std::function<void(int)> f;\n  void (*g)(int);\n};",
     [("A", 1, 0)]),
    ("class A {\n  bool operator==(const A&) const = default;\n"
     "  bool operator<(const A& a) const { return x < a.x; }\n"
     "  int operator()(int a);\n  A& operator=(A&&) = default;\n"
     "  explicit operator bool() const;\n};", [("A", 1, 5)]),
    ("class A {\n  A() : x_(1), y_{2} {}\n  A(int x)\n      : x_{x} {\n"
     "    if (x) { F(); }\n  }\n  int x_;\n};", [("A", 1, 2)]),
    ("class A {\n  int x() const { return x_; }\n  void F() { G(); H(); }\n"
     "};", [("A", 1, 2)]),
    ("class A {\n  friend bool Same(A, A);\n  using F = void(int);\n"
     "  static_assert(sizeof(int) == 4);\n  enum class E { kA, kB };\n"
     "  static void G();\n};", [("A", 1, 1)]),
    ("class A {\n  struct B {\n    void F();\n    void G();\n  };\n"
     "  void H();\n  B b_;\n};", [("A", 1, 1), ("B", 2, 2)]),
    ("class A {\n  struct B { int c; } b;\n  void H();\n};",
     [("A", 1, 1), ("B", 2, 0)]),
    ("template <class T>\nT F(T t) { return t; }", []),
    ("template <class T, int n = 1>\nclass A {\n  template <class U>\n"
     "  void F(const U& u);\n};", [("A", 2, 1)]),
    ("void F() {\n  const struct {\n    int a;\n  } kCases[] = {{1}, {2}};\n"
     "  for (const auto& c : kCases) { G(c); }\n}", [("(unnamed)", 2, 0)]),
    ("void F() {\n  struct Local {\n    void G() {}\n  };\n}",
     [("Local", 2, 1)]),
    ("struct A F();\nstruct A G() { return {}; }", []),
    ("class A::B {\n  void F();\n};", [("A::B", 1, 1)]),
    ("// class A { void F(); };\n/* class B {\n}; */\nclass C {\n"
     '  std::string x = "class D { void G(); }";\n'
     "  char y = '{';\n  long z = 1'000'000;\n  void F();\n};",
     [("C", 4, 1)]),
    ('const char* k = R"x(class A { void F(); )" )x";\nclass B {};',
     [("B", 2, 0)]),
    ("#define A class A {\nclass B {\n  void F();\n};", [("B", 2, 1)]),
    ("namespace n {\nnamespace {\nclass A {\n  void F();\n};\n}\n}",
     [("A", 3, 1)]),
    ("class A {\n  [[nodiscard]] int F();\n  alignas(8) int x;\n"
     "  void G() noexcept(true);\n  auto H() -> decltype(x);\n};",
     [("A", 1, 3)]),
    ("class A {\n" + "  void F(int a);\n" * 21 + "};", [("A", 1, 21)]),
]


def self_test():
    failures = 0
    for text, expected in CASES:
        found = find_classes(text)
        if found != expected:
            failures += 1
            print(f"{text}\nexpected {expected}, found {found}\n")
    print(f"{len(CASES)} cases, {failures} failures")
    return 1 if failures else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    count, breaches = find_breaches(pathlib.Path(sys.argv[1]))
    print("\n".join(breaches))
    print(f"{count} files, {len(breaches)} breaches")
    # Nothing read means the wrong folder, not a clean one.
    return 1 if breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
