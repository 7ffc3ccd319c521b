#pragma once

// Whether a sanitizer watches this program. A claim about many seeds is tried by the release build;
// here the same code runs ten times slower, and a few show what a sanitizer can see.

namespace portcullis::test {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

}  // namespace portcullis::test
