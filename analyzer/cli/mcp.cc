// SPDX-License-Identifier: Apache-2.0
#include "analyzer/cli/mcp.h"

#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/cli/catalogue.h"
#include "analyzer/cli/mcp_tools.h"
#include "analyzer/input/byte_source.h"
#include "analyzer/support/regex.h"

namespace logdiag {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

// Newest first: what a client gets that asks for none of them.
constexpr std::array<std::string_view, 3> kProtocols = {
    "2025-06-18", "2025-03-26", "2024-11-05"};
// A message holds a log at most; a longer one is read past.
constexpr std::size_t kMostMessage = std::size_t{64} << 20;

// Codes of JSON-RPC 2.0.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;

// Lines of a source, whatever its chunks are.
class Messages {
 public:
  explicit Messages(ByteSource* source) : source_(source) {}

  // False at the end. `*whole` is false for one that is too long.
  bool Next(std::string* message, bool* whole) {
    message->clear();
    *whole = true;
    for (;;) {
      const std::size_t end = buffer_.find('\n', at_);
      const std::size_t stop = std::min(end, buffer_.size());
      if (message->size() + (stop - at_) > kMostMessage) {
        *whole = false;
        message->clear();
      }
      if (*whole) message->append(buffer_, at_, stop - at_);
      if (end != buffer_.npos) {
        at_ = end + 1;
        return true;
      }
      buffer_.resize(kPiece);
      at_ = 0;
      const auto got = source_->Read(buffer_.data(), kPiece);
      buffer_.resize(got.ok() ? got.value() : 0);
      if (buffer_.empty()) return !message->empty();
    }
  }

 private:
  static constexpr std::size_t kPiece = std::size_t{1} << 16;

  ByteSource* source_;
  std::string buffer_;
  std::size_t at_ = 0;
};

OrderedJson Fault(const Json& id, int code, const std::string& message) {
  return {{"jsonrpc", "2.0"},
          {"id", id},
          {"error", {{"code", code}, {"message", message}}}};
}

OrderedJson Reply(const Json& id, OrderedJson result) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

OrderedJson Introduction(const Json& params) {
  const auto asked = params.find("protocolVersion");
  std::string_view protocol = kProtocols.front();
  for (const std::string_view known : kProtocols) {
    if (asked != params.end() && *asked == known) protocol = known;
  }
  return {{"protocolVersion", protocol},
          {"capabilities", {{"tools", OrderedJson::object()}}},
          {"serverInfo", {{"name", "logdiag"}, {"version", LOGDIAG_VERSION}}}};
}

class Server {
 public:
  explicit Server(const McpTools& tools) : tools_(tools) {}

  // The answer to a message; nullopt if it wants none.
  std::optional<OrderedJson> Answer(const std::string& message) const {
    const Json request = Json::parse(message, nullptr, false);
    if (request.is_discarded()) {
      return Fault(nullptr, kParseError, "this is no JSON");
    }
    const bool named = request.is_object() && request.contains("method") &&
                       request["method"].is_string();
    if (!named) {
      // An answer of the client to something that nobody asked.
      if (request.is_object() && request.contains("id") &&
          (request.contains("result") || request.contains("error"))) {
        return std::nullopt;
      }
      return Fault(nullptr, kInvalidRequest, "this is no request");
    }
    const auto id = request.find("id");
    if (id == request.end()) return std::nullopt;  // a notification
    const auto given = request.find("params");
    const Json params =
        given != request.end() && given->is_object() ? *given : Json::object();
    return Do(*id, request["method"].get<std::string>(), params);
  }

 private:
  OrderedJson Do(const Json& id, const std::string& method,
                 const Json& params) const {
    if (method == "initialize") return Reply(id, Introduction(params));
    if (method == "ping") return Reply(id, OrderedJson::object());
    if (method == "tools/list") {
      return Reply(id, {{"tools", McpTools::List()}});
    }
    if (method == "tools/call") return Call(id, params);
    return Fault(id, kMethodNotFound, "there is no such method");
  }

  OrderedJson Call(const Json& id, const Json& params) const {
    const auto name = params.find("name");
    const auto given = params.find("arguments");
    if (name == params.end() || !name->is_string()) {
      return Fault(id, kInvalidParams, "the tool has no name");
    }
    const Json arguments =
        given != params.end() && given->is_object() ? *given : Json::object();
    const McpTools::Answer answer =
        tools_.Call(name->get<std::string>(), arguments);
    if (!answer.known) {
      return Fault(id, kInvalidParams, "there is no such tool");
    }
    OrderedJson content = {{"type", "text"}, {"text", answer.text}};
    OrderedJson result = {{"content", OrderedJson::array({content})}};
    if (answer.failed) result["isError"] = true;
    return Reply(id, std::move(result));
  }

  const McpTools& tools_;
};

}  // namespace

int RunMcp(const Options& options, const Catalogue& catalogue,
           const std::atomic<bool>* stop) {
  auto opened = OpenFile("-", stop);
  if (!opened.ok()) {
    PrintError(opened.error());
    return kExitInput;
  }
  const Regex::Pool pool;
  const McpTools tools(options, catalogue, stop);
  const Server server(tools);
  Messages messages(opened.value().get());
  std::string message;
  bool whole = true;
  while (messages.Next(&message, &whole) && !*stop) {
    if (whole && message.find_first_not_of(" \t\r") == message.npos) continue;
    const std::optional<OrderedJson> answer =
        whole ? server.Answer(message)
              : Fault(nullptr, kInvalidRequest,
                      "the message is longer than 64 MiB; give a path");
    if (!answer) continue;
    // What is no UTF-8 is replaced.
    constexpr auto kReplace = OrderedJson::error_handler_t::replace;
    if (!Print(answer->dump(-1, ' ', false, kReplace) + "\n")) {
      return kExitPartial;
    }
  }
  return kExitOk;
}

}  // namespace logdiag
