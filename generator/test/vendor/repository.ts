/** A repository with a service that comes as the stand-in chart, and a Helm that knows nothing of this machine's. */
import path from "node:path";
import { readFileSync } from "node:fs";
import { createRepository } from "../support/repository.ts";
import type { CommandResult, Repository } from "../support/repository.ts";

export const serviceFile = "charts/services/standin/values.ts";
export const archiveFile = "charts/vendor/standin-1.2.3.tgz";

export interface VendorRepository extends Disposable {
  readonly root: string;
  readonly write: Repository["write"];
  readonly read: (file: string) => string;
  readonly run: (...args: string[]) => Promise<CommandResult>;
  /** Where this repository's Helm keeps what it knows. */
  readonly helmHome: Readonly<Record<string, string>>;
}

/** In: the text of the service's file. Out: a repository in which it runs in prod. */
export function vendorRepository(service: string, files: Readonly<Record<string, string>> = {}): VendorRepository {
  const repository = createRepository({
    files: {
      [serviceFile]: service,
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
  const helmHome = Object.fromEntries(["CACHE", "CONFIG", "DATA"].map((kind) => [`HELM_${kind}_HOME`, path.join(repository.root, ".helm", kind)]));
  return {
    root: repository.root,
    write: repository.write,
    helmHome,
    read: (file) => readFileSync(path.join(repository.root, file), "utf8"),
    run: (...args) => repository.run(args, { env: helmHome }),
    [Symbol.dispose]: () => repository[Symbol.dispose](),
  };
}
