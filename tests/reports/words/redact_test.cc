// SPDX-License-Identifier: Apache-2.0
#include "reports/words/redact.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "analyzer/model/event.h"
#include "tests/reports/sample_diagnoses.h"

namespace logdiag {
namespace {

std::string Redacted(std::string_view text) {
  Redactor redactor(SampleCatalogue());
  return redactor.Redact(text);
}

TEST(Redactor, KeepsTheShape) {
  struct Case {
    std::string in;
    std::string out;
  };
  const Case cases[] = {
      {"token hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh used",
       "token hf_...[redacted 34] used"},
      {"key sk-proj-abcdefghijklmnop1234", "key sk-proj-...[redacted 20]"},
      {"AKIAABCDEFGHIJKLMNOP", "AKIA...[redacted 16]"},
      {"{'Authorization': 'Bearer x1y2z3q4'}",
       "{'Authorization': 'Bearer [redacted 8]'}"},
      {"https://ann:pw@host/x", "https://[redacted 3]:[redacted 2]@host/x"},
      {"http://127.0.0.1:8888/lab?token=abc123",
       "http://127.0.0.1:8888/lab?token=[redacted 6]"},
      {"https://c.io/m?id=5&api_key=zz&x=1",
       "https://c.io/m?id=5&api_key=[redacted 2]&x=1"},
      {"HF_TOKEN=abcdef", "HF_TOKEN=[redacted 6]"},
      {"HF_TOKEN=hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh",
       "HF_TOKEN=hf_...[redacted 34]"},
      {"password=sch\xc3\xb6n", "password=[redacted 5]"},
      {"-----BEGIN RSA PRIVATE KEY-----", "[private key]"},
      {"/home/ann/ComfyUI/main.py", "/home/[user]/ComfyUI/main.py"},
      {"C:\\Users\\Ann Lee\\ComfyUI", "C:\\Users\\[user]\\ComfyUI"},
      {"C:\\\\Users\\\\ann\\\\x", "C:\\\\Users\\\\[user]\\\\x"},
      {"mail to ann@example.org.", "mail to [email]."},
      {"from 203.0.113.77:5012 closed", "from [ip]:5012 closed"},
      {"peer 198.51.100.200.", "peer [ip]."},
      {"[2001:db8::1]:8188", "[[ip]]:8188"},
  };
  for (const Case& c : cases) EXPECT_EQ(Redacted(c.in), c.out);
}

TEST(Redactor, HidesEverySample) {
  std::size_t samples = 0;
  for (const SecretRule& rule : SampleCatalogue().secrets) {
    for (const std::string_view sample : rule.samples) {
      EXPECT_NE(Redacted(sample), sample) << rule.id.view();
      ++samples;
    }
  }
  EXPECT_GT(samples, 150U);
}

TEST(Redactor, LeavesEveryLookalikeAlone) {
  for (const SecretRule& rule : SampleCatalogue().secrets) {
    for (const std::string_view lookalike : rule.lookalikes) {
      EXPECT_EQ(Redacted(lookalike), lookalike) << rule.id.view();
    }
  }
}

TEST(Redactor, LeavesHarmlessTextAlone) {
  for (const char* text :
       {"Total VRAM 24081 MB, total RAM 515540 MB",
        "nvidia-cublas-cu12-12.4.5.8 nvidia-cudnn-cu12==9.1.0.70",
        "cudnn 9.1.0.7, driver 570.86.15",
        "1.17.0.55",
        "(gradio 3.50.2.99)",
        "To see the GUI go to: http://0.0.0.0:8188",
        "listening on 10.0.4.200 172.17.0.2 192.168.1.44 127.0.0.1 169.254.9.9",
        "TOKENIZERS_PARALLELISM=false",
        "max_tokens=512",
        "seed=98237498723498",
        "pad_token: undefined",
        "256.300.1.1",
        "1.2.3.4.5 v203.0.113.77",
        "/root/ComfyUI /workspace/x",
        "got prompt",
        "https://github.com/a/b",
        "hf_transfer is on",
        "model.diffusion_model.blocks.0.weight",
        "550e8400-e29b-41d4-a716-446655440000",
        "0000:3b:00.0",
        "afad359b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f0",
        "torch.Size([1, 16, 31, 44, 44])",
        "pod 6x2k9mzqv4w1ab is gone",
        "Wan2_2-I2V-A14B-HIGH_fp8_e4m3fn_scaled_KJ.safetensors"}) {
    EXPECT_EQ(Redacted(text), text);
  }
}

TEST(Redactor, CountsDifferentValuesByKind) {
  Redactor redactor(SampleCatalogue());
  EXPECT_EQ(redactor.hidden(), 0U);
  redactor.Redact("token=abc, then token=abc and token=abd");
  redactor.Redact("/home/ann/a 203.0.113.77");
  EXPECT_EQ(redactor.hidden(), 4U);
  EXPECT_EQ(redactor.kinds(),
            (Redactor::Kinds{{"token", 2}, {"user", 1}, {"address", 1}}));
}

TEST(Redactor, IsStable) {
  const std::string once = Redacted(
      "Authorization: Bearer abc123def /home/ann/x ?token=a1 203.0.113.77 "
      "HF_TOKEN=hf_AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh password=\"a b\" "
      "-----BEGIN RSA PRIVATE KEY----- \"cookie: a=b");
  EXPECT_EQ(Redacted(once), once);
}

TEST(Redactor, HidesWhatItLearnedWhereverItStands) {
  Redactor redactor(SampleCatalogue());
  redactor.Learn("--password sw0rdfish");
  EXPECT_EQ(redactor.Redact("login as ann/sw0rdfish failed"),
            "login as ann/[redacted 9] failed");
  EXPECT_EQ(redactor.Redact("sw0rdfishes"), "sw0rdfishes");
  EXPECT_EQ(redactor.hidden(), 1U);
}

TEST(Redactor, AWordThatIsAPasswordStaysElsewhere) {
  Redactor redactor(SampleCatalogue());
  redactor.Learn("password=admin /home/comfy/x");
  EXPECT_EQ(redactor.Redact("admin opened comfy/model.py"),
            "admin opened comfy/model.py");
}

TEST(Redactor, HidesWhatTheAnalysisFound) {
  Secrets found;
  found.values = {{"tk_0123456789abcdef", "token", "", 3, false},
                  {"open sesame 7", "password", "", 0, true}};
  Redactor redactor(SampleCatalogue(), found);
  EXPECT_EQ(redactor.Redact("say 'open sesame 7'"), "say '[redacted 13]'");
  // Cut off, at the end of a text that is as long as texts get, ...
  const std::string front(kMaxEventText - 8, '.');
  EXPECT_EQ(redactor.Redact(front + "tk_01234"), front + "tk_...[redacted 5]");
  EXPECT_EQ(redactor.Redact(front + "open ses"), front + "[redacted 8]");
  // ... and within a sentence that was made of it.
  EXPECT_EQ(redactor.Redact(front + "tk_01234, it says"),
            front + "tk_...[redacted 5], it says");
  EXPECT_EQ(redactor.Redact("tk_0123456789abcd, it says"),
            "tk_...[redacted 14], it says");
  EXPECT_EQ(redactor.Redact("tk_01234"), "tk_01234");
  EXPECT_EQ(redactor.hidden(), 2U);
}

TEST(Redactor, HidesTheLinesOfAPrivateKey) {
  Secrets found;
  found.lines = {{4, 6}};
  Redactor redactor(SampleCatalogue(), found);
  EXPECT_EQ(redactor.Redact("Zk3fQ==", 5), "[private key]");
  EXPECT_EQ(redactor.Redact("Zk3fQ==", 7), "Zk3fQ==");
  EXPECT_EQ(redactor.Redact("other words", 5), "other words");
}

}  // namespace
}  // namespace logdiag
