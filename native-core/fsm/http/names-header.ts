import { banner, type GeneratedFile } from '../../../src/fsm/compile-grammar.ts';
import { flags, headers, methods, reasons, stops, targetForms } from './names.ts';

const enumerator = (name: string): string => {
  const plain = name.toLowerCase().replaceAll('-', '_');
  return plain === 'delete' ? 'delete_' : plain;
};

function enumeration(name: string, type: string, enumerators: readonly string[]): string {
  return `enum class ${name} : ${type} {\n${enumerators.map((one) => `  ${one},\n`).join('')}};\n`;
}

function constants(type: string, values: Readonly<Record<string, number>>, prefix: string): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const camel = name.charAt(0).toUpperCase() + name.slice(1);
      return `inline constexpr ${type} ${prefix}${camel} = 0x${value.toString(16)};\n`;
    })
    .join('');
}

/** The C++ side of names.ts: enumerations, and the table that turns a reason into a response. */
export function namesHeader(): GeneratedFile {
  const methodNames = methods.map((name) => `    "${name}",\n`).join('');
  const headerNames = headers.map((name) => `    "${name}",\n`).join('');
  const errors = reasons
    .map(
      ({ name, status, text }) => `    {ParseReason::${name}, ${status}, "${name}", "${text}"},\n`,
    )
    .join('');
  const text = `${banner('native-core/fsm/http/names.ts')}#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace hpserver::http {

/** Request methods; \`other\` is any other token, to be read from the head's bytes. */
${enumeration('Method', 'std::uint8_t', methods.map(enumerator))}
/** The fields that a server looks up; \`other\` is found by its name. */
${enumeration('HeaderId', 'std::uint8_t', headers.map(enumerator))}
/** How the target is written. See: RFC 9112 section 3.2. */
${enumeration('TargetForm', 'std::uint8_t', targetForms)}
/** Why a request was refused, one value per rule. */
${enumeration('ParseReason', 'std::uint8_t', ['none', ...reasons.map((reason) => reason.name)])}
/** What to answer to a refused request. */
struct ParseError {
  ParseReason reason;
  std::uint16_t status;
  /** For logs and counters. */
  std::string_view name;
  /** For people. */
  std::string_view text;
};

/** Indexed by \`ParseReason\`. */
inline constexpr std::array<ParseError, ${reasons.length + 1}> kParseErrors{{
    {ParseReason::none, 200, "none", "no error"},
${errors}}};

/** Indexed by \`HeaderId\`; lower case. */
inline constexpr std::array<std::string_view, ${headers.length}> kHeaderNames{{
${headerNames}}};

/** Indexed by \`Method\`. */
inline constexpr std::array<std::string_view, ${methods.length}> kMethodNames{{
${methodNames}}};

namespace machine {

${constants('unsigned', flags, 'kFlag')}
${constants('int', stops, 'kStop')}
}  // namespace machine

}  // namespace hpserver::http
`;
  return { name: 'http_request_names.h', text };
}
