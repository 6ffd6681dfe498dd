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
    "words of a person are passed over",
    "# by hand: something\nPut these there:\n/services/a/x=there\n",
    ["/services/a/x"],
  ],
  ["lines of Windows", "# /services/a\r\nx='1'\r\n", ["/services/a/x"]],
  ["each once", "/services/a/x\n/services/a/x=1\n", ["/services/a/x"]],
] as const)("%s", ([, text, paths]) => {
  expect(existingSecrets(text)).toEqual(paths);
});
