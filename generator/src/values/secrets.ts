/** Which Secrets a release needs, each by reference: none is in the tree. */
import { valuesOf } from "../model/derived.ts";
import type { Release, ResolvedService } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { databaseOwner, storeName } from "../model/names.ts";
import { loginUrlTemplate } from "../release/offers/offers.ts";
import { keyIn, secretReads } from "../release/secrets/reads.ts";
import type { SecretRead } from "../release/secrets/use.ts";
import { compact } from "./compact.ts";

type ExternalSecrets = ServiceValues["externalSecrets"];
type ExternalSecret = Omit<ExternalSecrets[string], "store">;

/** By the name of the Secret: own secrets, whole folders, what is read from providers, the credentials of logins offered. */
export function externalSecrets(release: Release): ExternalSecrets {
  const store = storeName(release.facts.name, release.service.tier);
  const bySecret = Map.groupBy(valuesOf(secretReads(release)), ({ secret }) => secret);
  return Object.fromEntries(
    [...bySecret].map(([name, reads]) => [
      name,
      { store, ...reads.map((read) => partOf(read, release)).reduce(together) },
    ]),
  );
}

/** What one key adds to the Secret. */
function partOf(read: SecretRead, { facts, service }: Release): ExternalSecret {
  switch (read.kind) {
    case "own":
      return compact({ data: { [read.key]: read.path }, about: aboutOf(service, read.key) });
    case "shared":
      return { data: { [read.key]: read.path } };
    case "pull":
      return compact({
        data: { [keyIn(read)]: read.path },
        type: "kubernetes.io/dockerconfigjson",
        about: aboutOf(service, read.key),
      });
    case "folder":
      return { folders: [read.path] };
    case "credential":
      return compact({
        data: { password: read.path },
        template:
          read.key === "url" ? { url: loginUrlTemplate(read.connection, facts) } : undefined,
      });
    case "receiver":
    case "signIn":
      return { data: { [keyIn(read)]: read.path } };
    case "login":
      return loginOf(read.login, read.path);
    case "owner":
      return loginOf(databaseOwner, read.path);
  }
}

/** Beside what Kubernetes says of a Secret that cannot be filled: what it is, and where it is found. */
function aboutOf({ spec }: ResolvedService, key: string): ExternalSecret["about"] {
  const about = spec.secrets?.[key]?.about;
  return about === undefined ? undefined : { [key]: about };
}

const loginOf = (username: string, path: string): ExternalSecret => ({
  data: { password: path },
  template: { username, password: "{{ .password }}" },
  type: "kubernetes.io/basic-auth",
  // CloudNativePG reads a changed password at once when the Secret says so.
  labels: { "cnpg.io/reload": "true" },
});

function together(a: ExternalSecret, b: ExternalSecret): ExternalSecret {
  return {
    ...a,
    ...b,
    ...compact({
      data: { ...a.data, ...b.data },
      folders: [...(a.folders ?? []), ...(b.folders ?? [])],
      template: { ...a.template, ...b.template },
      about: { ...a.about, ...b.about },
    }),
  };
}
