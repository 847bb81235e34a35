// SPDX-License-Identifier: Apache-2.0
#include "analyzer/support/secret_checks.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace logdiag {
namespace {

struct CheckCase {
  std::string_view check;
  std::string_view before;
  std::string_view value;
  std::string_view after;
  bool holds;
};

constexpr CheckCase kChecks[] = {
    {"public-ipv4", "", "203.0.113.7", "", true},
    {"public-ipv4", "ec2-", "203-0-113-7", ".x", true},
    {"public-ipv4", "", "8.8.4.4", "", true},
    {"public-ipv4", "", "10.0.0.1", "", false},
    {"public-ipv4", "", "100.64.0.1", "", false},
    {"public-ipv4", "", "100.128.0.1", "", true},
    {"public-ipv4", "", "169.254.1.1", "", false},
    {"public-ipv4", "", "172.15.0.1", "", true},
    {"public-ipv4", "", "172.31.255.1", "", false},
    {"public-ipv4", "", "192.168.1.1", "", false},
    {"public-ipv4", "", "127.0.0.1", "", false},
    {"public-ipv4", "", "0.0.0.0", "", false},
    {"public-ipv4", "", "224.0.0.1", "", false},
    {"public-ipv4", "", "256.1.1.1", "", false},
    {"public-ipv4-no-version", "", "203.0.113.7", "", true},
    {"public-ipv4-no-version", "", "5.9.12.130", "", true},
    {"public-ipv4-no-version", "", "1.17.0.55", "", false},
    {"public-ipv4-no-version", "", "12.4.5.8", "", false},
    {"public-ipv6", "", "2001:db8::1", "", true},
    {"public-ipv6", "", "3fff:1:2:3:4:5:6:7", "", true},
    {"public-ipv6", "", "2024:10:05", "", false},
    {"public-ipv6", "", "2001:db8::1::2", "", false},
    {"public-ipv6", "", "fe80::1", "", false},
    {"entropy", "", "9fK2mQx7Lr4TzW8vB3nYc6HdJ5sPgE1a", "", true},
    {"entropy", "=", "9fK2mQx7Lr4TzW8vB3nYc6HdJ5sPgE1a", ",", true},
    {"entropy", "/", "9fK2mQx7Lr4TzW8vB3nYc6HdJ5sPgE1a", "", false},
    {"entropy", "", "9fK2mQx7Lr4TzW8vB3nYc6HdJ5sPgE1a", ".bin", false},
    {"entropy", "", "9fK2mQx7Lr4TzW8vB3nYc6HdJ5sPgE1a", ".", true},
    {"entropy", "", "0123456789abcdef0123456789abcdef", "", false},
    {"entropy", "", "aaaaaaaaaaaaaaaaBBBBBBBBBBBBBB12", "", false},
    {"entropy", "", "QwanImageEditPlusTextEncoderNode2", "", false},
    {"entropy", "", "9fK2mQx7Lr4TzW8v/models/B3nYc6HdJ5sPgE", "", false},
    {"entropy", "", "Wan2_2-I2V-A14B-HIGH_fp8_e4m3fn_KJ", "", false},
    {"long-word", "", "abc", "", true},
};

TEST(SecretChecks, Hold) {
  for (const CheckCase& c : kChecks) {
    const SecretCheck* const check = FindSecretCheck(c.check);
    ASSERT_NE(check, nullptr) << c.check;
    const std::string text =
        std::string(c.before).append(c.value).append(c.after);
    EXPECT_EQ(check->holds(text, c.before.size(), c.value.size()), c.holds)
        << c.check << " " << text;
  }
}

// What a check holds for, its first look must not rule out.
TEST(SecretChecks, FirstLookRulesOutNoneThatHolds) {
  for (const CheckCase& c : kChecks) {
    if (!c.holds || c.check == "long-word") continue;
    const SecretCheck* const check = FindSecretCheck(c.check);
    for (const std::string_view front : {"", "x ", "at 12:00:00 a/b-c/d "}) {
      std::string text(front);
      text.append(c.before).append(c.value).append(c.after).append(" end");
      EXPECT_TRUE(check->may_hold(text)) << c.check << " " << text;
    }
  }
}

TEST(SecretChecks, FirstLookRulesOutPlainText) {
  struct Plain {
    std::string_view check;
    std::string_view text;
  };
  constexpr Plain kPlain[] = {
      {"public-ipv4", "to 127.0.0.1:8188, 10.1.2.3 and 192.168.1.4"},
      {"public-ipv4", "torch 2.6.0 of 2025-05-21"},
      {"public-ipv6", "2025-05-21 15:44:13 c10::Error"},
      {"entropy", "/workspace/ComfyUI/custom_nodes/ComfyUI-Manager/prestartup"},
      {"entropy", ""},
      {"long-word", "/workspace/venv/lib/python3.12/site-packages/x"},
      {"long-word", "a_word_that_is_long_and_has_no_digit_at_all"},
  };
  for (const Plain& plain : kPlain) {
    EXPECT_FALSE(FindSecretCheck(plain.check)->may_hold(plain.text))
        << plain.check << " " << plain.text;
  }
  EXPECT_TRUE(FindSecretCheck("long-word")
                  ->may_hold("a word_that_is_long_and_has_1_digit"));
}

TEST(SecretChecks, Names) {
  EXPECT_EQ(FindSecretCheck("no-such-check"), nullptr);
  for (const std::string_view name : SecretCheckNames()) {
    EXPECT_NE(FindSecretCheck(name), nullptr) << name;
  }
}

}  // namespace
}  // namespace logdiag
