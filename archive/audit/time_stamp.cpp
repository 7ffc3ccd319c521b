#include "archive/audit/time_stamp.h"

#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <array>
#include <charconv>
#include <ctime>
#include <limits>
#include <memory>
#include <optional>

#include "core/files.h"

namespace portcullis::archive {
namespace {

constexpr std::size_t kStampBytesMax = 1'000'000;
constexpr int kNonceBytes = 8;
constexpr std::int64_t kSecond_ns = 1'000'000'000;

struct FreeTs {
  void operator()(TS_REQ* one) const { TS_REQ_free(one); }
  void operator()(TS_RESP* one) const { TS_RESP_free(one); }
  void operator()(TS_MSG_IMPRINT* one) const { TS_MSG_IMPRINT_free(one); }
  void operator()(TS_VERIFY_CTX* one) const { TS_VERIFY_CTX_free(one); }
  void operator()(X509_ALGOR* one) const { X509_ALGOR_free(one); }
  void operator()(ASN1_INTEGER* one) const { ASN1_INTEGER_free(one); }
  void operator()(BIGNUM* one) const { BN_free(one); }
  void operator()(X509_STORE* one) const { X509_STORE_free(one); }
  void operator()(char* text) const { OPENSSL_free(text); }
};
template <class T>
using Ts = std::unique_ptr<T, FreeTs>;

std::string openssl_words() {
  std::array<char, 256> text{};
  const auto code = ERR_peek_last_error();
  ERR_error_string_n(code, text.data(), text.size());
  ERR_clear_error();
  return code == 0 ? "no reason given" : text.data();
}

core::Error stamp_error(core::ErrorCode code, std::string_view what) {
  return {code, fmt::format("time stamp: {}: {}", what, openssl_words())};
}

/// SHA-256 of `data` with its algorithm.
Ts<TS_MSG_IMPRINT> imprint_of(std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  Ts<TS_MSG_IMPRINT> imprint(TS_MSG_IMPRINT_new());
  Ts<X509_ALGOR> algorithm(X509_ALGOR_new());
  if (!imprint || !algorithm ||
      EVP_Digest(data.data(), data.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1)
    return nullptr;
  X509_ALGOR_set_md(algorithm.get(), EVP_sha256());
  if (TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) != 1 ||
      TS_MSG_IMPRINT_set_msg(imprint.get(), digest.data(), static_cast<int>(size)) != 1)
    return nullptr;
  return imprint;
}

Ts<ASN1_INTEGER> random_nonce() {
  std::array<unsigned char, kNonceBytes> bytes{};
  if (RAND_bytes(bytes.data(), kNonceBytes) != 1) return nullptr;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7FU) | 0x40U);  // Positive, of full length.
  Ts<BIGNUM> number(BN_bin2bn(bytes.data(), kNonceBytes, nullptr));
  return Ts<ASN1_INTEGER>(number ? BN_to_ASN1_INTEGER(number.get(), nullptr) : nullptr);
}

template <class T, class Read>
Ts<T> read_der(std::string_view der, Read read) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  if (der.size() > kStampBytesMax) return nullptr;
  const auto* end = at + der.size();
  Ts<T> value(read(nullptr, &at, static_cast<long>(der.size())));
  return at == end ? std::move(value) : nullptr;  // Nothing may stand behind it.
}

core::Result<TimeStamp> stated_by(TS_TST_INFO* info) {
  TimeStamp stamp;
  std::tm broken{};
  if (info == nullptr || ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &broken) != 1)
    return stamp_error(core::ErrorCode::kCorrupt, "its time cannot be read");
  stamp.time.ns = static_cast<std::int64_t>(::timegm(&broken)) * kSecond_ns;
  const Ts<BIGNUM> serial(ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), nullptr));
  if (serial) {
    const Ts<char> text(BN_bn2hex(serial.get()));
    if (text) stamp.serial = text.get();
  }
  return stamp;
}

}  // namespace

core::Result<std::string> time_stamp_request(std::string_view data) {
  const Ts<TS_REQ> request(TS_REQ_new());
  const auto imprint = imprint_of(data);
  const auto nonce = random_nonce();
  if (!request || !imprint || !nonce || TS_REQ_set_version(request.get(), 1) != 1 ||
      TS_REQ_set_msg_imprint(request.get(), imprint.get()) != 1 ||
      TS_REQ_set_nonce(request.get(), nonce.get()) != 1 ||
      TS_REQ_set_cert_req(request.get(), 1) != 1)
    return stamp_error(core::ErrorCode::kInternal, "the request cannot be made");
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(request.get(), &der);
  if (size <= 0) return stamp_error(core::ErrorCode::kInternal, "the request cannot be made");
  std::string bytes(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size));
  OPENSSL_free(der);
  return bytes;
}

core::Result<TimeStamp> check_time_stamp(std::string_view data, std::string_view request,
                                         std::string_view response,
                                         const std::filesystem::path& ca) {
  PC_TRY([[maybe_unused]] const auto readable, core::read_file(ca, kStampBytesMax));
  ERR_clear_error();
  const auto answer = read_der<TS_RESP>(response, d2i_TS_RESP);
  if (!answer) return stamp_error(core::ErrorCode::kInvalidInput, "is no TimeStampResp");
  auto* status = TS_RESP_get_status_info(answer.get());
  const auto granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
  if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS)
    return core::Error{core::ErrorCode::kRefused,
                       fmt::format("time stamp: the authority grants none (status {})", granted)};

  Ts<TS_VERIFY_CTX> check(TS_VERIFY_CTX_new());
  Ts<X509_STORE> store(X509_STORE_new());
  if (!check || !store) return stamp_error(core::ErrorCode::kInternal, "no memory");
  if (X509_STORE_load_file(store.get(), ca.c_str()) != 1)
    return stamp_error(core::ErrorCode::kInvalidConfig,
                       ca.string() + " holds no certificate in PEM");
  const auto nonce_asked = [&]() -> core::Result<Ts<TS_REQ>> {
    if (request.empty()) return Ts<TS_REQ>();
    auto asked = read_der<TS_REQ>(request, d2i_TS_REQ);
    if (!asked) return stamp_error(core::ErrorCode::kInvalidInput, "the request is none");
    return core::Result<Ts<TS_REQ>>(std::move(asked));
  }();
  if (!nonce_asked.ok()) return nonce_asked.error();
  if (*nonce_asked && TS_REQ_to_TS_VERIFY_CTX(nonce_asked->get(), check.get()) == nullptr)
    return stamp_error(core::ErrorCode::kInternal, "the check cannot be made");
  // The data themselves are hashed here, whatever a request says.
  TS_VERIFY_CTX_add_flags(check.get(),
                          TS_VFY_VERSION | TS_VFY_SIGNER | TS_VFY_SIGNATURE | TS_VFY_DATA);
  if (data.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return core::Error{core::ErrorCode::kInvalidInput, "time stamp: too much data"};
  TS_VERIFY_CTX_set_data(check.get(), BIO_new_mem_buf(data.data(), static_cast<int>(data.size())));
  TS_VERIFY_CTX_set_store(check.get(), store.release());  // Owned by it from here on.
  if (TS_RESP_verify_response(check.get(), answer.get()) != 1)
    return stamp_error(core::ErrorCode::kCorrupt, "does not hold");
  return stated_by(TS_RESP_get_tst_info(answer.get()));
}

std::filesystem::path stamps_folder_of(const std::filesystem::path& log_folder) {
  auto plain = log_folder.lexically_normal();
  if (plain.filename().empty()) plain = plain.parent_path();
  return plain.string() + "-stamps";
}

core::Result<KeptStamp> newest_stamp(const std::filesystem::path& folder) {
  std::optional<std::uint64_t> newest;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() != kStampSuffix) continue;
    const auto stem = entry->path().stem().string();
    std::uint64_t size = 0;
    const auto read = std::from_chars(stem.data(), stem.data() + stem.size(), size);
    if (read.ec != std::errc() || read.ptr != stem.data() + stem.size()) continue;
    if (!newest || size > *newest) newest = size;
  }
  if (!newest)
    return core::Error{core::ErrorCode::kNotFound, folder.string() + ": holds no time stamp"};
  KeptStamp kept;
  const auto stem = (folder / std::to_string(*newest)).string();
  PC_TRY(kept.checkpoint, core::read_file(stem + kStampedSuffix, kStampBytesMax));
  PC_TRY(kept.response, core::read_file(stem + kStampSuffix, kStampBytesMax));
  return kept;
}

}  // namespace portcullis::archive
