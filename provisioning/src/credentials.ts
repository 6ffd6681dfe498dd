/** What a person gives beside the facts: never in a file of the repository. */
import { clusterFile } from "../../generator/src/model/paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { problemAt } from "../../generator/src/problems/report.ts";
import { isProblem } from "../../generator/src/tools/problems.ts";
import type { Cluster } from "../../generator/src/model/cluster.ts";
import type { CloudflareAccess } from "./dns/client.ts";

export interface Credentials {
  /** Token of Proxmox VE, `user@realm!name=secret`. */
  readonly token: string;
  /** What secrets in the state are encrypted with. */
  readonly passphrase: string;
  /** Of a cluster with public names: who asks Cloudflare. */
  readonly cloudflare?: CloudflareAccess;
}

const tokenVariable = "PROXMOX_VE_API_TOKEN";
const passphraseVariable = "PULUMI_CONFIG_PASSPHRASE";

/** As Proxmox VE writes them ("API Tokens"). */
const tokenForm = /^[^\s@!=]+@[^\s@!=]+![^\s@!=]+=[0-9a-f-]{36}$/i;

/** In: a cluster with its name, the environment of the process. Out: what it needs. Problems: CREDENTIAL_MISSING. */
export function readCredentials(
  cluster: string,
  { machines, publicNames }: Pick<Cluster, "machines" | "publicNames">,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly credentials: Credentials } | { readonly problems: readonly Problem[] } {
  const token = machines === undefined ? "" : readToken(cluster, environment);
  const passphrase = readPassphrase(cluster, environment);
  const cloudflare = publicNames === undefined ? undefined : readCloudflare(cluster, environment);
  const problems = [token, passphrase, cloudflare].filter((one) => isProblem(one));
  if (isProblem(token) || isProblem(passphrase) || isProblem(cloudflare)) return { problems };
  return { credentials: { token, passphrase, ...(cloudflare !== undefined && { cloudflare }) } };
}

/** No length is promised for it (Cloudflare, "API tokens"), so nothing is asked but what a header takes. */
const cloudflareForm = /^[\w.-]{20,}$/;

/** In: the name of a cluster, the environment of the process. Out: who asks Cloudflare; CREDENTIAL_MISSING where there is no token. */
export function readCloudflare(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): CloudflareAccess | Problem {
  const token = environment["CLOUDFLARE_API_TOKEN"] ?? "";
  const baseUrl = environment["CLOUDFLARE_BASE_URL"] ?? "";
  if (cloudflareForm.test(token)) return { token, ...(baseUrl !== "" && { baseUrl }) };
  return problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["publicNames"], {
    message:
      token === ""
        ? "CLOUDFLARE_API_TOKEN is not set, so Cloudflare cannot be asked"
        : "CLOUDFLARE_API_TOKEN is no token of Cloudflare",
    expected: "an API token, as Cloudflare shows it once",
    fix: `make one as \`npm run infra -- token ${cluster}\` says, and export CLOUDFLARE_API_TOKEN`,
  });
}

/** In: the name of a cluster, the environment of the process. Out: the passphrase; CREDENTIAL_MISSING where there is none. */
export function readPassphrase(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | Problem {
  const passphrase = environment[passphraseVariable] ?? "";
  return passphrase === "" ? noPassphrase(cluster) : passphrase;
}

const newPassphraseVariable = "RZP_NEW_PASSPHRASE";

/** In: the name of a cluster, the environment of the process. Out: the passphrase that is to be; CREDENTIAL_MISSING where there is none that would do. */
export function readNewPassphrase(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | Problem {
  const passphrase = environment[newPassphraseVariable] ?? "";
  // The engine takes it as a line, and cuts off what is around it.
  const isLine = passphrase === passphrase.trim() && !/[\r\n]/.test(passphrase);
  if (passphrase !== "" && isLine && passphrase !== environment[passphraseVariable])
    return passphrase;
  return problemAt("CREDENTIAL_MISSING", clusterFile(cluster), [], {
    message: newPassphraseMessage(passphrase, isLine),
    expected: "another passphrase than that of now: one line, no space around it",
    fix: `export ${newPassphraseVariable}; a new one: openssl rand -base64 24`,
  });
}

function newPassphraseMessage(passphrase: string, isLine: boolean): string {
  if (passphrase === "") return `${newPassphraseVariable} is not set`;
  return isLine
    ? `${newPassphraseVariable} is the passphrase of now`
    : `${newPassphraseVariable} is more than a line, or has space around it`;
}

/** In: the name of a cluster, the environment of the process. Out: the token; CREDENTIAL_MISSING where there is none. */
export function readToken(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | Problem {
  const token = environment[tokenVariable] ?? "";
  if (tokenForm.test(token)) return token;
  return problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["machines", "endpoint"], {
    message:
      token === ""
        ? `${tokenVariable} is not set, so Proxmox VE cannot be asked`
        : `${tokenVariable} is no token of Proxmox VE`,
    expected: "user@realm!name=00000000-0000-0000-0000-000000000000",
    fix: `make a token as \`npm run infra -- token ${cluster}\` says, and export ${tokenVariable}`,
  });
}

const noPassphrase = (cluster: string): Problem =>
  problemAt("CREDENTIAL_MISSING", clusterFile(cluster), [], {
    message: `${passphraseVariable} is not set, so secrets in the state cannot be read or written`,
    expected: "a passphrase of your own, kept where the cluster's loss does not reach it",
    fix: `export ${passphraseVariable}; a new one: openssl rand -base64 24`,
  });
