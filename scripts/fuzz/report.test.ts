import { describe, expect, test } from 'vitest';
import { argumentsOf, reportOf } from './report.ts';

const kCrash = `INFO: Seed: 1
#14\tINITED cov: 204 ft: 274 corp: 13/154b exec/s: 0 rss: 37Mb
broken rule: nothing hides behind what ends a name for the kernel
==7== ERROR: libFuzzer: deadly signal
    #0 0x55 in __sanitizer_print_stack_trace (/home/me/native-core/build/asan/fuzz_address+0x1)
    #8 0x56 in hpserver::fuzz::try_input(std::string_view) /home/me/native-core/fuzz/address.cc:22:3
    #9 0x57 in fuzzer::Fuzzer::ExecuteCallback (/lib/x86_64-linux-gnu/libc.so.6+0x2)
SUMMARY: libFuzzer: deadly signal
Test unit written to native-core/build/asan/crashes/address-crash-8c2e
Base64: MTI3
`;

describe('a report', () => {
  test('of a search that has found nothing counts its runs', () => {
    const output = '#1\tINITED\nDone 25038 runs in 11 second(s)\n';
    expect(reportOf(output, 0)).toEqual({ runs: 25038, found: '', input: null });
  });

  test('of a crash begins with the rule, has our frames only, and names the input', () => {
    const { found, input } = reportOf(kCrash, 77);
    expect(found).toMatch(/^broken rule: nothing hides/);
    expect(found).toContain('address.cc:22');
    expect(found).not.toContain('__sanitizer_print_stack_trace');
    expect(found).not.toContain('libc.so');
    expect(input).toBe('native-core/build/asan/crashes/address-crash-8c2e');
  });

  test.each([
    ['a/native-core/hpserver/x.cc:1:2: runtime error: index 9 out of bounds\n', 'runtime error'],
    ['==7==ERROR: AddressSanitizer: heap-buffer-overflow\n', 'AddressSanitizer'],
    ['--- expected\na\n--- actual\nb\n---\nbroken rule: c\n', '--- actual'],
    ['nothing that we know\n', 'nothing that we know'],
    ['', 'it ended with 1'],
  ])('of %j tells of it', (output, telling) => {
    expect(reportOf(`#1\tINITED\n${output}`.slice(output === '' ? 20 : 0), 1).found).toContain(
      telling,
    );
  });
});

test('a search keeps what it finds in its first corpus, and reads the others', () => {
  const search = {
    name: 'uri',
    seconds: 30,
    seed: 7,
    corpora: ['kept', 'seeds'],
    dictionary: null,
  };
  expect(argumentsOf(search).slice(-2)).toEqual(['kept', 'seeds']);
  expect(argumentsOf(search)).toContain('-max_total_time=30');
  expect(argumentsOf(search)).toContain('-seed=7');
  expect(argumentsOf({ ...search, dictionary: 'http.dict' })).toContain('-dict=http.dict');
});
