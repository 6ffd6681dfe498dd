/** "Restore one service" of docs/guide-backup.md names what is rendered, and its Restore is that of a disaster, for one namespace. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { ensureCarried } from "../../src/tools/carrier.ts";
import { currentHost } from "../../src/tools/host.ts";
import { isProblem } from "../../src/tools/problems.ts";
import { blocksOf, projectRoot, readPage } from "./blocks.ts";

const page = readPage("docs/guide-backup.md");
/** Blocks of a numbered list are indented. */
const lines = blocksOf(page.replaceAll(/^ {3}/gm, ""))
  .filter(({ info }) => info === "sh restore")
  .flatMap(({ text }) => text.split("\n").filter(Boolean));
const inProd = (file: string) => path.join(projectRoot, "kubernetes/prod", file);

test("its Applications, namespace and claim are rendered", () => {
  const text = lines.join("\n");
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name);
  const files = [
    ...named(/patch applications\.argoproj\.io (\S+)/g).map(
      (name) => `_argocd/application-${name}.yaml`,
    ),
    ...named(/delete persistentvolumeclaim (\S+)/g).map(
      (name) => `sonarr/persistentvolumeclaim-${name}.yaml`,
    ),
    ...named(/--namespace (media-\S+)/g).map((name) => `sonarr/namespace-${name}.yaml`),
    ...named(/--filename kubernetes\/prod\/(\S+)/g),
  ];
  expect(files.length).toBeGreaterThan(6);
  expect(files.filter((file) => !existsSync(inProd(file)))).toEqual([]);
});

test("its Restore is the rendered one, for one namespace and one backup", async () => {
  const [command = ""] = (lines.find((line) => line.includes("patch --local")) ?? "").split(" | ");
  const kubectl = await ensureCarried("kubectl", currentHost());
  if (isProblem(kubectl)) throw new Error(kubectl.message);
  const { stdout } = await execa(
    "bash",
    ["-c", command.replace(/^kubectl/, kubectl?.path ?? "kubectl")],
    { cwd: projectRoot, env: { KUBECONFIG: "/dev/null" } },
  );
  const [, file = ""] = /--filename (\S+)/.exec(command) ?? [];
  const rendered = parse(readFileSync(path.join(projectRoot, file), "utf8")) as {
    readonly metadata: object;
    readonly spec: { readonly scheduleName: string; readonly includedNamespaces: string[] };
  };
  const { scheduleName, ...spec } = rendered.spec;
  expect(spec.includedNamespaces).toContain("media-sonarr");
  expect(parse(stdout)).toEqual({
    ...rendered,
    metadata: { ...rendered.metadata, name: "sonarr-1" },
    spec: {
      ...spec,
      includedNamespaces: ["media-sonarr"],
      backupName: expect.stringContaining(`${scheduleName}-`),
    },
  });
});
