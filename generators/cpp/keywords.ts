/** Reserved words of C++20: [lex.key]. */
export const kCppKeywords: readonly string[] = [
  'alignas alignof and asm auto bitand bitor bool break case catch char class compl concept',
  'const consteval constexpr constinit continue decltype default delete do double else enum',
  'explicit export extern false float for friend goto if inline int long mutable namespace new',
  'noexcept not nullptr operator or private protected public register requires return short',
  'signed sizeof static struct switch template this throw true try typedef typeid typename',
  'union unsigned using virtual void volatile while xor',
  'and_eq char8_t char16_t char32_t co_await co_return co_yield const_cast dynamic_cast not_eq',
  'or_eq reinterpret_cast static_assert static_cast thread_local wchar_t xor_eq',
].flatMap((line) => line.split(' '));
