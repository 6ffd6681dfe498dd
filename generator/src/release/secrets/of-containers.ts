/** Which secrets the containers of a component read, and what makes them. */
import type { Release, ResolvedComponent } from "../../model/platform.ts";
import {
  edgePath,
  ownerPasswordKey,
  pullSecret,
  secretFolder,
  secretFromProvider,
  secretOfFolder,
  secretOfOwner,
  secretPath,
} from "../../model/names.ts";
import { componentFact, containerFact, serviceFact } from "../causes.ts";
import { containersOf } from "../containers.ts";
import type { AuthoredContainer } from "../containers.ts";
import { loginTo, offerOf } from "../offers/offers.ts";
import type { OfferAsked, Reader } from "../offers/offers.ts";
import { isPostgresCluster } from "../postgres.ts";
import { ownRead } from "./use.ts";
import type { SecretUse } from "./use.ts";

/** In: a component. Out: every use of a secret by its containers, its images and, of a database cluster, its owner. */
export function usesOfComponent(release: Release, component: ResolvedComponent): SecretUse[] {
  if (component.source.kind === "chart") return [];
  const { service } = release;
  const { pullSecret: pull } = component.source.spec;
  return [
    ...containersOf(component).flatMap((container) =>
      usesOfContainer(release, component, container),
    ),
    ...(pull === undefined
      ? []
      : [
          {
            read: {
              kind: "pull" as const,
              key: pull.secret,
              secret: pullSecret,
              path: secretPath(service.name, pull.secret),
            },
            reader: { as: "registry" as const, component },
            causes: [componentFact(service, component, "pullSecret")],
          },
        ]),
    ...ownerOfDatabase(release, component),
  ];
}

/** Variables and files refer to secrets in the same words. */
function usesOfContainer(
  release: Release,
  component: ResolvedComponent,
  authored: AuthoredContainer,
): SecretUse[] {
  const { service } = release;
  const { name: container, spec } = authored;
  const fact = (...path: string[]) => containerFact(service, component, authored, ...path);
  const named = (as: "variable" | "file", field: "env" | "files") =>
    Object.entries(spec[field] ?? {}).flatMap(([name, value]): SecretUse[] => {
      if (typeof value !== "object") return [];
      const found =
        "secret" in value
          ? { read: ownRead(service, value.secret), causes: [] }
          : "from" in value
            ? readFrom(release, component, value)
            : undefined;
      if (found === undefined) return [];
      const reader = { as, component, container, name };
      return [{ read: found.read, reader, causes: [fact(field, name), ...found.causes] }];
    });
  const folders = (spec.envFrom ?? []).map((folder): SecretUse => ({
    read: {
      kind: "folder",
      folder,
      secret: secretOfFolder(folder),
      path: secretFolder(service.name, folder),
    },
    reader: { as: "variables", component, container, name: folder },
    causes: [fact("envFrom")],
  }));
  return [...named("variable", "env"), ...named("file", "files"), ...folders];
}

/** What `from(provider, key)` reads, if it is a secret. */
export function readFrom(
  release: Release,
  reader: Reader,
  { from, key }: OfferAsked,
): Pick<SecretUse, "read" | "causes"> | undefined {
  const { service } = release;
  const offered = offerOf(release, reader, from, key);
  if (offered === undefined || offered.kind === "text") return undefined;
  const secret = secretFromProvider(from);
  const consumers = reader === undefined ? service.components : [reader];
  const consumes = consumers
    .filter((component) => from in component.consumes)
    .map((component) => componentFact(service, component, "consumes", from));
  if (offered.kind === "shared") {
    const provider = release.outgoing.find((edge) => edge.provider.service.name === from)?.provider
      .service;
    return provider === undefined
      ? undefined
      : {
          read: {
            kind: "shared",
            key: offered.key,
            provider,
            secret,
            path: secretPath(from, offered.key),
          },
          causes: [...consumes, serviceFact(provider, "offers", key)],
        };
  }
  if (offered.key !== "password" && offered.key !== "url") return undefined;
  return {
    read: {
      kind: "credential",
      key: offered.key,
      connection: loginTo(release, reader, from),
      secret,
      path: edgePath(from, service.name),
    },
    causes: consumes,
  };
}

/** CloudNativePG would make a password of its own, another one each time its Secret is made anew. */
function ownerOfDatabase({ service }: Release, component: ResolvedComponent): SecretUse[] {
  if (!isPostgresCluster(component)) return [];
  const key = ownerPasswordKey(component.name);
  return [
    {
      read: {
        kind: "owner",
        key,
        secret: secretOfOwner(component.objectName),
        path: secretPath(service.name, key),
      },
      reader: { as: "owner", component },
      causes: [componentFact(service, component, "runs")],
    },
  ];
}
