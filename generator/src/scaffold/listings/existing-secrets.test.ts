import { expect, test } from "vitest";
import { existingSecrets } from "./existing-secrets.ts";

test.for([
  [
    "paths, one a line",
    "/services/sonarr/api-key\n/edges/a/b/password\n",
    ["/edges/a/b/password", "/services/sonarr/api-key"],
  ],
  [
    "names below the folder of the heading",
    "# /services/a\nx='1'\n\n# /services/b\nx=2\n",
    ["/services/a/x", "/services/b/x"],
  ],
  [
    "what has no value yet is not there",
    "# /services/a\nempty=''\nbare=\nboth=\"\"\nfull='v'\n",
    ["/services/a/full"],
  ],
  [
    "a value of several lines names nothing",
    "# /services/a\nfile='[default]\nkey=1\nlast'\nnext=2\n",
    ["/services/a/file", "/services/a/next"],
  ],
  [
    "comments of a person are passed over",
    "# by hand: something\n#\n\n/services/a/x=there\n",
    ["/services/a/x"],
  ],
  ["lines of Windows", "# /services/a\r\nx='1'\r\n", ["/services/a/x"]],
  ["each once", "/services/a/x\n/services/a/x=1\n", ["/services/a/x"]],
] as const)("%s", ([, text, paths]) => {
  expect(existingSecrets(text)).toEqual(paths);
});

test.for([
  ["words", "/services/a/x\nhello world foo\n", 2, "is neither a path"],
  ["one word", "hello", 1, "is neither a path"],
  ["a name without a value", "# /services/a\nx\n", 2, "is neither a path"],
  ["JSON", '[\n  { "path": "/services/a/x" }\n]\n', 1, "is neither a path"],
  ["a table", "PATH  VALUE  READ BY  WHAT\n/services/a/x  by hand\n", 1, "is neither a path"],
  ["a path with words behind it", "\n/services/a/x  by hand  a\n", 2, "is neither a path"],
  ["a name in no folder", "x=1\n", 1, "no line above it says in which folder"],
  ["a quote without end", "# /services/a\nx='1\ny=2\n", 2, "opens a quote"],
] as const)("no list: %s", ([, text, line, why]) => {
  expect(existingSecrets(text)).toEqual({ line, why: expect.stringContaining(why) });
});
