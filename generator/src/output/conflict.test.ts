import { expect, test } from "vitest";
import { isConflictedOutput } from "./conflict.ts";
import { withMarker } from "../../test/support/marked.ts";

const ours = withMarker("a/values.ts", "#", "replicas: 1\n");
const theirs = withMarker("a/values.ts", "#", "replicas: 2\n");
const authored = "# my own file\nreplicas: 3\n";

function conflict(first: string, second: string, base?: string): string {
  const middle = base === undefined ? "" : `||||||| 1234567\n${base}`;
  return `<<<<<<< HEAD\n${first}${middle}=======\n${second}>>>>>>> feature\nkind: Deployment\n`;
}

test.for([
  ["the marker is inside the conflict", conflict(ours, theirs)],
  ["git shows the base too", conflict(ours, theirs, ours)],
  ["both sides added the file, so the base is empty", conflict(ours, theirs, "")],
  ["line ends are those of Windows", conflict(ours, theirs).replaceAll("\n", "\r\n")],
  [
    "the conflict has no labels",
    conflict(ours, theirs).replace(" HEAD", "").replace(" feature", ""),
  ],
  ["the end is missing", `<<<<<<< HEAD\n${ours}=======\n${theirs}`],
  ["only its first line was left", `<<<<<<< HEAD\n${ours}`],
  ["only its middle was left", `=======\n${theirs}`],
  ["only its last line was left, at the top", `>>>>>>> feature\n${theirs}`],
  ["only its last line was left, below the marker", `${ours}>>>>>>> feature\n`],
  [
    "its first line was left above another one",
    `<<<<<<< HEAD\n${ours.replace("replicas: 1\n", conflict("replicas: 1\n", "replicas: 2\n"))}`,
  ],
  ["the marker is above the conflict", `${ours.split("\n")[0]}\n${conflict("a\n", "b\n")}`],
] as const)("a conflict is recognised when %s", ([, text]) => {
  expect(isConflictedOutput(text)).toBe(true);
});

test.for([
  ["one side is a person's file", conflict(authored, theirs)],
  ["the other side is a person's file", conflict(ours, authored)],
  ["both sides are", conflict(authored, authored)],
  ["there is no conflict", ours],
  ["the file is empty", ""],
  ["a sign was left above a person's file", `<<<<<<< HEAD\n${authored}`],
  ["the end of a person's file is missing", `<<<<<<< HEAD\n${ours}=======\n${authored}`],
  ["below the marker is but a line of equals signs", `${ours}=======\n`],
  ["the signs are indented", withMarker("a", "#", "x: |\n  <<<<<<< a\n  =======\n  >>>>>>> b\n")],
  ["it was rendered with such lines", withMarker("a", "#", conflict("1\n", "2\n"))],
] as const)("it is no conflict to replace when %s", ([, text]) => {
  expect(isConflictedOutput(text)).toBe(false);
});
