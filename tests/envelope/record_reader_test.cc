// SPDX-License-Identifier: Apache-2.0
#include "analyzer/envelope/record_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

using Texts = std::vector<std::string>;

struct RecordCase {
  const char* name;
  std::string log;
  Texts records;
  Texts envelopes;
};

class EnvelopeTable : public testing::TestWithParam<RecordCase> {};

TEST_P(EnvelopeTable, GivesTheseRecords) {
  const ReadLog read = ReadRecords(GetParam().log);
  EXPECT_EQ(read.records, GetParam().records);
  EXPECT_EQ(read.summary.envelopes, GetParam().envelopes);
  EXPECT_EQ(read.summary.records, GetParam().records.size());
}

const RecordCase kPlatformCases[] = {
    {"Plain",
     "got prompt\n\n  - Value not in list\n[ComfyUI-Manager] done\n"
     "[rgthree] 12 nodes\n* KSampler 3:\n",
     {"1|-|c|.|got prompt", "2|-|c|.|", "3|-|c|.|  - Value not in list",
      "4|-|c|.|[ComfyUI-Manager] done", "5|-|c|.|[rgthree] 12 nodes",
      "6|-|c|.|* KSampler 3:"},
     {}},
    {"WindowsConsole",
     "got prompt\r\n\r\n\r 50%|#| 1/2 [00:01<00:01]\r100%|##| 2/2 \r\r\n",
     {"1|-|c|.|got prompt", "2|-|c|.|",
      "3|-|c|.|\r 50%|#| 1/2 [00:01<00:01]\r100%|##| 2/2 "},
     {}},
    {"DockerStamps",
     "2025-03-02T07:00:01.000000001Z == CUDA ==\n"
     "2025-03-02T07:00:01.000000002Z \n"
     "2025-03-02T07:00:01.000000003Z   - two blanks\n"
     "2025-03-02T07:00:01.000000004Z\n"
     "    a line put in by hand\n",
     {"1|2025-03-02T07:00:01.000000001Z|c|.|== CUDA ==",
      "2|2025-03-02T07:00:01.000000002Z|c|.|",
      "3|2025-03-02T07:00:01.000000003Z|c|.|  - two blanks",
      "4|2025-03-02T07:00:01.000000004Z|c|.|",
      "5|-|c|.|    a line put in by hand"},
     {"docker-stamps"}},
    {"RunPodSystem",
     "2025-03-02T07:00:01Z create container acme/comfy:1\n"
     "2025-03-02T07:00:09Z start container for acme/comfy:1: begin\n"
     "2025-03-02T07:09:00Z stop container 1a2b3c\n",
     {"1|2025-03-02T07:00:01Z|s|.|create container acme/comfy:1",
      "2|2025-03-02T07:00:09Z|s|.|start container for acme/comfy:1: begin",
      "3|2025-03-02T07:09:00Z|s|.|stop container 1a2b3c"},
     {"runpod-system"}},
    {"RunPodApi",
     "id: 2026-03-02T07:00:01.5Z/1\n"
     "data: {\"ts\":\"2026-03-02T07:00:01.5Z\",\"source\":\"container\","
     "\"line\":\"got prompt\"}\n\n"
     "id: 2026-03-02T07:00:02.5Z/2\n"
     "data: {\"line\":\"\\r  0%|  | 0/4\",\"source\":\"container\","
     "\"ts\":\"2026-03-02T07:00:02.5Z\"}\n\n"
     "id: 2026-03-02T07:00:03.5Z/3\n"
     "data: {\"source\":\"system\",\"ts\":\"2026-03-02T07:00:03.5Z\","
     "\"line\":\"stop container\"}\n\n",
     {"2|2026-03-02T07:00:01.500Z|c|.|got prompt",
      "5|2026-03-02T07:00:02.500Z|c|.|\r  0%|  | 0/4",
      "8|2026-03-02T07:00:03.500Z|s|.|stop container"},
     {"runpod-api"}},
    {"RunPodBuild",
     "2026-03-02T07:00:01.125Z [INFO] #11 15.40   Downloading x.whl\n"
     "2026-03-02T07:00:02.125Z [INFO] #23 [17/23] RUN wget -q https://x\n"
     "2026-03-02T07:00:03.125Z [ERROR] Build exceeded its limit.\n",
     {"1|2026-03-02T07:00:01.125Z|b|.|  Downloading x.whl",
      "2|2026-03-02T07:00:02.125Z|b|.|[17/23] RUN wget -q https://x",
      "3|2026-03-02T07:00:03.125Z|b|.|Build exceeded its limit."},
     {"runpod-build"}},
    {"BuildKit",
     "#7 [ 4/7] RUN make || true\n"
     "#7 1.312 Collecting x\n"
     "#7 DONE 10.2s\n"
     "of the list\n",
     {"1|-|b|.|[ 4/7] RUN make || true", "2|-|b|.|Collecting x",
      "3|-|b|.|DONE 10.2s", "4|-|c|.|of the list"},
     {"buildkit"}},
    {"NoBuildKitInAPod",
     "#1 [prompt] a cat\n#2 0.5 of it\n#3 DONE 1.0s\n",
     {"1|-|c|.|#1 [prompt] a cat", "2|-|c|.|#2 0.5 of it",
      "3|-|c|.|#3 DONE 1.0s"},
     {}},
    {"JsonFile",
     "{\"log\":\"got prompt\\n\",\"stream\":\"stderr\","
     "\"time\":\"2025-03-02T07:00:01.25Z\"}\n"
     "{\"log\":\"\\u001b[32m[INFO]\\u001b[0m half \",\"stream\":\"stdout\","
     "\"time\":\"2025-03-02T07:00:02Z\"}\n"
     "{\"stream\":\"stderr\",\"log\":\"between\\n\","
     "\"time\":\"2025-03-02T07:00:02.5Z\"}\n"
     "{\"log\":\"and half\\n\",\"stream\":\"stdout\","
     "\"time\":\"2025-03-02T07:00:02Z\"}\n"
     "{\"log\":\"\\r  0%|\",\"stream\":\"stderr\","
     "\"time\":\"2025-03-02T07:00:03Z\"}\n"
     "{\"log\":\"== CUDA ==\\n\",\"stream\":\"stderr\","
     "\"time\":\"2025-03-02T07:00:04Z\"}\n"
     "{\"log\":\"\\r 25%|\",\"stream\":\"stderr\","
     "\"time\":\"2025-03-02T07:00:05Z\"}\n",
     {"1|2025-03-02T07:00:01.250000000Z|c|.|got prompt",
      "3|2025-03-02T07:00:02.500000000Z|c|.|between",
      "2|2025-03-02T07:00:02.000000000Z|c|.|half and half",
      "5|2025-03-02T07:00:03.000000000Z|c|!|\r  0%|",
      "6|2025-03-02T07:00:04.000000000Z|c|.|== CUDA ==",
      "7|2025-03-02T07:00:05.000000000Z|c|!|\r 25%|"},
     {"json-file", "comfyui-level"}},
    {"Cri",
     "2025-03-02T09:00:01.5+02:00 stderr F got prompt\n"
     "2025-03-02T09:00:02.5+02:00 stdout P one \n"
     "2025-03-02T09:00:03.5+02:00 stdout P two \n"
     "2025-03-02T09:00:04.5+02:00 stdout F:x three\n"
     "2025-03-02T09:00:05.5+02:00 stdout P open\n",
     {"1|2025-03-02T07:00:01.500Z|c|.|got prompt",
      "2|2025-03-02T07:00:02.500Z|c|.|one two three",
      "5|2025-03-02T07:00:05.500Z|c|!|open"},
     {"cri"}},
    {"Kubectl",
     "[pod/comfy-0/main] 2025-03-02T07:00:01.5Z got prompt\n"
     "[pod/comfy-0/main]   - details\n"
     "[pod/comfy-0/main] \n",
     {"1|2025-03-02T07:00:01.500Z|c|.|got prompt", "2|-|c|.|  - details",
      "3|-|c|.|"},
     {"kubectl", "rfc3339-stamps"}},
    {"ComposeOverDockerStamps",
     "web-1   | 2025-03-02T07:00:01.000000001Z got prompt\n"
     "web-1   | 2025-03-02T07:00:02.000000001Z [INFO]   - details\n"
     "web-1   | 2025-03-02T07:00:03.000000001Z \n"
     "web-1   | 2025-03-02T07:00:04.000000001Z  50%| x | y\n"
     "web-1 exited with code 137\n",
     {"1|2025-03-02T07:00:01.000000001Z|c|.|got prompt",
      "2|2025-03-02T07:00:02.000000001Z|c|.|  - details",
      "3|2025-03-02T07:00:03.000000001Z|c|.|",
      "4|2025-03-02T07:00:04.000000001Z|c|.| 50%| x | y",
      "5|-|c|.|web-1 exited with code 137"},
     {"compose", "docker-stamps", "comfyui-level"}},
    {"TablesAndBarsAreNotCompose",
     "name          | state\nlayer.weight  | MISSING\n"
     "layer.bias    | MISSING\nhead.weight   | MISSING\n"
     "100%|###| 2/2\n| 0  GPU | 10MiB |\n",
     {"1|-|c|.|name          | state", "2|-|c|.|layer.weight  | MISSING",
      "3|-|c|.|layer.bias    | MISSING", "4|-|c|.|head.weight   | MISSING",
      "5|-|c|.|100%|###| 2/2", "6|-|c|.|| 0  GPU | 10MiB |"},
     {}},
};

const RecordCase kHostCases[] = {
    {"Supervisord",
     "2025-03-02 07:00:01,250 INFO spawned: 'comfyui' with pid 8\n"
     "got prompt\n"
     "2025-03-02 07:00:02,250 WARN exited: comfyui (terminated by SIGKILL; "
     "not expected)\n"
     "2025-03-02 07:00:03,250 INFO some other program\n",
     {"1|2025-03-02T07:00:01.250|v|.|spawned: 'comfyui' with pid 8",
      "2|-|c|.|got prompt",
      "3|2025-03-02T07:00:02.250|v|.|exited: comfyui (terminated by SIGKILL; "
      "not expected)",
      "4|-|c|.|2025-03-02 07:00:03,250 INFO some other program"},
     {"supervisord"}},
    {"JournaldShort",
     "Mar  2 07:00:01 node-4 python[81]: got prompt\n"
     "Mar  2 07:00:02 node-4 kernel: [  99.500000] Out of memory: Killed\n"
     "Mar  2 07:00:03 node-4 systemd[1]: comfy.service: Failed\n",
     {"1|03-02T07:00:01|c|.|got prompt",
      "2|03-02T07:00:02|k|.|Out of memory: Killed",
      "3|03-02T07:00:03|v|.|comfy.service: Failed"},
     {"syslog", "dmesg"}},
    {"JournaldIso",
     "2025-03-02T09:00:01+0200 node-4 comfy[81]:   - details\n"
     "2025-03-02T09:00:02+0200 node-4 kernel: NVRM: Xid\n"
     "2025-03-02T09:00:03+0200 two words: stay\n",
     {"1|2025-03-02T07:00:01Z|c|.|  - details",
      "2|2025-03-02T07:00:02Z|k|.|NVRM: Xid",
      "3|2025-03-02T07:00:03Z|c|.|two words: stay"},
     {"syslog", "rfc3339-stamps"}},
    {"JournaldJson",
     "{\"__REALTIME_TIMESTAMP\":\"1740898801000250\","
     "\"SYSLOG_IDENTIFIER\":\"python\",\"MESSAGE\":\"got prompt\"}\n"
     "{\"MESSAGE\":[72,105,255],\"__REALTIME_TIMESTAMP\":"
     "\"1740898802000250\"}\n"
     "{\"MESSAGE\":\"oom-kill\",\"_TRANSPORT\":\"kernel\","
     "\"__REALTIME_TIMESTAMP\":\"1740898803000250\"}\n",
     {"1|2025-03-02T07:00:01.000250Z|c|.|got prompt",
      "2|2025-03-02T07:00:02.000250Z|c|.|Hi\xff",
      "3|2025-03-02T07:00:03.000250Z|k|.|oom-kill"},
     {"journald-json"}},
    {"Dmesg",
     "[    0.500000] Linux version\n[ 1985.427323] oom-kill:constraint\n"
     "[Sun Mar  2 07:00:01 2025] Out of memory\n[12.5] not dmesg\n",
     {"1|0s|k|.|Linux version", "2|1985s|k|.|oom-kill:constraint",
      "3|2025-03-02T07:00:01|k|.|Out of memory", "4|-|c|.|[12.5] not dmesg"},
     {"dmesg"}},
    {"ManagerFileOfMinutes",
     "[2024-03-02 07:00] got prompt\r\n"
     "[2024-03-02 07:00]   - details\n"
     "[2024-03-02 07:01] [!]   error of a child\n"
     "[2024-03-02 07:01] \nTraceback (most recent call last):\n",
     {"1|2024-03-02T07:00:00|c|.|got prompt",
      "2|2024-03-02T07:00:00|c|.|  - details",
      "3|2024-03-02T07:01:00|c|.|  error of a child",
      "4|2024-03-02T07:01:00|c|.|",
      "5|-|c|.|Traceback (most recent call last):"},
     {"manager-file"}},
    {"ManagerFileOfMilliseconds",
     "[2025-03-02 07:00:01.250] got prompt\n"
     "[2025-03-02 07:00:02.250] [2025-03-02 07:00:02.251] twice\n"
     "[2025-03-02 07:00:03.250] ERROR:root:!!! Exception\n",
     {"1|2025-03-02T07:00:01.250|c|.|got prompt",
      "2|2025-03-02T07:00:02.250|c|.|twice",
      "3|2025-03-02T07:00:03.250|c|.|!!! Exception"},
     {"manager-file", "python-logging"}},
    {"Desktop",
     "[2025-03-02 07:00:01.250] [info]  Starting\r\n"
     "[2025-03-02 07:00:02.250] [error] Failed\r\n"
     "[2025-03-02 07:00:03.250] [info] \r\n",
     {"1|2025-03-02T07:00:01.250|c|.| Starting",
      "2|2025-03-02T07:00:02.250|c|.|Failed", "3|2025-03-02T07:00:03.250|c|.|"},
     {"comfyui-desktop"}},
    {"Entrypoint",
     "[2025-03-02T07:00:01+00:00] Starting\n"
     "[2025-03-02T09:00:02+02:00]   two blanks\n"
     "[2025-03-02T07:00:03Z] python main.py\n",
     {"1|2025-03-02T07:00:01Z|c|.|Starting",
      "2|2025-03-02T07:00:02Z|c|.|  two blanks",
      "3|2025-03-02T07:00:03Z|c|.|python main.py"},
     {"bracketed-stamps"}},
};

const RecordCase kLoggerCases[] = {
    {"ErrorReportByWrite",
     "## Logs\n"
     "2025-03-02T07:00:01.000250 - got prompt\n"
     "2025-03-02T07:00:02.000250 - Imported2025-03-02T07:00:02.000251 - "
     " pack2025-03-02T07:00:02.000252 - \n"
     "2025-03-02T07:00:03.000250 - \r  0%|2025-03-02T07:00:04.000250 - \r 50%|"
     "2025-03-02T07:00:05.000250 - FETCH DATA\n",
     {"1|-|c|.|## Logs", "2|2025-03-02T07:00:01.000250|c|.|got prompt",
      "3|2025-03-02T07:00:02.000250|c|.|Imported pack",
      "4|2025-03-02T07:00:03.000250|c|!|\r  0%|\r 50%|",
      "4|2025-03-02T07:00:05.000250|c|.|FETCH DATA"},
     {"error-report"}},
    {"ErrorReportByRecord",
     "2024-09-02 07:00:01,250 - root - INFO - got prompt\n"
     "2024-09-02 07:00:02,250 - root - ERROR - one2024-09-02 07:00:03,250 - "
     "root - WARNING -   two\n"
     "2024-09-02 07:00:04,250 - root - INFO - \n",
     {"1|2024-09-02T07:00:01.250|c|.|got prompt",
      "2|2024-09-02T07:00:02.250|c|.|one",
      "2|2024-09-02T07:00:03.250|c|.|  two", "3|2024-09-02T07:00:04.250|c|.|"},
     {"python-logging"}},
    {"NaiveStampsOnMostLines",
     "2025-03-02 07:00:01 got prompt\n2025-03-02 07:00:02.5 - one\n"
     "2025-03-02 07:00:03   two\nTraceback\n2025-03-02 07:00:04\n",
     {"1|2025-03-02T07:00:01|c|.|got prompt",
      "2|2025-03-02T07:00:02.500|c|.|one", "3|2025-03-02T07:00:03|c|.|  two",
      "4|-|c|.|Traceback", "5|2025-03-02T07:00:04|c|.|"},
     {"local-stamps"}},
    {"LevelsAndLoggerNames",
     "\x1b[32m[INFO]\x1b[0m got prompt\n[ERROR]   - details\n[WARNING]\n"
     "ERROR:root:* KSampler 3:\nWARNING:comfy.utils:  blanks\nINFO:root:\n"
     "INFO:     Started server process\nERROR: pip failed\n"
     "ERROR:https://host\n[DONE] scan\nWARNINGS: 3\n",
     {"1|-|c|.|got prompt", "2|-|c|.|  - details", "3|-|c|.|",
      "4|-|c|.|* KSampler 3:", "5|-|c|.|  blanks", "6|-|c|.|",
      "7|-|c|.|INFO:     Started server process", "8|-|c|.|ERROR: pip failed",
      "9|-|c|.|ERROR:https://host", "10|-|c|.|[DONE] scan",
      "11|-|c|.|WARNINGS: 3"},
     {"comfyui-level", "python-logging"}},
    {"Loguru",
     "2025-03-02 07:00:01.250 | ERROR    | pack.node:load:65 - broken\n"
     "2025-03-02 07:00:02.250 | INFO     | __main__:<module>:1 -   two\n"
     "2025-03-02 07:00:03.250 | just a bar\n",
     {"1|2025-03-02T07:00:01.250|c|.|broken",
      "2|2025-03-02T07:00:02.250|c|.|  two",
      "3|-|c|.|2025-03-02 07:00:03.250 | just a bar"},
     {"python-logging"}},
    {"RunPodWorker",
     "INFO   | 4c1d-77aa-u1 | Started.\nERROR  | Failed to return\n"
     "{\"requestId\": null, \"message\": \"Jobs: 2\\n  one\", "
     "\"level\": \"INFO\"}\n"
     "worker-comfyui - Starting\nworker-comfyui: API is reachable\n"
     "{\"level\": \"info\", \"message\": \"of some other program\"}\n",
     {"1|-|c|.|Started.", "2|-|c|.|Failed to return", "3|-|c|.|Jobs: 2\n  one",
      "4|-|c|.|worker-comfyui - Starting",
      "5|-|c|.|worker-comfyui: API is reachable",
      "6|-|c|.|{\"level\": \"info\", \"message\": \"of some other program\"}"},
     {"runpod-job"}},
    {"RunPodRootLogger",
     "2025-03-02T07:00:01.000000001Z handler.py          :7    "
     "2025-03-02 07:00:01,001 Received job\n"
     "handler.py          :12   2025-03-02 07:00:02,001   two blanks\n"
     "main.py: error: argument\n",
     {"1|2025-03-02T07:00:01.000000001Z|c|.|Received job",
      "2|2025-03-02T07:00:02.001|c|.|  two blanks",
      "3|-|c|.|main.py: error: argument"},
     {"docker-stamps", "runpod-logger"}},
};

std::string RecordCaseName(const testing::TestParamInfo<RecordCase>& info) {
  return info.param.name;
}
INSTANTIATE_TEST_SUITE_P(Platform, EnvelopeTable,
                         testing::ValuesIn(kPlatformCases), RecordCaseName);
INSTANTIATE_TEST_SUITE_P(Host, EnvelopeTable, testing::ValuesIn(kHostCases),
                         RecordCaseName);
INSTANTIATE_TEST_SUITE_P(Logger, EnvelopeTable, testing::ValuesIn(kLoggerCases),
                         RecordCaseName);

}  // namespace
}  // namespace logdiag
