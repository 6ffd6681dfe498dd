/** Which Secrets a release needs, each by reference: none is in the tree. */
import type { Release, ResolvedComponent } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import {
  edgePath,
  ownSecret,
  pullSecret,
  secretFolder,
  secretFromProvider,
  secretOfFolder,
  secretOfLogin,
  secretPath,
  storeName,
} from "../model/names.ts";
import { secretKeysInObjects } from "../release/own-secrets.ts";
import { containersOf } from "../release/containers.ts";
import { loginTo, loginUrlTemplate, offerOf } from "../release/offers.ts";
import { compact } from "./compact.ts";
import { derivedSignInSecret } from "./sign-in.ts";

type ExternalSecrets = ServiceValues["externalSecrets"];

/** Own secrets, whole folders, what is read from providers, the credentials of logins offered, the registry's, the gateway's for sign-in. */
export function externalSecrets(release: Release): ExternalSecrets {
  const store = storeName(release.facts.name, release.service.tier);
  const { name } = release.service;
  const uses = release.service.components.flatMap((component) => secretUses(release, component));
  const own = [
    ...new Set([
      ...uses.flatMap((use) => (use.kind === "own" ? [use.key] : [])),
      ...secretKeysInObjects(release.service.spec.objects),
      ...secretKeysInObjects(
        "chart" in release.service.spec ? release.service.spec.chart.values : undefined,
      ),
    ]),
  ].sort();
  const folders = [
    ...new Set(uses.flatMap((use) => (use.kind === "folder" ? [use.folder] : []))),
  ].sort();
  const pull = uses.find((use) => use.kind === "pull");
  return {
    ...(own.length === 0
      ? {}
      : {
          [ownSecret]: {
            store,
            data: Object.fromEntries(own.map((key) => [key, secretPath(name, key)])),
          },
        }),
    ...Object.fromEntries(
      folders.map((folder) => [
        secretOfFolder(folder),
        { store, folders: [secretFolder(name, folder)] },
      ]),
    ),
    ...(pull === undefined
      ? {}
      : {
          [pullSecret]: {
            store,
            data: { ".dockerconfigjson": secretPath(name, pull.key) },
            type: "kubernetes.io/dockerconfigjson",
          },
        }),
    ...fromProviders(release, uses, store),
    ...loginsOffered(release, store),
    ...Object.fromEntries(
      derivedSignInSecret(release).map(({ value: [secret, values] }) => [secret, values] as const),
    ),
  };
}

type SecretUse =
  | { readonly kind: "own"; readonly key: string }
  | { readonly kind: "pull"; readonly key: string }
  | { readonly kind: "folder"; readonly folder: string }
  | {
      readonly kind: "provider";
      readonly offer: "shared" | "login";
      readonly provider: string;
      readonly key: string;
      readonly component: ResolvedComponent;
    };

function secretUses(release: Release, component: ResolvedComponent): SecretUse[] {
  if (component.source.kind === "chart") return [];
  const { pullSecret: pull } = component.source.spec;
  const ofContainers = containersOf(component).flatMap(({ spec }): SecretUse[] => [
    // Variables and files refer to secrets in the same words.
    ...[...Object.values(spec.env ?? {}), ...Object.values(spec.files ?? {})].flatMap(
      (value): SecretUse[] => {
        if (typeof value !== "object") return [];
        if ("secret" in value) return [{ kind: "own", key: value.secret }];
        if (!("from" in value)) return [];
        const offered = offerOf(release, component, value.from, value.key);
        return offered === undefined || offered.kind === "text"
          ? []
          : [
              {
                kind: "provider",
                offer: offered.kind,
                provider: value.from,
                key: offered.key,
                component,
              },
            ];
      },
    ),
    ...(spec.envFrom ?? []).map((folder): SecretUse => ({ kind: "folder", folder })),
  ]);
  return [
    ...ofContainers,
    ...(pull === undefined ? [] : [{ kind: "pull" as const, key: pull.secret }]),
  ];
}

/** One Secret per provider: keys it shares, and the credential of this edge. */
function fromProviders(
  release: Release,
  uses: readonly SecretUse[],
  store: string,
): ExternalSecrets {
  const byProvider = uses.filter((use) => use.kind === "provider");
  const providers = [...new Set(byProvider.map((use) => use.provider))].sort();
  return Object.fromEntries(
    providers
      .map((provider) => {
        const mine = byProvider.filter((use) => use.provider === provider);
        const shared = [
          ...new Set(mine.filter((use) => use.offer === "shared").map((use) => use.key)),
        ].sort();
        const login = mine.find(
          (use) => use.offer === "login" && (use.key === "url" || use.key === "password"),
        );
        const wantsUrl = mine.some((use) => use.offer === "login" && use.key === "url");
        const data = {
          ...Object.fromEntries(shared.map((key) => [key, secretPath(provider, key)])),
          ...(login === undefined
            ? {}
            : { password: edgePath(provider, release.service.name, "password") }),
        };
        const template =
          wantsUrl && login !== undefined
            ? { url: loginUrlTemplate(loginTo(release, login.component, provider), release.facts) }
            : {};
        return [secretFromProvider(provider), compact({ store, data, template })] as const;
      })
      .filter(([, secret]) => secret.data !== undefined),
  );
}

/** At the provider: user name and password of every consumer that logs in. */
function loginsOffered(release: Release, store: string): ExternalSecrets {
  const logins = new Map(
    release.incoming.flatMap((edge) =>
      edge.login === undefined ? [] : [[edge.consumer.service.name, edge.login] as const],
    ),
  );
  return Object.fromEntries(
    [...logins].sort().map(([consumer, login]) => [
      secretOfLogin(consumer),
      {
        store,
        data: { password: edgePath(release.service.name, consumer, "password") },
        template: { username: login, password: "{{ .password }}" },
        type: "kubernetes.io/basic-auth",
        // CloudNativePG reads a changed password at once when the Secret says so.
        labels: { "cnpg.io/reload": "true" },
      },
    ]),
  );
}
