/**
 * A small platform in a temporary folder, with the registries RZP generates for it, and the real
 * compiler over it: what people see when they write a service.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { specOfKind, type AuthoredService } from "../../src/model/service.ts";
import { factsFile, registryFile } from "../../src/scaffold/types/registry.ts";
import { examples } from "./examples.ts";

const repository = fileURLToPath(new URL("../../..", import.meta.url));
/** Node follows a link to it by package.json, the compiler takes it from its own `paths`. */
const entry = path.join(repository, "generator/src/authoring/rzp.ts");

export interface Project {
  readonly root: string;
  readonly services: ReadonlyMap<string, AuthoredService>;
}

/** Writes the examples and their registries; other files are added with `writeFile`. */
export function createProject(): Project {
  const root = mkdtempSync(path.join(tmpdir(), "rzp-types-"));
  writeFile(
    root,
    "package.json",
    JSON.stringify({ type: "module", imports: { "#rzp": "./rzp.ts" } }),
  );
  symlinkSync(entry, path.join(root, "rzp.ts"));
  writeFile(root, "tsconfig.json", compilerOptions());
  for (const [service, source] of Object.entries(examples))
    writeFile(root, valuesFile(service), source);
  const services = loadServices(root, Object.keys(examples));
  for (const [service, spec] of services)
    writeFile(root, `charts/services/${service}/registry.d.ts`, registryFile(service, spec));
  writeFile(root, "environments/registry.d.ts", factsFile(platformNames));
  return { root, services };
}

export const platformNames = {
  tiers: ["media", "data", "network", "platform"],
  environments: ["prod", "dev"],
  clusters: {
    home: {
      shares: { media: { server: "10.0.0.2", path: "/media", size: "1Ti" } },
      hosts: { router: "10.0.0.1" },
      addresses: { dns: "10.0.10.53" },
      storageClasses: { standard: "longhorn", bulk: "longhorn-hdd" },
    },
  },
};

export const valuesFile = (service: string): string => `charts/services/${service}/values.ts`;

export function writeFile(root: string, file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
}

/** The repository's own options, without what only its other files need. */
function compilerOptions(): string {
  const { compilerOptions: own } = JSON.parse(
    readFileSync(path.join(repository, "tsconfig.json"), "utf8"),
  );
  const paths = { "#rzp": [entry] };
  return JSON.stringify({
    compilerOptions: { ...own, types: [], paths },
    include: ["charts", "environments", "mistakes"],
  });
}

/** Loads files in a Node of their own: the test runner resolves imports in other ways. */
function loadServices(
  root: string,
  names: readonly string[],
): ReadonlyMap<string, AuthoredService> {
  const urls = names.map((name) => pathToFileURL(path.join(root, valuesFile(name))).href);
  const script = `Promise.all(${JSON.stringify(urls)}.map((url) => import(url))).then((all) => console.log(JSON.stringify(all.map((one) => one.default))))`;
  const loaded: readonly { rzp: AuthoredService["kind"]; spec: unknown }[] = JSON.parse(
    execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }),
  );
  return new Map(loaded.map(({ rzp, spec }, index) => [names[index] ?? "", authored(rzp, spec)]));
}

function authored(kind: AuthoredService["kind"], spec: unknown): AuthoredService {
  if (kind === "service") return { kind, spec: specOfKind.service.parse(spec) };
  if (kind === "composed") return { kind, spec: specOfKind.composed.parse(spec) };
  return { kind, spec: specOfKind.chart.parse(spec) };
}

export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Every finding of the pinned compiler over the whole project, with all lines of its message. */
export async function compile(root: string): Promise<readonly Diagnostic[]> {
  const compiler = path.join(repository, "node_modules/typescript/bin/tsc");
  const output = await new Promise<string>((resolve, reject) => {
    execFile(
      process.execPath,
      [compiler, "--pretty", "false", "-p", root],
      { cwd: root, maxBuffer: 2 ** 24 },
      (error, stdout, stderr) => {
        // The compiler exits 1 or 2 with findings; anything else means that it did not run.
        if (error !== null && error.code !== 1 && error.code !== 2)
          reject(new Error(stderr, { cause: error }));
        else resolve(stdout);
      },
    );
  });
  return output
    .split(/\n(?=\S)/)
    .filter((text) => text.trim() !== "")
    .map(diagnostic);
}

function diagnostic(text: string): Diagnostic {
  const [, file = "", line, column, message = ""] =
    /^(.+)\((\d+),(\d+)\): error (TS[\s\S]*)$/.exec(text) ?? [];
  if (file === "") throw new Error(`not a finding of the compiler: ${text}`);
  return { file, line: Number(line), column: Number(column), message };
}
