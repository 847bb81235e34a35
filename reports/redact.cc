#include "reports/redact.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace logdiag {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Always(std::string_view) { return true; }

// Names such as "token: undefined" are words; real secrets hold digits.
bool HoldsDigit(std::string_view secret) {
  return std::any_of(secret.begin(), secret.end(), IsDigit);
}

// In a header that is redacted already the scheme is all that is left.
bool IsNoScheme(std::string_view word) {
  return word != "Bearer" && word != "bearer" && word != "Basic" &&
         word != "basic" && word != "Token" && word != "token";
}

// The four numbers of a dotted quad; nullopt if one is above 255.
std::optional<std::array<int, 4>> ReadQuad(std::string_view text) {
  std::array<int, 4> quad{};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '.') {
      ++part;
      continue;
    }
    quad[part] = quad[part] * 10 + (c - '0');
    if (quad[part] > 255) return std::nullopt;
  }
  return quad;
}

bool IsPublicAddress(std::string_view text) {
  const auto quad = ReadQuad(text);
  if (!quad) return false;
  const auto [a, b, c, d] = *quad;
  // Versions of packages ("12.4.5.8") look like addresses and matter to a
  // diagnosis; addresses with four numbers this small are very rare.
  constexpr int kVersionMax = 31;
  if (std::max({a, b, c, d}) <= kVersionMax) return false;
  const bool local = a == 0 || a == 10 || a == 127 || a >= 224 ||
                     (a == 100 && b >= 64 && b <= 127) ||
                     (a == 169 && b == 254) ||
                     (a == 172 && b >= 16 && b <= 31) || (a == 192 && b == 168);
  return !local;
}

struct RuleSource {
  std::string_view pattern;
  std::string_view replacement;
  bool (*applies)(std::string_view);
};

constexpr std::string_view kSecret = "[secret]";
constexpr std::string_view kUser = "[user]";

constexpr RuleSource kRules[] = {
    // Keys that show their kind.
    {R"(\b(?P<secret>hf_[A-Za-z0-9]{8,}))", kSecret, HoldsDigit},
    {R"(\b(?P<secret>sk-[A-Za-z0-9_-]{16,}))", kSecret, Always},
    {R"(\b(?P<secret>rpa_[A-Za-z0-9]{16,}))", kSecret, Always},
    {R"(\b(?P<secret>gh[opsur]_[A-Za-z0-9]{20,}))", kSecret, Always},
    {R"(\b(?P<secret>github_pat_[A-Za-z0-9_]{20,}))", kSecret, Always},
    {R"(\b(?P<secret>glpat-[A-Za-z0-9_-]{16,}))", kSecret, Always},
    {R"(\b(?P<secret>xox[abprs]-[A-Za-z0-9-]{10,}))", kSecret, Always},
    {R"(\b(?P<secret>(?:AKIA|ASIA)[0-9A-Z]{16})\b)", kSecret, Always},
    {R"(\b(?P<secret>AIza[0-9A-Za-z_-]{30,}))", kSecret, Always},
    {R"(\b(?P<secret>eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*))", kSecret, Always},
    // Headers.
    {R"((?i)\bauthorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token)\s+)?)"
     R"((?P<secret>[^\s"',;\[]{4,}))",
     kSecret, IsNoScheme},
    {R"((?i)\bbearer\s+(?P<secret>[A-Za-z0-9._~+/=-]{8,}))", kSecret,
     HoldsDigit},
    // URLs.
    {R"(://(?P<secret>[^\s/@:\[]*:[^\s/@]+)@)", kSecret, Always},
    {R"((?i)[?&](?:[a-z_-]*token|[a-z_-]*key|auth|sig|signature|password|)"
     R"(x-amz-(?:signature|credential)|policy)=(?P<secret>[^\s&"'#\[]+))",
     kSecret, Always},
    // Assignments.
    {R"((?i)\b[a-z0-9_.-]*(?:token|api_?key|access_?key|secret|passw(?:or)?d))"
     R"(["']?\s*[:=]\s*["']?(?P<secret>[A-Za-z0-9._~+/=-]{8,}))",
     kSecret, HoldsDigit},
    // Homes.
    {R"(/(?:home|Users)/(?P<secret>[^\s/\\:"'`,\[]+))", kUser, Always},
    {R"((?i)\b[a-z]:[\\/]{1,2}Users[\\/]{1,2})"
     R"((?P<secret>[^\\/:*?"<>|\s\[]+(?: [^\\/:*?"<>|\s]+)?)[\\/])",
     kUser, Always},
    {R"((?i)\b[a-z]:[\\/]{1,2}Users[\\/]{1,2}(?P<secret>[^\\/:*?"'<>|\s\[]+))",
     kUser, Always},
    // Addresses; a letter, '-', '=' or '.' beside it makes it a version.
    {R"((?:^|[^\w.=-])(?P<secret>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}))"
     R"((?:$|[^\w.-]|\.(?:\s|$)))",
     "[ip]", IsPublicAddress},
};

}  // namespace

Redactor::Redactor() {
  for (const RuleSource& source : kRules) {
    std::string why;
    auto regex = Regex::Compile(source.pattern, &why);
    if (!regex) continue;  // tests prove that every pattern compiles
    rules_.push_back({std::move(*regex), source.replacement, source.applies});
  }
}

std::string Redactor::Redact(std::string_view text) {
  std::string out(text);
  for (const Rule& rule : rules_) out = Apply(rule, out);
  return out;
}

std::string Redactor::Apply(const Rule& rule, std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto captures = rule.regex.Find(text);
    if (!captures || captures->empty()) break;
    const std::string_view secret = captures->front().second;
    const auto at = static_cast<std::size_t>(secret.data() - text.data());
    out.append(text.substr(0, at));
    if (rule.applies(secret)) {
      hidden_.emplace(secret);
      out.append(rule.replacement);
    } else {
      out.append(secret);
    }
    text.remove_prefix(at + secret.size());
  }
  out.append(text);
  return out;
}

}  // namespace logdiag
