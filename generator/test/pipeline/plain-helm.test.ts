/** Anyone can reproduce a committed file with plain Helm and no RZP: byte for byte, before patches. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { evaluateFiles } from "../../src/load/evaluate.ts";
import { authoredFiles, readTree } from "../../src/load/tree.ts";
import { readHeader } from "../../src/output/header.ts";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";
import { model } from "../../src/judge.ts";
import { validateTree } from "../../src/validate/tree.ts";
import { projectRoot } from "../support/repository.ts";

const tree = readTree(projectRoot);
const exported = await evaluateFiles(projectRoot, authoredFiles(tree));
const { authored } = validateTree(tree, exported.values, model);
const helm = await ensureHelm();
if ("code" in helm) throw new Error(helm.message);

const cases = tree.environments.flatMap((environment) =>
  readdirSync(path.join(projectRoot, "kubernetes", environment))
    .filter((service) => !service.startsWith("_"))
    .map((service) => ({ environment, service })),
);

test("every environment has services", () => {
  expect(cases.length).toBeGreaterThanOrEqual(tree.environments.length);
});

describe.concurrent("plain Helm gives the committed tree", () => {
  test.for(cases)("$service in $environment", async ({ environment, service }) => {
    const chart = path.join(projectRoot, "charts/services", service);
    const { stdout } = await execa(
      helm.path,
      [
        "template",
        service,
        chart,
        "--values",
        path.join(chart, "ci", `${environment}-values.yaml`),
      ],
      { stripFinalNewline: false },
    );
    const patched = new Set(Object.keys(authored.services.get(service)?.spec.patches ?? {}));
    const isPatched = (document: string) => {
      const { kind, name } = readHeader(document);
      return patched.has(`${kind.toLowerCase()}/${name}`);
    };
    const plain = stdout
      .split(/^---\n/m)
      .map((document) => document.replace(/^# Source:.*\n/, ""))
      .filter((document) => document.trim() !== "");
    const folder = path.join(projectRoot, "kubernetes", environment, service);
    const committed = readdirSync(folder)
      .map((file) => readFileSync(path.join(folder, file), "utf8"))
      .map((text) => text.slice(text.indexOf("\n") + 1));
    const normal = (documents: readonly string[]) =>
      documents
        .filter((document) => !isPatched(document))
        .map((document) => `${document.trim()}\n`)
        .sort();
    expect(normal(plain)).toEqual(normal(committed));
  });
});
