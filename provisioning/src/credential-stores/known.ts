/** Credentials that `infra` looks for, by what they are called in a store. */
import { backendOf } from "../../../generator/src/argocd/secret-backends/choose.ts";
import type { Identity } from "../../../generator/src/argocd/secret-backends/backend.ts";
import type { Facts } from "../facts.ts";

export interface KnownCredential {
  readonly name: string;
  /** The variable a command reads it from, which wins over what is kept; undefined where it is only kept. */
  readonly variable?: string;
}

/** In: the facts of a cluster. Out: what may be kept for it, in the order people meet them. */
export function knownCredentials(facts: Facts): KnownCredential[] {
  const { cluster } = facts;
  return [
    // What opens the file cannot lie in it.
    ...(cluster.credentials === "infisical" ? [passphrase] : []),
    ...(cluster.machines === undefined ? [] : [proxmoxToken]),
    ...(cluster.publicNames === undefined ? [] : [cloudflareToken]),
    ...repositoryNames.map((name) => ({ name })),
    ...identitiesOf(facts).flatMap((identity) =>
      identity.keys.map((key) => ({ name: identityCredential(identity, key) })),
    ),
  ];
}

/** What secrets in the state are encrypted with. */
export const passphraseName = "passphrase";
const passphrase: KnownCredential = {
  name: passphraseName,
  variable: "PULUMI_CONFIG_PASSPHRASE",
};
const proxmoxToken: KnownCredential = {
  name: "proxmox-token",
  variable: "PROXMOX_VE_API_TOKEN",
};

const cloudflareToken: KnownCredential = {
  name: "cloudflare-token",
  variable: "CLOUDFLARE_API_TOKEN",
};

/** Of the repository that Argo CD reads: name and password, or a key for SSH. */
export const repositoryCredentials = {
  username: "repository-username",
  password: "repository-password",
  sshPrivateKey: "repository-ssh-key",
} as const;
const repositoryNames = Object.values(repositoryCredentials);

/** What the stores of the carrier sign in with: one a tier whose services read secrets. */
export const identitiesOf = ({ argocd, tiers = [] }: Facts): Identity[] =>
  argocd === undefined ? [] : backendOf(argocd.facts).identities(tiers);

/** In: an identity, a key of its Secret. Out: what that value is called in a store. */
export const identityCredential = ({ name }: Identity, key: string): string => `${name}-${key}`;
