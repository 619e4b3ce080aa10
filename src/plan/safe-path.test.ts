import { expect, test } from 'vitest';
import { pathFault } from './safe-path.ts';

test.each([
  ['README.md'],
  ['src/handlers/user.ts'],
  ['.gitignore'],
  ['.github/workflows/check.yml'],
  ['console/null.ts'],
])('%s can be written', (path) => {
  expect(pathFault(path)).toBeNull();
});

test.each([
  ['', 'is empty'],
  ['/etc/passwd', 'is absolute'],
  ['C:/Windows/a', 'is absolute'],
  ['../x', 'is not normalised'],
  ['a/../../x', 'is not normalised'],
  ['a//b', 'is not normalised'],
  ['a\\b', 'contains a backslash'],
  ['a\0b', 'contains a NUL'],
  ['a\nb', 'contains a control character'],
  ['.git/hooks/pre-commit', 'is inside .git'],
  ['vendor/.GIT/config', 'is inside .git'],
  ['.git./config', 'is inside .git'],
  ['.git /config', 'is inside .git'],
  ['GIT~1/config', 'is inside .git'],
  ['.g\u200cit/config', 'is inside .git'],
  ['.git::$INDEX_ALLOCATION/config', 'is inside .git'],
  ['.hpserver/state.json', 'is inside .hpserver'],
  ['.HPSERVER/state.json', 'is inside .hpserver'],
  ['src/aux.h', 'names a device'],
  ['COM1', 'names a device'],
  ['a./b', 'has a part that ends with a dot or a space'],
  ['a?.ts', 'has a character that not every file system accepts'],
  ['x'.repeat(256), 'has a part with more than 255 characters'],
])('%j cannot: it %s', (path, fault) => {
  expect(pathFault(path)).toBe(fault);
});
