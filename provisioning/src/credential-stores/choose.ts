/** The store a cluster says it has. */
import path from "node:path";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { readPassphrase } from "../credentials.ts";
import type { Facts } from "../facts.ts";
import type { Order } from "../order.ts";
import { fileStore } from "./file.ts";
import { identityVariables, infisicalStore } from "./infisical.ts";
import type { CredentialStore } from "./store.ts";

type Asked = Pick<Order, "root" | "environment">;

/** In: where the repository is and what is exported; the facts of a cluster. Out: its store; undefined where it has none. Problems: CREDENTIAL_MISSING. */
export function openStore(
  { root, environment }: Asked,
  { name, cluster, secrets }: Facts,
): CredentialStore | Problem | undefined {
  if (cluster.credentials === "file") {
    const passphrase = readPassphrase(name, environment);
    if (isProblem(passphrase)) return passphrase;
    const file = credentialsFile(root, name, environment);
    return fileStore({ cluster: name, file, shown: path.relative(root, file), passphrase });
  }
  if (cluster.credentials !== "infisical" || secrets?.backend !== "infisical") return undefined;
  const clientId = environment[identityVariables.clientId] ?? "";
  const clientSecret = environment[identityVariables.clientSecret] ?? "";
  if (clientId === "" || clientSecret === "") return noIdentity(name);
  const { host = "https://app.infisical.com", project, environment: slug } = secrets;
  return infisicalStore({
    cluster: name,
    host,
    project,
    environment: slug,
    clientId,
    clientSecret,
  });
}

/** Beside the state, which is not in git; `RZP_CREDENTIALS` is another file, which may be. */
export function credentialsFile(
  root: string,
  cluster: string,
  environment: Order["environment"],
): string {
  const said = environment["RZP_CREDENTIALS"] ?? "";
  return path.resolve(root, said === "" ? `.infra/${cluster}.credentials.age` : said);
}

const noIdentity = (cluster: string): Problem =>
  problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["credentials"], {
    message: "nobody is signed in to Infisical, where credentials of this cluster are kept",
    expected: `${identityVariables.clientId} and ${identityVariables.clientSecret}`,
    fix: "export both, of a machine identity for `infra` (docs/guide-machines.md#credentials)",
  });
