#include "customs/transport/http_client.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <atomic>
#include <charconv>
#include <mutex>

#include "core/files.h"
#include "customs/adapters/parse.h"

namespace portcullis::customs {

namespace {

constexpr std::size_t kSecretBytesMax = 4'096;
constexpr long kHttpConnectMs = 10'000;

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct CurlFree {
  void operator()(char* text) const { curl_free(text); }
  void operator()(CURLU* address) const { curl_url_cleanup(address); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlText = std::unique_ptr<char, CurlFree>;

std::string part_of(CURLU* address, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(address, part, &text, 0) != CURLUE_OK) return {};
  return CurlText(text).get();
}

std::string without_query(const std::string& address) {
  return address.substr(0, address.find_first_of("?#"));
}

bool is_this_machine(const std::string& host) {
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

std::string host_of(const std::string& address) {
  const std::unique_ptr<CURLU, CurlFree> parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK) return {};
  return part_of(parsed.get(), CURLUPART_HOST);
}

struct Received {
  std::string body;
  bool too_large = false;
};

std::size_t receive(const char* bytes, std::size_t one, std::size_t count, void* to) {
  auto& received = *static_cast<Received*>(to);
  const auto size = one * count;
  if (received.body.size() + size > kMessageBytesMax) {
    received.too_large = true;
    return 0;
  }
  received.body.append(bytes, size);
  return size;
}

int go_on(void* stopping, curl_off_t /*down_all*/, curl_off_t /*down*/, curl_off_t /*up_all*/,
          curl_off_t /*up*/) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

core::ErrorCode code_of(CURLcode problem) {
  switch (problem) {
    case CURLE_OPERATION_TIMEDOUT:
      return core::ErrorCode::kTimeout;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
      return core::ErrorCode::kInvalidConfig;
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
      return core::ErrorCode::kProtocol;
    default:
      return core::ErrorCode::kUnavailable;
  }
}

}  // namespace

core::Status check_http_address(const std::string& address) {
  const auto wrong = [&](std::string_view why) {
    return core::Error{core::ErrorCode::kInvalidConfig,
                       fmt::format("address \"{}\": {}", without_query(address), why)};
  };
  start_curl_once();
  const std::unique_ptr<CURLU, CurlFree> parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, address.c_str(), 0) != CURLUE_OK)
    return wrong("is no address of the form https://HOST/PATH");
  const auto scheme = part_of(parsed.get(), CURLUPART_SCHEME);
  if (scheme != "https" && scheme != "http") return wrong("is neither https nor http");
  if (!part_of(parsed.get(), CURLUPART_USER).empty())
    return wrong("has a user's name in it; what proves who asks belongs into a file");
  if (scheme == "http" && !is_this_machine(part_of(parsed.get(), CURLUPART_HOST)))
    return wrong("leaves this machine, so it must be https");
  return {};
}

std::string http_encoded(std::string_view text) {
  start_curl_once();
  if (text.empty()) return {};
  const CurlText encoded(curl_easy_escape(
      nullptr, text.data(), static_cast<int>(std::min<std::size_t>(text.size(), kSecretBytesMax))));
  return encoded ? encoded.get() : "";
}

core::Result<std::string> read_secret(const std::filesystem::path& path) {
  PC_TRY(auto text, core::read_file(path, kSecretBytesMax));
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  if (text.empty())
    return core::Error{core::ErrorCode::kInvalidInput,
                       fmt::format("{}: its first line is empty", path.string())};
  return text;
}

class HttpClient::Impl {
 public:
  explicit Impl(HttpPeer peer) : peer_(std::move(peer)) {
    start_curl_once();
    curl_ = curl_easy_init();
    PC_ASSERT(curl_ != nullptr);
  }
  ~Impl() { curl_easy_cleanup(curl_); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void abort() { stopping_ = true; }

  /// `body` null: a GET.
  core::Result<HttpAnswer> ask(const std::string& address, const std::string_view* body,
                               const Headers& headers) {
    PC_CHECK(check_http_address(address));
    std::unique_ptr<curl_slist, CurlFree> list;
    const auto add = [&](const std::string& line) {
      list.reset(curl_slist_append(list.release(), line.c_str()));
    };
    for (const auto& [name, value] : headers) add(fmt::format("{}: {}", name, value));
    add("Expect:");  // No pause for "100 Continue": a message is small.
    if (!peer_.authorization.empty()) {
      PC_TRY(const auto value, read_secret(peer_.authorization));
      add("Authorization: " + value);
    }
    Received received;
    std::array<char, CURL_ERROR_SIZE> said{};
    curl_easy_reset(curl_);  // Keeps the connection.
    set_up(address, received, said.data());
    set(CURLOPT_HTTPHEADER, list.get());
    if (body != nullptr) {
      set(CURLOPT_POST, 1L);
      set(CURLOPT_POSTFIELDS, body->data());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    }
    const auto result = curl_easy_perform(curl_);
    if (received.too_large)
      return core::Error{core::ErrorCode::kInvalidInput,
                         fmt::format("{}: the answer has more than {} bytes",
                                     without_query(address), kMessageBytesMax)};
    if (result != CURLE_OK) {
      const std::string why = said[0] != '\0' ? said.data() : curl_easy_strerror(result);
      return core::Error{code_of(result), fmt::format("{}: {}", without_query(address), why)};
    }
    HttpAnswer answer;
    answer.body = std::move(received.body);
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_off_t retry_after = 0;
    curl_easy_getinfo(curl_, CURLINFO_RETRY_AFTER, &retry_after);
    answer.retry_after_s = retry_after;
    return answer;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  void set_up(const std::string& address, Received& received, char* said) {
    set(CURLOPT_URL, address.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, std::min<long>(kHttpConnectMs, peer_.timeout_ms));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(peer_.timeout_ms));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    if (!peer_.ca.empty()) {
      set(CURLOPT_CAINFO, peer_.ca.c_str());
      set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));  // That one and no other.
    }
    if (!peer_.certificate.empty()) {
      set(CURLOPT_SSLCERT, peer_.certificate.c_str());
      set(CURLOPT_SSLKEY, peer_.key.c_str());
    }
    if (is_this_machine(host_of(address))) set(CURLOPT_PROXY, "");
    set(CURLOPT_USERAGENT, "portcullis-gateway");
    set(CURLOPT_WRITEFUNCTION, &receive);
    set(CURLOPT_WRITEDATA, &received);
    set(CURLOPT_ERRORBUFFER, said);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &go_on);
    set(CURLOPT_XFERINFODATA, &stopping_);
  }

  const HttpPeer peer_;
  std::atomic<bool> stopping_ = false;
  CURL* curl_ = nullptr;
};

HttpClient::HttpClient(HttpPeer peer) : impl_(std::make_unique<Impl>(std::move(peer))) {}
HttpClient::~HttpClient() = default;

core::Result<HttpAnswer> HttpClient::get(const std::string& address) {
  return impl_->ask(address, nullptr, {});
}
core::Result<HttpAnswer> HttpClient::post(const std::string& address, std::string_view body,
                                          const Headers& headers) {
  return impl_->ask(address, &body, headers);
}
void HttpClient::abort() {
  impl_->abort();
}

}  // namespace portcullis::customs
