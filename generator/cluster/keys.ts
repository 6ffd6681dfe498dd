/** What the programs of the local cluster know each other by. None of it is worth anything outside it. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Who calls the API server, and the group that gives it rights. */
const users = {
  admin: "system:masters",
  kwok: "system:masters",
  argocd: "system:masters",
  "system:kube-controller-manager": "",
  "system:kube-scheduler": "",
} as const;

export type User = keyof typeof users;

export type Tokens = Readonly<Record<User, string>>;

export const serviceAccountKey = (folder: string): string =>
  join(folder, "keys/service-accounts.key");
export const serviceAccountPublicKey = (folder: string): string =>
  join(folder, "keys/service-accounts.pub");
export const tokensFile = (folder: string): string => join(folder, "keys/tokens.csv");
/** The API server makes its own certificate here, which is its own authority too. */
export const certificateFolder = (folder: string): string => join(folder, "keys/api-server");
export const certificateFile = (folder: string): string =>
  join(certificateFolder(folder), "apiserver.crt");

/** Writes the keys of service accounts and a token for each user. In: the cluster's folder; out: the tokens. */
export function writeKeys(folder: string): Tokens {
  mkdirSync(join(folder, "keys"), { recursive: true, mode: 0o700 });
  const { privateKey, publicKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  writeFileSync(serviceAccountKey(folder), privateKey, { mode: 0o600 });
  writeFileSync(serviceAccountPublicKey(folder), publicKey);
  const names = Object.keys(users) as User[];
  const tokens = Object.fromEntries(names.map((name) => [name, randomBytes(16).toString("hex")]));
  const lines = names.map((name) => `${tokens[name]},${name},${name},"${users[name]}"\n`);
  writeFileSync(tokensFile(folder), lines.join(""), { mode: 0o600 });
  return tokens as Record<User, string>;
}

/** Where the kubeconfig of a user is. */
export const kubeconfigFile = (folder: string, user: User): string =>
  join(folder, user === "admin" ? "kubeconfig" : `keys/${user.replace("system:", "")}.kubeconfig`);

/** Writes a kubeconfig for each user. In: the cluster's folder, the API server's address, the tokens. */
export function writeKubeconfigs(folder: string, url: string, tokens: Tokens): void {
  for (const user of Object.keys(users) as User[]) {
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [
        {
          name: "rzp-local",
          cluster: { server: url, "certificate-authority": certificateFile(folder) },
        },
      ],
      users: [{ name: user, user: { token: tokens[user] } }],
      contexts: [{ name: "rzp-local", context: { cluster: "rzp-local", user } }],
      "current-context": "rzp-local",
    };
    writeFileSync(kubeconfigFile(folder, user), stringify(config), { mode: 0o600 });
  }
}

/** The tokens of a cluster that is up. */
export function readTokens(folder: string): Tokens {
  const lines = readFileSync(tokensFile(folder), "utf8").trim().split("\n");
  return Object.fromEntries(
    lines.map((line) => line.split(",").slice(0, 2).toReversed()),
  ) as Record<User, string>;
}
