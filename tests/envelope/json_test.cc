// SPDX-License-Identifier: Apache-2.0
// JSON of loggers: levels, times, and exceptions within it.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/envelope/record_text.h"

namespace logdiag {
namespace {

struct LoggerCase {
  const char* name;
  const char* line;  // with ' for "
  const char* record;
  char level;
};

class JsonLoggerTable : public testing::TestWithParam<LoggerCase> {};

TEST_P(JsonLoggerTable, GivesThisRecord) {
  std::string line = GetParam().line;
  std::replace(line.begin(), line.end(), '\'', '"');
  const ReadLog read = ReadRecords(line + "\n");
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_EQ(read.records[0], std::string("1|") + GetParam().record);
  EXPECT_EQ(read.levels[0], GetParam().level);
}

INSTANTIATE_TEST_SUITE_P(
    Loggers, JsonLoggerTable,
    testing::Values(
        LoggerCase{"Pino",
                   "{'level':50,'time':1762787409885,'pid':7,'msg':'m'}",
                   "2025-11-10T15:10:09.885Z|c|.|m", 'e'},
        LoggerCase{
            "PinoWithStack",
            "{'level':60,'time':1762787409885,'err':{'type':'E','message':"
            "'x','stack':'E: x\\n    at f (a.js:1)'},'msg':'m'}",
            "2025-11-10T15:10:09.885Z|c|.|m\nE: x\n    at f (a.js:1)", 'c'},
        LoggerCase{
            "PythonJsonLogger",
            "{'asctime':'2025-11-10 15:10:09,885','levelname':'ERROR',"
            "'message':'m','exc_info':'Traceback (most recent call last):\\n"
            "  File a.py, line 1, in f\\nValueError: x'}",
            "2025-11-10T15:10:09.885|c|.|m\nTraceback (most recent call "
            "last):\n  File a.py, line 1, in f\nValueError: x",
            'e'},
        LoggerCase{"Structlog",
                   "{'event':'m','timestamp':'2025-11-10T15:10:09Z','level':"
                   "'warning','exception':'Traceback\\nValueError: x\\n'}",
                   "2025-11-10T15:10:09Z|c|.|m\nTraceback\nValueError: x", 'w'},
        LoggerCase{"LinesInAnArray",
                   "{'message':'m','data':{'deep':{'traceback':['a\\n','b']}}}",
                   "-|c|.|m\na\nb", '-'},
        LoggerCase{"ErrorAsText",
                   "{'ts':'2025-11-10T15:10:09Z','severity':'CRITICAL',"
                   "'message':'job failed','error':'CUDA out of memory'}",
                   "2025-11-10T15:10:09Z|c|.|job failed\nCUDA out of memory",
                   'c'},
        LoggerCase{"PythonLevelNumber",
                   "{'ts':'2025-11-10T15:10:09Z','levelno':30,'message':'m'}",
                   "2025-11-10T15:10:09Z|c|.|m", 'w'},
        LoggerCase{"TheMessageHoldsItToo",
                   "{'ts':'2025-11-10T15:10:09Z','message':'m\\nE: x',"
                   "'exception':'E: x'}",
                   "2025-11-10T15:10:09Z|c|.|m\nE: x", '-'},
        LoggerCase{"RunPodJob",
                   "{'requestId':null,'message':'m','level':'ERROR'}",
                   "-|c|.|m", 'e'},
        LoggerCase{"Journal",
                   "{'MESSAGE':'m','__REALTIME_TIMESTAMP':'1762787409885000',"
                   "'PRIORITY':'3'}",
                   "2025-11-10T15:10:09.885000Z|c|.|m", 'e'},
        LoggerCase{
            "FlagsAreNoText",
            "{'ts':'2025-11-10T15:10:09Z','message':'m','exc_info':true}",
            "2025-11-10T15:10:09Z|c|.|m", '-'},
        LoggerCase{"NoTimeAndNoException", "{'level':'info','message':'m'}",
                   "-|c|.|{\"level\":\"info\",\"message\":\"m\"}", '-'}),
    [](const testing::TestParamInfo<LoggerCase>& row) {
      return row.param.name;
    });

}  // namespace
}  // namespace logdiag
