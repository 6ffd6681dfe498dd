/**
 * Renders rzp-lib through the real Helm. Several cases are one Helm call: each is a thin chart in a
 * parent that holds the library once, as the generator renders a whole environment.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { parse } from "yaml";
import type { ContainerValues } from "../../src/model/values/container.ts";
import type { ServiceValues } from "../../src/model/values/service.ts";
import type { WorkloadValues } from "../../src/model/values/workload.ts";
import { ensureHelm } from "../../src/tools/helm-carrier.ts";

export type Values = Partial<ServiceValues>;
export type Files = Readonly<Record<string, string>>;

/** A rendered object, loosely: a test says what it expects of it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly [field: string]: any;
}

export interface Rendered {
  /** Documents as Helm printed them, without its `# Source:` lines. */
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

export const library = resolve(import.meta.dirname, "../../../charts/rzp-lib");

const base: Values = {
  name: "sonarr",
  tier: "media",
  environment: "prod",
  namespace: { name: "media-sonarr", create: false, podSecurity: "restricted" },
  dns: { namespace: "kube-system", podLabels: { "k8s-app": "kube-dns" } },
};

export const resources = { cpu: "50m", memory: "128Mi", memoryLimit: "256Mi" };
export const container: ContainerValues = { image: "ghcr.io/example/app:1.2.3", resources };

/** A workload with what every workload must say. */
export function workload(more: Partial<WorkloadValues> = {}): WorkloadValues {
  return { objectName: "sonarr", runs: "Deployment", ...container, ...more };
}

/** Labels of an object of the service of these tests. */
export function labels(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "rzp",
    "app.kubernetes.io/name": "sonarr",
    "app.kubernetes.io/part-of": "media",
    "rzp.local/environment": "prod",
    ...more,
  };
}

export const component = (name: string) => labels({ "app.kubernetes.io/component": name });
export const selector = (name: string) => ({
  "app.kubernetes.io/component": name,
  "app.kubernetes.io/name": "sonarr",
});
export const wave = (number: string) => ({ "argocd.argoproj.io/sync-wave": number });
export const keepsData = {
  "argocd.argoproj.io/compare-options": "IgnoreExtraneous",
  "argocd.argoproj.io/sync-options": "Prune=false,Delete=false",
};

/** Renders every case, in one Helm call, and gives what each rendered. */
export async function renderAll<K extends string>(
  cases: Readonly<Record<K, Values>>,
  files: Files = {},
): Promise<Record<K, Rendered>> {
  const names = Object.keys(cases) as K[];
  return inFolder(async (folder) => {
    await writeTree(folder, {
      "Chart.yaml": chartFile("environment"),
      "values.yaml": toValuesFile(
        Object.fromEntries(names.map((name) => [name, { service: { ...base, ...cases[name] } }])),
      ),
    });
    await mkdir(join(folder, "charts"));
    await symlink(library, join(folder, "charts/rzp-lib"));
    for (const name of names) await writeThinChart(join(folder, "charts", name), name, files);
    const output = await helm(["template", "environment", folder, "--skip-schema-validation"]);
    return Object.fromEntries(
      names.map((name) => [name, pick(output, `environment/charts/${name}/templates/all.yaml`)]),
    ) as Record<K, Rendered>;
  });
}

/** Renders one chart alone, as plain Helm does: library under its alias, defaults merged, schema checked. */
export async function renderAlone(values: Values | string, files: Files = {}): Promise<Rendered> {
  return inChart(values, files, async (folder) =>
    pick(
      await helm(["template", "sonarr", folder, "-f", join(folder, "own-values.yaml")]),
      "sonarr/templates/all.yaml",
    ),
  );
}

/** The library's own message with which these values are refused; the schema is not asked. */
export async function refusal(values: Values | string, files: Files = {}): Promise<string> {
  return inChart(values, files, async (folder) => {
    const message = await failure([
      "template",
      "sonarr",
      folder,
      "-f",
      join(folder, "own-values.yaml"),
      "--skip-schema-validation",
    ]);
    return /\[rzp-lib\].*/.exec(message)?.[0] ?? message;
  });
}

/** What Helm says when the schema refuses these values, one line a finding. */
export async function schemaRefusal(values: Values | string): Promise<string> {
  return inChart(values, {}, (folder) =>
    failure(["template", "sonarr", folder, "-f", join(folder, "own-values.yaml")]),
  );
}

/** The only object of a kind. */
export function only(rendered: Rendered, kind: string): Manifest {
  const found = rendered.manifests.filter((manifest) => manifest.kind === kind);
  if (found.length !== 1) throw new Error(`${found.length} objects of kind ${kind}`);
  return found[0] as Manifest;
}

/** The object of a kind and name. */
export function named(rendered: Rendered, kind: string, name: string): Manifest {
  const found = rendered.manifests.find(
    (manifest) => manifest.kind === kind && manifest.metadata.name === name,
  );
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** Kinds that were rendered, beside the two policies that always are. */
export function kinds(rendered: Rendered): string[] {
  const always = new Set(["default-deny", "dns"]);
  return rendered.manifests
    .filter(({ kind, metadata }) => !(kind === "NetworkPolicy" && always.has(metadata.name)))
    .map(({ kind }) => kind);
}

/** Hundreds of short runs: one thread and no garbage collection take two fifths less of a processor for each. */
const short = { GOMAXPROCS: "1", GOGC: "off", GOMEMLIMIT: "64MiB" };

/** Runs Helm and gives its output; a failure is an exception with what Helm said. */
export async function helm(args: readonly string[]): Promise<string> {
  const found = await ensureHelm();
  if (!("path" in found)) throw new Error(JSON.stringify(found));
  const { stdout } = await execa(found.path, args, { env: short });
  return stdout;
}

/** Makes a folder for the time of a call. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "rzp-lib-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes a chart as a service has it, without the library. */
export async function writeThinChart(folder: string, name: string, files: Files): Promise<void> {
  await writeTree(folder, {
    ...files,
    "Chart.yaml": chartFile(name),
    "templates/all.yaml": `{{ include "rzp-lib.service" . }}\n`,
  });
}

export async function writeTree(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

export const chartFile = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`;
export const dependency = `dependencies:\n  - name: rzp-lib\n    alias: service\n    repository: file://../../rzp-lib\n    version: ">=0.1.0"\n`;

/** As JSON, which Helm reads as YAML: what YAML takes for a line's end inside a text is escaped. */
export function toValuesFile(values: object): string {
  return JSON.stringify(values).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

async function inChart<T>(
  values: Values | string,
  files: Files,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  return inFolder(async (folder) => {
    await writeThinChart(folder, "sonarr", files);
    const content =
      typeof values === "string" ? values : toValuesFile({ service: { ...base, ...values } });
    await writeTree(folder, {
      "Chart.yaml": chartFile("sonarr") + dependency,
      "own-values.yaml": content,
    });
    await mkdir(join(folder, "charts"));
    await symlink(library, join(folder, "charts/rzp-lib"));
    return use(folder);
  });
}

async function failure(args: readonly string[]): Promise<string> {
  const output = await helm(args).catch((error: { stderr: string }) => error);
  if (typeof output === "string") throw new Error("it was rendered");
  return output.stderr;
}

function pick(output: string, source: string): Rendered {
  const documents = output
    .split(/^---\n# Source: /m)
    .map((part) => [part.slice(0, part.indexOf("\n")), part.slice(part.indexOf("\n") + 1)] as const)
    // Helm prints no line's end after the very last document.
    .flatMap(([path, text]) => (path === source ? [text.endsWith("\n") ? text : `${text}\n`] : []));
  // YAML 1.1 is what the API server's parser reads: an unquoted `yes` or `010` would show here.
  return {
    text: documents.join("---\n"),
    manifests: documents.map((text) => parse(text, { version: "1.1" }) as Manifest),
  };
}
