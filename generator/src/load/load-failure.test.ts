import { expect, test } from "vitest";
import { explainFailure } from "./load-failure.ts";

const names = ["defineService", "secret", "state"];

test.for([
  {
    what: "#rzp with letters swapped",
    reason: 'Package import specifier "#rpz" is not defined in package package.json',
    fix: 'write "#rzp" instead of "#rpz"',
    culprit: "#rpz",
  },
  {
    what: "rzp without its sign",
    reason: "Cannot find package 'rzp'",
    fix: 'write "#rzp" instead of "rzp"',
    culprit: "rzp",
  },
  {
    what: "a file of #rzp",
    reason: 'Package import specifier "#rzp/types" is not defined in package package.json',
    fix: 'write "#rzp" instead of "#rzp/types"',
    culprit: "#rzp/types",
  },
  {
    what: "another package",
    reason: "Cannot find package 'lodash'",
    fix: 'remove the import of "lodash": a file that describes needs nothing but "#rzp"',
    culprit: "lodash",
  },
  {
    what: "a file that is not there",
    reason: "Cannot find module 'charts/services/mine/image.ts'",
    fix: "mend the path of the import, ending included, or create charts/services/mine/image.ts",
    culprit: "image.ts",
  },
  {
    what: "a name #rzp nearly has",
    reason: "The requested module '#rzp' does not provide an export named 'stat'",
    fix: "write `state` instead of `stat`",
    culprit: "stat",
  },
  {
    what: "a name #rzp has nothing like",
    reason: "The requested module '#rzp' does not provide an export named 'kubernetes'",
    fix: "remove `kubernetes` from the import",
    culprit: "kubernetes",
  },
  {
    what: "a name of #rzp that is not imported",
    reason: "secret is not defined",
    fix: 'add `secret` to the names of the line import { … } from "#rzp"',
  },
  {
    what: "a misspelt name",
    reason: "sekret is not defined",
    fix: 'write `secret` instead of `sekret`, and import it from "#rzp"',
  },
  {
    what: "a word without quotes",
    reason: "longhorn is not defined",
    fix: 'define or import `longhorn`, or write "longhorn" if it is text',
  },
  {
    what: "any other error",
    reason: "not today",
    fix: "mend the line above; the file is run as it is, so what it imports and calls must work",
  },
])("$what", ({ reason, fix, culprit }) => {
  const explained = explainFailure(reason, names);
  expect(explained.fix).toBe(fix);
  expect(explained.culprit).toBe(culprit);
});
