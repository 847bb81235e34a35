// SPDX-License-Identifier: Apache-2.0
// Kinds of values that options take, with what is said of a wrong one.
#ifndef LOGDIAG_CLI_OPTION_KINDS_H_
#define LOGDIAG_CLI_OPTION_KINDS_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logdiag {

// "24GB", "62 GiB", "24564MiB" -> MiB. Labels of cards and pods say GB and mean
// 2^30 bytes, so both do here. A bare number is bytes, as memory.max has them.
// nullopt if it is no size.
std::optional<std::uint64_t> ReadSize(const std::string& text);

// A size as above, or a number of bytes. Throws a CLI::ValidationError of the
// option `name`.
std::uint64_t ReadBytes(const char* name, const std::string& text);

// Whole numbers from `least` to `most`.
CLI::Validator NumberWithin(std::int64_t least, std::int64_t most);

// One of the names of `names`, or an error that lists them.
// `aliases` are taken, too, and not listed.
template <typename T>
CLI::Option* AddChoice(
    CLI::App* app, const char* name, const char* help,
    const std::vector<std::pair<std::string, T>>& names,
    const std::function<void(T)>& take,
    const std::vector<std::pair<std::string, T>>& aliases = {}) {
  std::string list;
  for (const auto& [word, value] : names)
    list += (list.empty() ? "" : "|") + word;
  return app
      ->add_option_function<std::string>(
          name,
          [=](const std::string& text) {
            for (const auto& [word, value] : names) {
              if (word == text) return take(value);
            }
            for (const auto& [word, value] : aliases) {
              if (word == text) return take(value);
            }
            throw CLI::ValidationError(name,
                                       "\"" + text + "\" is none of " + list);
          },
          help)
      ->option_text(list);
}

}  // namespace logdiag

#endif  // LOGDIAG_CLI_OPTION_KINDS_H_
