#include "reports/redact.h"

#include <gtest/gtest.h>

#include <string>

namespace logdiag {
namespace {

struct Case {
  std::string in;
  std::string out;
};

TEST(Redactor, HidesSecrets) {
  const Case cases[] = {
      {"token hf_AbCdEfGhIjKlMnOp12 used", "token [secret] used"},
      {"key sk-proj-abcdefghijklmnop1234", "key [secret]"},
      {"rpa_ABCDEFGHIJKLMNOP1234", "[secret]"},
      {"ghp_abcdefghijklmnopqrstuvwx", "[secret]"},
      {"AKIAABCDEFGHIJKLMNOP", "[secret]"},
      {"Authorization: Bearer abc.def", "Authorization: Bearer [secret]"},
      {"{'Authorization': 'Bearer x1y2z3q4'}",
       "{'Authorization': 'Bearer [secret]'}"},
      {"bearer 0123456789abcdef", "bearer [secret]"},
      {"https://ann:pw@host/x", "https://[secret]@host/x"},
      {"http://127.0.0.1:8888/lab?token=abc123",
       "http://127.0.0.1:8888/lab?token=[secret]"},
      {"https://c.io/m?id=5&api_key=zz&x=1",
       "https://c.io/m?id=5&api_key=[secret]&x=1"},
      {"https://b/x?X-Amz-Signature=00ff&X-Amz-Credential=A/b",
       "https://b/x?X-Amz-Signature=[secret]&X-Amz-Credential=[secret]"},
      {"HF_TOKEN=abcdef123456", "HF_TOKEN=[secret]"},
      {"aws_secret_access_key = abcd1234EFGH5678",
       "aws_secret_access_key = [secret]"},
      {"/home/ann/ComfyUI/main.py", "/home/[user]/ComfyUI/main.py"},
      {"File \"/Users/ann/x.py\"", "File \"/Users/[user]/x.py\""},
      {"C:\\Users\\Ann Lee\\ComfyUI", "C:\\Users\\[user]\\ComfyUI"},
      {"C:\\\\Users\\\\ann\\\\x", "C:\\\\Users\\\\[user]\\\\x"},
      {"from 203.0.113.77:5012 closed", "from [ip]:5012 closed"},
      {"peer 198.51.100.200.", "peer [ip]."},
      {"203.0.113.77", "[ip]"},
  };
  for (const Case& c : cases) {
    Redactor redactor;
    EXPECT_EQ(redactor.Redact(c.in), c.out);
    EXPECT_GE(redactor.hidden(), 1u) << c.in;
  }
}

TEST(Redactor, LeavesHarmlessTextAlone) {
  for (const char* text :
       {"Total VRAM 24081 MB, total RAM 515540 MB",
        "nvidia-cublas-cu12-12.4.5.8 nvidia-cudnn-cu12==9.1.0.70",
        "cudnn 9.1.0.7, driver 570.86.15",
        "To see the GUI go to: http://0.0.0.0:8188",
        "listening on 10.0.4.200 172.17.0.2 192.168.1.44 127.0.0.1 169.254.9.9",
        "TOKENIZERS_PARALLELISM=false", "max_tokens=512",
        "pad_token: undefined", "256.300.1.1", "1.2.3.4.5 v203.0.113.77",
        "/root/ComfyUI /workspace/x", "got prompt", "https://github.com/a/b",
        "hf_transfer is on", "model.diffusion_model.blocks.0.weight"}) {
    Redactor redactor;
    EXPECT_EQ(redactor.Redact(text), text);
    EXPECT_EQ(redactor.hidden(), 0u) << text;
  }
}

TEST(Redactor, CountsDifferentValuesOnce) {
  Redactor redactor;
  redactor.Redact("hf_AbCdEfGhIjKlMnOp12 hf_AbCdEfGhIjKlMnOp12");
  redactor.Redact("/home/ann/a hf_AbCdEfGhIjKlMnOp12");
  EXPECT_EQ(redactor.hidden(), 2u);
}

TEST(Redactor, IsStable) {
  Redactor redactor;
  const std::string once = redactor.Redact(
      "Authorization: Bearer abc123def /home/ann/x ?token=a1 203.0.113.77");
  EXPECT_EQ(redactor.Redact(once), once);
}

}  // namespace
}  // namespace logdiag
