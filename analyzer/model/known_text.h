// SPDX-License-Identifier: Apache-2.0
// A text of the catalogue. What is built in stays where it is in the binary
// and is only pointed to; what a folder gave at run time is owned. Thousands
// of them are made at each start, most of which nobody ever looks at.
#ifndef LOGDIAG_MODEL_KNOWN_TEXT_H_
#define LOGDIAG_MODEL_KNOWN_TEXT_H_

#include <compare>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace logdiag {

// A value: copies of an owned text own their bytes. At most 2 GiB.
class KnownText {
 public:
  KnownText() = default;
  KnownText(std::string_view text) { Own(text); }
  KnownText(const std::string& text) : KnownText(std::string_view(text)) {}
  KnownText(const char* text) : KnownText(std::string_view(text)) {}
  // `text` must live as long as the program.
  static KnownText Borrow(std::string_view text) {
    KnownText known;
    known.data_ = text.data();
    known.size_ = static_cast<std::uint32_t>(text.size());
    return known;
  }

  KnownText(const KnownText& other) { *this = other; }
  KnownText(KnownText&& other) noexcept { Swap(&other); }
  KnownText& operator=(const KnownText& other) {
    if (this == &other) return *this;
    return *this = other.owned_ ? KnownText(other.view()) : Borrow(other);
  }
  KnownText& operator=(KnownText&& other) noexcept {
    Swap(&other);
    return *this;
  }
  ~KnownText() {
    if (owned_) delete[] data_;
  }

  std::string_view view() const { return {data_, size_}; }
  std::string str() const { return std::string(view()); }
  operator std::string_view() const { return view(); }
  operator std::string() const { return str(); }
  auto begin() const { return view().begin(); }
  auto end() const { return view().end(); }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

 private:
  void Own(std::string_view text) {
    if (text.empty()) return;
    auto* bytes = new char[text.size()];
    std::memcpy(bytes, text.data(), text.size());
    data_ = bytes;
    size_ = static_cast<std::uint32_t>(text.size());
    owned_ = true;
  }
  void Swap(KnownText* other) {
    std::swap(data_, other->data_);
    std::swap(size_, other->size_);
    std::swap(owned_, other->owned_);
  }

  const char* data_ = "";
  std::uint32_t size_ = 0;
  bool owned_ = false;
};

// How fmt prints one, from its version 10 on; up to 9 it converts by itself.
inline std::string_view format_as(const KnownText& text) { return text.view(); }

template <typename T>
concept TextLike = std::convertible_to<const T&, std::string_view>;

// Templates, so that nothing else is converted to a KnownText for them.
template <std::same_as<KnownText> K, TextLike T>
bool operator==(const K& a, const T& b) {
  return a.view() == std::string_view(b);
}
template <std::same_as<KnownText> K, TextLike T>
auto operator<=>(const K& a, const T& b) {
  return a.view().compare(std::string_view(b)) <=> 0;
}
template <std::same_as<KnownText> K>
std::string operator+(std::string_view a, const K& b) {
  return std::string(a).append(b.view());
}
template <std::same_as<KnownText> K, TextLike T>
std::string operator+(const K& a, const T& b) {
  return a.str().append(std::string_view(b));
}

}  // namespace logdiag

template <>
struct std::hash<logdiag::KnownText> {
  std::size_t operator()(const logdiag::KnownText& text) const {
    return std::hash<std::string_view>()(text);
  }
};

#endif  // LOGDIAG_MODEL_KNOWN_TEXT_H_
