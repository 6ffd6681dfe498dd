/** The pages written by hand: links and paths lead somewhere, commands exist, copies are equal. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { commands, options } from "../../src/commands/usage.ts";
import { concerns } from "../../src/model/rules.ts";
import { blocksOf, projectRoot, readPage } from "./blocks.ts";

const list = (folder: string) =>
  readdirSync(path.join(projectRoot, folder)).map((name) =>
    folder === "." ? name : `${folder}/${name}`,
  );
const pages = [".", "docs", "docs/decisions", "charts/rzp-lib"]
  .flatMap(list)
  .filter((file) => file.endsWith(".md") && file !== "docs/errors.md");
const exists = (file: string) => existsSync(path.join(projectRoot, file));

/** As a heading is linked to. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
const anchorsOf = (file: string) =>
  [...readPage(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ""));

/** Only paths of the repository: no placeholders, none of an example, none that is there only after a command. */
const isPath = (text: string) =>
  /^(\.ci|\.github|charts|docs|environments|generator|kubernetes|tools)\/[\w./-]+$/.test(text) &&
  !/notes|cert-manager|vendor/.test(text);

describe.for(pages)("%s", (page) => {
  const text = readPage(page);

  test("links lead to files and headings that are there", () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(
      ([, file = "", anchor]) => ({
        file: path.posix.join(file === "" ? page : path.posix.dirname(page), file),
        anchor,
      }),
    );
    const broken = links
      .map(({ file, anchor }) => ({ file: file.replace(/\.md\/\.?$/, ".md"), anchor }))
      .filter(
        ({ file, anchor }) =>
          !exists(file) || (anchor !== undefined && !anchorsOf(file).includes(anchor)),
      );
    expect(broken).toEqual([]);
  });

  test("commands it names are scripts of package.json", () => {
    const { scripts } = JSON.parse(
      readFileSync(path.join(projectRoot, "package.json"), "utf8"),
    ) as { scripts: Record<string, string> };
    const named = [...text.matchAll(/npm run ([a-z][a-z0-9:-]*)/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("paths it names are there", () => {
    const named = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code).filter(isPath);
    expect(named.filter((file) => !exists(file))).toEqual([]);
  });
});

describe("docs/cli.md", () => {
  const table =
    readPage("docs/cli.md")
      .split("\n## ")
      .find((part) => part.startsWith("Options")) ?? "";
  const rows = table
    .split("\n")
    .filter((line) => line.startsWith("| `--"))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .map(([, option = "", of = "", meaning = ""]) => ({
      options: [...option.matchAll(/--([a-z-]+)/g)].map(([, name]) => name ?? ""),
      of: of.split(/,\s*/),
      meaning,
    }));
  const rowOf = (name: string) => rows.find((row) => row.options.includes(name));

  test("has every option, and none that is not there", () => {
    const known = options.flatMap(({ written }) =>
      [...written.matchAll(/--([a-z-]+)/g)].map(([, name]) => name ?? ""),
    );
    expect(rows.flatMap((row) => row.options).toSorted()).toEqual([...known, "help"].toSorted());
  });

  test.for(options)("of $option: the commands that take it", ({ option, of }) => {
    const takes = Object.keys(of).toSorted();
    const all = commands.filter((command) => command !== "help").toSorted();
    const said = rowOf(option)?.of ?? [];
    const without = said[0]?.match(/^all but (.+)$/)?.[1];
    expect(
      without === undefined ? said.toSorted() : all.filter((command) => command !== without),
    ).toEqual(takes);
  });

  test("of --concern: every concern there is", () => {
    const said = [...(rowOf("concern")?.meaning ?? "").matchAll(/`([^`]+)`/g)];
    expect(said.map(([, name]) => name).toSorted()).toEqual([...concerns].toSorted());
  });
});

describe("ARCHITECTURE.md", () => {
  const text = readPage("ARCHITECTURE.md");

  test("is short", () => {
    expect(text.split("\n").length).toBeLessThan(200);
  });

  test("has every folder of the generator in its code map", () => {
    const folders = list("generator/src").filter((name) => !name.endsWith(".ts"));
    expect(
      folders.filter(
        (folder) =>
          !text
            .split("\n")
            .some((line) => line.startsWith("### ") && line.includes(`\`${folder}\``)),
      ),
    ).toEqual([]);
  });

  test("names files of the generator that are there", () => {
    const named = [...text.matchAll(/(?:`|\|)((?:[a-z-]+\/)+[a-z-]+\.ts)/g)]
      .map(([, file]) => file ?? "")
      .filter((file) => !file.startsWith("generator/"));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((file) => !exists(`generator/src/${file}`))).toEqual([]);
  });

  test("names a file without its folder only under the heading of that folder", () => {
    const sections = text.split(/^#{2,3} /m).map((section) => {
      const [heading = "", ...lines] = section.split("\n");
      return {
        folders: [...heading.matchAll(/`(generator\/src\/[a-z]+)`/g)].map(([, name = ""]) => name),
        names: [...lines.join("\n").matchAll(/`([a-z-]+\.ts)`/g)].map(([, name = ""]) => name),
      };
    });
    const named = sections.filter(({ folders }) => folders.length > 0);
    expect(named.flatMap(({ names }) => names).length).toBeGreaterThan(20);
    expect(
      named.flatMap(({ folders, names }) =>
        names.filter(
          (name) => !["generator/src", ...folders].some((folder) => exists(`${folder}/${name}`)),
        ),
      ),
    ).toEqual([]);
  });
});

test("guide-library.md shows the values file that is rendered in a test", () => {
  const shown = blocksOf(readPage("docs/guide-library.md")).find(
    ({ info }) => info === "yaml by-hand",
  );
  expect(shown?.text).toBe(readPage("generator/test/charts/fixtures/by-hand-values.yaml"));
});

test("the library's own page says how to depend on it as the guide does", () => {
  const [chart, template] = blocksOf(readPage("charts/rzp-lib/README.md"));
  expect(chart?.text).toContain("alias: service");
  expect(blocksOf(readPage("docs/guide-library.md")).slice(0, 2)).toMatchObject(
    [chart, template].map((block) => ({ text: block?.text })),
  );
});

test("cli.md has every command", () => {
  const page = readPage("docs/cli.md");
  expect(
    commands.filter((command) => command !== "help" && !page.includes(`| \`npm run ${command}`)),
  ).toEqual([]);
});

test("every decision is in the list", () => {
  const listed = readPage("docs/decisions/README.md");
  expect(
    list("docs/decisions")
      .map((file) => path.basename(file))
      .filter((name) => name !== "README.md" && !listed.includes(`(${name})`)),
  ).toEqual([]);
});
