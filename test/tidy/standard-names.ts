/**
 * The headers in which the standard declares each name: [headers.names] of each clause. The first
 * header of a list is the best one to include.
 */

const kHeaders: Readonly<Record<string, string>> = {
  algorithm:
    'min max min_element max_element clamp count find find_if find_if_not copy transform any_of all_of none_of upper_bound lower_bound equal replace_if sort ranges',
  array: 'array to_array',
  atomic:
    'atomic atomic_ref memory_order memory_order_relaxed memory_order_acquire memory_order_release memory_order_acq_rel',
  bit: 'bit_ceil bit_floor endian countr_zero has_single_bit',
  cerrno: 'errno',
  charconv: 'from_chars to_chars',
  chrono: 'chrono chrono_literals',
  concepts: 'integral invocable same_as',
  condition_variable: 'condition_variable cv_status',
  cstddef: 'size_t ptrdiff_t byte max_align_t',
  cstdint: 'uint8_t uint16_t uint32_t uint64_t int32_t int64_t uintptr_t',
  cstdio: 'fflush fprintf snprintf perror printf fputs',
  cstdlib: 'at_quick_exit free calloc getenv quick_exit',
  cstring: 'memcpy memmove memcmp',
  ctime: 'time_t tm time',
  deque: 'deque',
  exception: 'exception exception_ptr current_exception rethrow_exception',
  filesystem: 'filesystem',
  fstream: 'ifstream ofstream',
  functional: 'function less',
  initializer_list: 'initializer_list',
  ios: 'ios',
  iterator: 'make_move_iterator istreambuf_iterator prev distance next',
  limits: 'numeric_limits',
  list: 'list',
  map: 'map',
  memory:
    'unique_ptr shared_ptr weak_ptr make_unique make_shared make_unique_for_overwrite enable_shared_from_this uninitialized_value_construct_n',
  mutex: 'mutex lock_guard unique_lock',
  new: 'launder bad_alloc nothrow align_val_t',
  numeric: 'iota',
  optional: 'optional nullopt',
  random: 'random_device minstd_rand uniform_int_distribution',
  span: 'span',
  stop_token: 'stop_token stop_source nostopstate',
  string: 'string to_string getline',
  string_view: 'string_view string_view_literals',
  system_error: 'errc error_code generic_category system_error',
  thread: 'thread this_thread',
  tuple: 'tuple',
  type_traits:
    'is_same_v is_trivially_copyable_v is_trivially_destructible_v ' +
    'is_default_constructible_v is_nothrow_default_constructible_v',
  unordered_map: 'unordered_map',
  utility: 'move exchange forward swap pair as_const in_place',
  variant: 'variant get_if holds_alternative in_place_index',
  vector: 'vector erase_if erase',
};

/** Names that other headers declare, too. */
const kElsewhere: Readonly<Record<string, readonly string[]>> = {
  erase: ['string', 'deque', 'list'],
  erase_if: ['unordered_map', 'deque', 'map', 'list'],
  errc: ['charconv'],
  in_place: ['optional'],
  initializer_list: ['vector', 'string', 'utility'],
  ios: ['fstream'],
  istreambuf_iterator: ['fstream'],
  string_view: ['string'],
  time_t: ['chrono'],
};

/** By name without `std::`: what to include. */
export const kStandardNames: ReadonlyMap<string, readonly [string, ...string[]]> = new Map(
  Object.entries(kHeaders).flatMap(([header, names]) =>
    names.split(' ').map((name) => [name, [header, ...(kElsewhere[name] ?? [])]] as const),
  ),
);
