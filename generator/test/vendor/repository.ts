/** A repository with a service that comes as the stand-in chart, and a Helm that knows nothing of this machine's. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { planRender } from "../../src/commands/plan-render.ts";
import { serviceFolder } from "../../src/model/paths.ts";
import type { Problem } from "../../src/problems/problem.ts";
import { createRepository } from "../support/repository.ts";
import type { CommandResult, Repository } from "../support/repository.ts";
import { packageChart } from "./registry.ts";
import { serviceText, standIn } from "./stand-in.ts";
import type { ChartFiles, ServiceOptions } from "./stand-in.ts";

export const serviceFile = "charts/services/standin/values.ts";
const baseServices = readdirSync(path.join(import.meta.dirname, "../support/base/charts/services"));
export const archiveFile = "charts/vendor/standin-1.2.3.tgz";

export interface VendorRepository extends Disposable {
  readonly root: string;
  readonly write: Repository["write"];
  readonly read: (file: string) => string;
  readonly run: (...args: string[]) => Promise<CommandResult>;
  readonly runWith: (
    env: Readonly<Record<string, string>>,
    ...args: string[]
  ) => Promise<CommandResult>;
  /** Where this repository's Helm keeps what it knows. */
  readonly helmHome: Readonly<Record<string, string>>;
}

/** In: the text of the service's file. Out: a repository in which it is all that runs. */
export function vendorRepository(
  service: string,
  files: Readonly<Record<string, string>> = {},
): VendorRepository {
  const repository = createRepository({
    files: {
      // One that ran nowhere would be told.
      ...Object.fromEntries(baseServices.map((name) => [serviceFolder(name), undefined])),
      [serviceFile]: service,
      "environments/dev/environment.ts": undefined,
      "environments/dev/sonarr.ts": undefined,
      "environments/prod/environment.ts": `import { defineEnvironment } from "#rzp";
export default defineEnvironment({
  cluster: "home",
  domain: "example.com",
  revision: "refs/heads/prod",
  services: ["standin"],
  secrets: { backend: "fake" },
});
`,
      ...files,
    },
  });
  const helmHome = Object.fromEntries(
    ["CACHE", "CONFIG", "DATA"].map((kind) => [
      `HELM_${kind}_HOME`,
      path.join(repository.root, ".helm", kind),
    ]),
  );
  return {
    root: repository.root,
    write: repository.write,
    helmHome,
    read: (file) => readFileSync(path.join(repository.root, file), "utf8"),
    run: (...args) => repository.run(args, { env: helmHome }),
    runWith: (env, ...args) => repository.run(args, { env: { ...helmHome, ...env } }),
    [Symbol.dispose]: () => repository[Symbol.dispose](),
  };
}

export interface ArchivedOptions {
  readonly chart?: ChartFiles;
  /** What lies there in its place. */
  readonly bytes?: Buffer;
  readonly service?: Partial<ServiceOptions>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A repository as `vendor` leaves it, made without a server; not rendered. */
export async function archivedRepository({
  chart = standIn,
  bytes: other,
  service,
  files,
}: ArchivedOptions = {}): Promise<VendorRepository> {
  const bytes = other ?? (await packageChart(chart)).bytes;
  const digest = createHash("sha256").update(bytes).digest("hex");
  const archive = `\n    archive: { file: "${archiveFile}", digest: "sha256:${digest}" },`;
  const repository = vendorRepository(
    serviceText({ from: "oci://charts.example.com/standin", archive, ...service }),
    files,
  );
  mkdirSync(path.join(repository.root, "charts/vendor"), { recursive: true });
  writeFileSync(path.join(repository.root, archiveFile), bytes);
  return repository;
}

/** What a render would write and tell, found in this process. */
export async function planned(
  repository: VendorRepository,
): Promise<{ problems: readonly Problem[]; files: ReadonlyMap<string, string> }> {
  const { plan, problems } = await planRender(repository.root, { noCache: true });
  return {
    problems,
    files: new Map(
      plan?.writes.map(({ path: file, content }) => [
        file,
        content.split("\n").slice(1).join("\n"),
      ]),
    ),
  };
}

/** All words of a problem. */
export const wordsOf = ({ code, message, path: keys, found, expected, fix }: Problem): string =>
  [code, message, keys, found, expected, fix].join("\n");
