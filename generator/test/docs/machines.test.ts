/** The cluster that docs/guide-machines.md shows takes its first services, and the storage classes it names are made there. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { callCommand } from "../support/call.ts";
import { blocksOf, fileOf, readPage } from "./blocks.ts";
import { createWorkingCopy } from "./working-copy.ts";

const page = readPage("docs/guide-machines.md");

test("its cluster takes what everything else needs, in the order of that page", async () => {
  using copy = createWorkingCopy(isNotOfTheHouse);
  for (const block of blocksOf(page)) {
    const file = fileOf(block);
    if (file === undefined) continue;
    mkdirSync(path.dirname(path.join(copy.root, file)), { recursive: true });
    writeFileSync(path.join(copy.root, file), block.text);
  }
  const commands = [
    ...needed().map((name) => ["new-service", name, "--environment", "attic"]),
    ["check"],
  ];
  for (const command of commands) {
    const { exitCode, stderr } = await callCommand(command, { cwd: copy.root, env: process.env });
    expect(exitCode, `${command.join(" ")}\n${stderr}`).toBe(0);
  }
});

test("its storage classes are those of the clusters that are shown", () => {
  const made = [...page.matchAll(/<<'END'\n([\s\S]*?)\nEND\n/g)]
    .flatMap(([, text = ""]) => parseAllDocuments(text))
    .map((document) => document.toJS() as { kind: string; metadata: { name: string } })
    .filter(({ kind }) => kind === "StorageClass")
    .map(({ metadata }) => metadata.name);
  // This one comes with the chart.
  const there = ["longhorn", ...made];
  const shown = [page, readPage("environments/clusters/home.ts")].map(classesIn);
  expect(shown).toEqual([there, there]);
});

/** What a person takes out first, as docs/guide-own-repository.md says. */
const isNotOfTheHouse = (file: string) =>
  !/^(charts\/services|kubernetes|environments\/(clusters|dev|staging|prod))\//.test(file);

/** The services that docs/guide-own-repository.md adds before the first one of the house's own. */
function needed(): string[] {
  const [, section = ""] =
    /## What everything else needs\n([\s\S]*?)\n## /.exec(
      readPage("docs/guide-own-repository.md"),
    ) ?? [];
  return [...section.matchAll(/^npm run new-service (\S+)$/gm)].map(([, name = ""]) => name);
}

function classesIn(text: string): string[] {
  const [, inside = ""] = /storageClasses: \{(.*)\}/.exec(text) ?? [];
  return [...inside.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}
