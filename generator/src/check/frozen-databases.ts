/** The database of a login: with another login, or at another server, its consumer would start on an empty one. */
import { propertyName } from "../model/identifier.ts";
import { secretOfLogin } from "../model/names.ts";
import { renderedFolder } from "../model/paths.ts";
import type { Release, ResolvedComponent } from "../model/platform.ts";
import { at } from "../model/reading.ts";
import type { ExistingFile, WritePlan } from "../output/files.ts";
import { readObject } from "../output/read-object.ts";
import { problemAt } from "../problems/report.ts";
import type { FrozenChange } from "./frozen-change.ts";

const databaseFile = new RegExp(
  `^${renderedFolder("([^/]+)", "([^/]+)")}/database-([^/]+)\\.yaml$`,
);
const loginFile = (environment: string, provider: string, consumer: string) =>
  `${renderedFolder(environment, provider)}/externalsecret-${secretOfLogin(consumer)}.yaml`;

/** Whether a rendered file says who logs in somewhere. */
export const isLoginFile = (path: string) => path.includes(`/externalsecret-${secretOfLogin("")}`);

/** In: the plan, the files there are, the releases. Out: FROZEN_NAME for each database that goes while its consumer stays. */
export function lostDatabases(
  { writes, removals }: WritePlan,
  existing: readonly ExistingFile[],
  releases: readonly Release[],
): FrozenChange[] {
  const lost = removals.filter((path) => databaseFile.test(path));
  if (lost.length === 0) return [];
  const before = new Map(existing.map((file) => [file.path, file]));
  return lost.flatMap((path) => {
    const [, environment = "", provider = "", name = ""] = databaseFile.exec(path) ?? [];
    const old = readObject(before.get(path)?.content ?? "");
    const owner = at(old, "spec", "owner");
    const isSame = (content: string) => identity(readObject(content)) === identity(old);
    // A server that was renamed, and is the same one.
    if (writes.some((file) => databaseFile.test(file.path) && isSame(file.content))) return [];
    return releases
      .filter(({ facts, service }) => {
        if (facts.name !== environment) return false;
        const login = before.get(loginFile(environment, provider, service.name));
        return login !== undefined && userOf(login) === owner;
      })
      .map((consumer) => ({
        path,
        problem: lostDatabase(consumer, { provider, name, login: String(owner) }),
        isMeant: `database/${name}` in (consumer.service.spec.migrations ?? {}),
      }));
  });
}

const identity = (database: unknown) =>
  JSON.stringify([
    at(database, "metadata", "namespace"),
    at(database, "spec", "cluster", "name"),
    at(database, "spec", "name"),
  ]);

const userOf = ({ content }: ExistingFile) =>
  at(readObject(content), "spec", "target", "template", "data", "username");

interface Lost {
  readonly provider: string;
  readonly name: string;
  readonly login: string;
}

function lostDatabase(consumer: Release, { provider, name, login }: Lost) {
  const { facts, service, outgoing } = consumer;
  const now = outgoing.filter((edge) => edge.login !== undefined && edge.readsAll !== true);
  const nearest =
    now.find((edge) => edge.provider.service.name === provider) ??
    now.find((edge) => edge.login === login);
  const keys =
    nearest === undefined
      ? consumesKeys(service.components[0])
      : [...consumesKeys(nearest.consumer.component), nearest.provider.service.name, "login"];
  return problemAt(
    "FROZEN_NAME",
    service.file,
    keys,
    {
      message: `database \`${login}\` of ${service.name} at ${provider} is in use and would go`,
      found:
        now.length === 0
          ? "no login any more"
          : now
              .map((edge) => `login \`${edge.login}\` at ${edge.provider.service.name}`)
              .join(", "),
      expected: `login \`${login}\` at ${provider}: another one begins with an empty database`,
      fix: `keep consumes: { ${propertyName(provider)}: { login: ${JSON.stringify(login)} } }, or say that it is meant: migrations: { "database/${name}": "…how the data moves…" } in ${service.file}`,
    },
    facts.name,
  );
}

const consumesKeys = (component: ResolvedComponent | undefined) => [
  ...(component?.path ?? []),
  "consumes",
];
