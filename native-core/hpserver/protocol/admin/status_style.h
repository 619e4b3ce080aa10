#pragma once

#include <string_view>

namespace hpserver::admin {

// The style of the status page, which loads nothing from elsewhere.
inline constexpr std::string_view kStatusStyle = R"(:root {
  color-scheme: light dark;
  --line: #8885;
  --soft: #8882;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 72rem;
  padding: 1rem;
  font: 1rem/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: 1.6rem; }
h1 small { font-size: 1rem; font-weight: normal; }
h2 { margin: 1.5rem 0 .5rem; font-size: 1.1rem; }
header p { margin: .2rem 0; }
.good { color: #16803c; font-weight: bold; }
.bad { color: #c0262d; font-weight: bold; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .5rem; }
.tiles div { margin-top: 1rem; padding: .6rem .8rem; border: 1px solid var(--line); }
.tiles b { display: block; font-size: 1.3rem; overflow-wrap: normal; }
.steps {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr));
  gap: .5rem;
  margin: 0;
  padding: 0;
  list-style: none;
}
.steps li { padding: .6rem .8rem; border: 1px solid var(--line); border-top: 3px solid #2f6fde; }
.steps b, .steps span, .steps code { display: block; }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
tr:nth-child(even) { background: var(--soft); }
th, td { padding: .25rem .5rem; text-align: right; vertical-align: top; }
th { overflow-wrap: normal; }
td + td { white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
)";

}  // namespace hpserver::admin
