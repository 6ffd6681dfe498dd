/** What people do to a repository between two runs: edits of facts, and what happens to files that were generated or kept. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Repository } from "../support/repository.ts";

/** Does one thing. The number chooses where, and what is written: two repositories that are alike stay alike. */
export type Edit = (repository: Repository, number: number) => void;

const read = ({ root }: Repository, file: string) => readFileSync(path.join(root, file), "utf8");

/** Files below a folder, from the root. */
export function filesIn({ root }: Pick<Repository, "root">, folder: string): string[] {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function git({ root }: Repository, ...args: readonly string[]): void {
  const who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.com"];
  execFileSync("git", [...who, ...args], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
}

const remove = ({ root }: Repository, place: string): void =>
  rmSync(path.join(root, place), { recursive: true, force: true });

const service = (name: string) => `charts/services/${name}/values.ts`;
const environment = (name: string) => `environments/${name}/environment.ts`;
const lock = "environments/clusters/home.lock.yaml";

const account = '{ apiVersion: "v1", kind: "ServiceAccount" }';
const binding =
  '{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" }, subjects: [{ kind: "ServiceAccount", name: "watcher", namespace: "network-blocky" }] }';

/** Another text of a file, where it is there. */
const change =
  (file: string, other: (text: string, number: number) => string): Edit =>
  (repository, number) => {
    if (existsSync(path.join(repository.root, file)))
      repository.write(file, other(read(repository, file), number));
  };

/** The same with one part for another, back and forth. */
function swap(file: string, ...parts: readonly [string, string]): Edit {
  const [short, long] = parts.toSorted((a, b) => a.length - b.length) as [string, string];
  return change(file, (text) =>
    text.includes(long) ? text.replace(long, short) : text.replace(short, long),
  );
}

const swapAll =
  (...swaps: readonly Edit[]): Edit =>
  (repository, number) =>
    swaps.forEach((one) => one(repository, number));

/** Something before the tier of a service, or no longer. */
const toggle = (name: string, line: string, importing?: string): Edit =>
  change(service(name), (text) => {
    if (text.includes(line)) return text.replace(`  ${line},\n`, "");
    const imported =
      importing === undefined || text.includes(importing)
        ? text
        : text.replace("import { ", `import { ${importing}, `);
    return imported.replace("  tier:", `  ${line},\n  tier:`);
  });

const overlay =
  (where: string, name: string, spec: string): Edit =>
  (repository) => {
    const file = `environments/${where}/${name}.ts`;
    const text = `import { overlay } from "#rzp";\nexport default overlay("${name}", ${spec});\n`;
    const isThere = existsSync(path.join(repository.root, file)) && read(repository, file) === text;
    repository.write(file, isThere ? undefined : text);
  };

/** Another folder, and another name where it is listed; back again. */
function moveService(repository: Repository, number: number): void {
  const isBefore = existsSync(path.join(repository.root, service("recyclarr")));
  const [from, to] = isBefore ? ["recyclarr", "quality"] : ["quality", "recyclarr"];
  for (const file of filesIn(repository, `charts/services/${from}`))
    if (file.endsWith("values.ts") || file.includes("/config/"))
      repository.write(file.replace(`/${from}/`, `/${to}/`), read(repository, file));
  remove(repository, `charts/services/${from}`);
  swap(environment("prod"), '"recyclarr"', '"quality"')(repository, number);
}

const facts: Readonly<Record<string, Edit>> = {
  remark: change(service("prowlarr"), (text, number) => `${text}// ${number}\n`),
  image: change(service("blocky"), (text, number) => text.replace(/v0\.\d+\.0/, `v0.${number}.0`)),
  variable: swap(service("immich"), "env: {", 'env: { MORE: "1",'),
  secret: swap(service("sonarr"), "env: {", 'env: { TOKEN: secret("token"),'),
  "secret that is offered": swap(service("sonarr"), 'secret("api-key")', 'secret("key")'),
  growth: change(service("immich"), (text, number) =>
    text.replace(/size: "\d+Gi" \}\) \}/, `size: "${10 + number}Gi" }) }`),
  ),
  port: swap(service("sonarr"), "http: 8989", "http: 8990"),
  "name of a port": swapAll(
    swap(service("sonarr"), "ports: { http:", "ports: { web:"),
    swap(service("sonarr"), 'to: "http"', 'to: "web"'),
    swap(service("prowlarr"), 'sonarr: "http"', 'sonarr: "web"'),
    swap(service("recyclarr"), 'sonarr: "http"', 'sonarr: "web"'),
  ),
  component: swap(
    service("immich"),
    "    learning: {",
    '    more: { image: "ghcr.io/immich-app/more:v1.0.0", size: "tiny", ports: { x: 3 }, health: { tcp: true } },\n    learning: {',
  ),
  host: swap(service("sonarr"), 'host: "sonarr"', 'host: "series"'),
  "limit of a route": swap(service("immich"), 'signIn: "own"', 'signIn: "own", timeout: "5m"'),
  consumer: toggle("blocky", 'consumes: { sonarr: "http" }'),
  order: toggle("blocky", 'needs: ["vector"]'),
  objective: toggle("prowlarr", "objective: 99.9"),
  metrics: swap(service("blocky"), 'port: "http" }', 'port: "http", every: "2m" }'),
  stopped: toggle("prowlarr", "stopped: true"),
  account: toggle(
    "blocky",
    `objects: { watcher: kubernetesObject(${account}) }`,
    "kubernetesObject",
  ),
  "who names the account": toggle(
    "prowlarr",
    `objects: { watch: kubernetesObject(${binding}) }`,
    "kubernetesObject",
  ),
  overlay: overlay("prod", "blocky", "{ replicas: 1 }"),
  "overlay that removes": overlay("dev", "prowlarr", '{ remove: ["routes"] }'),
  factor: change(environment("dev"), (text, number) =>
    text.replace(/requests: [\d.]+/, `requests: 0.${1 + (number % 8)}`),
  ),
  domain: swap(environment("prod"), 'domain: "example.com"', 'domain: "example.net"'),
  "service less": swap(environment("prod"), '"recyclarr", "sonarr"', '"sonarr"'),
  "service that moves": moveService,
  "locked address": swap(lock, "10.0.10.200", "10.0.10.211"),
  tiers: swap("environments/tiers.ts", "priority: 300_000", "priority: 310_000"),
  config: change(
    "charts/services/recyclarr/config/recyclarr.yml",
    (text, number) => `${text}# ${number}\n`,
  ),
};

/** One of the generated files. */
const rendered = (repository: Repository, number: number): string => {
  const files = filesIn(repository, "kubernetes");
  return files[(number * 7919) % Math.max(1, files.length)] ?? service("sonarr");
};
const changeRendered =
  (other: (text: string) => string): Edit =>
  (repository, number) => {
    const file = rendered(repository, number);
    repository.write(file, other(read(repository, file)));
  };

/** Each is mended by undoing it. */
export const mistakes: Readonly<Record<string, Edit>> = {
  syntax: change(service("blocky"), (text) => text.replace("tier:", "tier: :")),
  type: swap(service("sonarr"), 'size: "small"', 'size: "smallish"'),
  "smaller claim": swap(service("prowlarr"), 'size: "1Gi"', 'size: "512Mi"'),
  "host of another": swap(service("sonarr"), 'host: "sonarr"', 'host: "prowlarr"'),
  "login of another name": swap(service("immich"), 'login: "immich"', 'login: "photos"'),
  "without its first line": changeRendered((text) => text.slice(text.indexOf("\n") + 1)),
};

const files: Readonly<Record<string, Edit>> = {
  "a file deleted": (repository, number) => remove(repository, rendered(repository, number)),
  "an environment deleted": (repository) => remove(repository, "kubernetes/prod"),
  "a file of a chart deleted": (repository) =>
    remove(repository, "charts/services/sonarr/Chart.yaml"),
  "edited by hand": changeRendered((text) => text.replace(/name: /, "name: x")),
  "other line ends": changeRendered((text) => text.replaceAll("\n", "\r\n")),
  "a conflict": changeRendered((text) =>
    text.replace(/\n(.*)\n/, "\n<<<<<<< HEAD\n$1\n=======\n$1 too\n>>>>>>> other\n"),
  ),
  "a file of somebody": (repository) =>
    repository.write("kubernetes/prod/sonarr/mine.yaml", "a: 1\n"),
  "a commit": commit,
  "the branch before": (repository) => {
    commit(repository);
    git(repository, "switch", "--quiet", "--force-create", "before", "HEAD~1");
  },
  "facts undone": (repository) => git(repository, "checkout", "--quiet", "charts", "environments"),
  "rendered files undone": (repository) => git(repository, "checkout", "--quiet", "kubernetes"),
};

export function commit(repository: Repository): void {
  git(repository, "add", "--all");
  git(repository, "commit", "--quiet", "--allow-empty", "--message", "as it is");
}

/** Back to the last commit. */
export function undo(repository: Repository): void {
  git(repository, "checkout", "--quiet", ".");
  git(repository, "clean", "--quiet", "--force", "-d");
}

/** Some of what was kept: every so many files of the cache, or what the tree itself keeps. */
const harm =
  (folder: string, how: (file: string) => void): Edit =>
  ({ root }, number) =>
    filesIn({ root }, folder).forEach((file, index) => {
      if ((index + number) % 3 === 0) how(path.join(root, file));
    });
const flip = (file: string) => {
  const content = readFileSync(file);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, content);
};
const cut = (file: string) => truncateSync(file, readFileSync(file).length >> 1);

/** What happens to what was kept: nothing that anybody may notice. */
export const harms: Readonly<Record<string, Edit>> = {
  "kept files gone": harm(".cache/render", (file) => rmSync(file)),
  "kept files cut off": harm(".cache/render", cut),
  "another byte in kept files": harm(".cache/render", flip),
  "a state cut off": harm(".rzp", cut),
  "a state gone": ({ root }) => rmSync(path.join(root, ".rzp"), { recursive: true, force: true }),
  "releases gone": ({ root }, number) => {
    for (const file of filesIn({ root }, ".cache/render"))
      if (file.includes("/releases/") && (number % 2 === 0 || file.endsWith("0")))
        rmSync(path.join(root, file));
  },
};

export const edits: Readonly<Record<string, Edit>> = { ...facts, ...mistakes, ...files };
