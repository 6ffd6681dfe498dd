/** What a person gives beside the facts: never in a file of the repository. */
import { clusterFile } from "../../generator/src/model/paths.ts";
import type { Problem } from "../../generator/src/problems/problem.ts";
import { problemAt } from "../../generator/src/problems/report.ts";
import { isProblem } from "../../generator/src/tools/problems.ts";

export interface Credentials {
  /** Token of Proxmox VE, `user@realm!name=secret`. */
  readonly token: string;
  /** What secrets in the state are encrypted with. */
  readonly passphrase: string;
}

const tokenVariable = "PROXMOX_VE_API_TOKEN";
const passphraseVariable = "PULUMI_CONFIG_PASSPHRASE";

/** As Proxmox VE writes them ("API Tokens"). */
const tokenForm = /^[^\s@!=]+@[^\s@!=]+![^\s@!=]+=[0-9a-f-]{36}$/i;

/** In: the name of a cluster, the environment of the process. Problems: CREDENTIAL_MISSING. */
export function readCredentials(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly credentials: Credentials } | { readonly problems: readonly Problem[] } {
  const token = readToken(cluster, environment);
  const passphrase = readPassphrase(cluster, environment);
  const problems = [token, passphrase].filter((one) => isProblem(one));
  if (isProblem(token) || isProblem(passphrase)) return { problems };
  return { credentials: { token, passphrase } };
}

/** In: the name of a cluster, the environment of the process. Out: the passphrase; CREDENTIAL_MISSING where there is none. */
export function readPassphrase(
  cluster: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | Problem {
  const passphrase = environment[passphraseVariable] ?? "";
  return passphrase === "" ? noPassphrase(cluster) : passphrase;
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
