// Addresses of listeners: one that was read is written and read again without a change, and
// contains nothing that the kernel would not see.

#include "hpserver/socket/address.h"

#include "target.h"
#include "test/rules.h"

namespace hpserver::fuzz {

using testing::require;

void try_input(std::string_view input) {
  const auto address = Address::parse(input);
  if (!address) {
    require(address.error().code != 0, "a refusal says why");
    return;
  }
  const std::string text = address->to_string();
  const auto again = Address::parse(text);
  require(again.ok() && *again == *address, "what is written is read alike");
  require_equal(again->to_string(), text, "it is written the same twice");
  require(address->is_abstract() || input.find('\0') == input.npos,
          "nothing hides behind what ends a name for the kernel");
  require(address->is_ip() || address->unix_name().size() <= 107, "a name fits into its room");
  require(Address::from(address->data(), address->size()) == *address, "the kernel's form is it");
}

}  // namespace hpserver::fuzz
