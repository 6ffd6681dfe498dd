/** What stays on the cluster, in words, with the commands that delete it for good. */
import { postgresServiceNames } from "../model/names.ts";
import type { RemainingObject, Remains } from "./remains.ts";

/** Empty when nothing stays, and nothing is missing in a store. */
export function remainsText(remains: readonly Remains[]): string {
  return secretsText(remains) + leftText(remains);
}

function secretsText(remains: readonly Remains[]): string {
  const missing = remains.filter(({ newSecrets }) => newSecrets.length > 0);
  if (missing.length === 0) return "";
  const blocks = missing.map((one) =>
    blockText(one, ["in the store of secrets, read from now on", ...one.newSecrets]),
  );
  return `\nPut these there before you push; what needs them waits:\n${blocks.join("")}`;
}

function leftText(remains: readonly Remains[]): string {
  const left = remains.filter(({ objects, secrets }) => objects.length + secrets.length > 0);
  if (left.length === 0) return "";
  const named = left.some(({ cluster, objects }) => cluster !== undefined && objects.length > 0);
  const where = named ? "; point kubectl at the cluster that is named first" : "";
  const head = `\nArgo CD removes the rest. Data outlives configuration, so this stays until you delete it${where}:\n`;
  return head + left.map(blocksOf).join("");
}

function blocksOf(one: Remains): string {
  const { objects, secrets, newSecrets } = one;
  const namespaces = objects.filter(({ kind }) => kind === "namespace");
  const goes = new Set(namespaces.map(({ name }) => name));
  const others = objects.filter(
    ({ kind, namespace }) => kind !== "namespace" && !goes.has(namespace ?? ""),
  );
  // A root that stays would make again what is deleted.
  const isRoot = ({ kind }: RemainingObject) => kind === "application.argoproj.io";
  const first = newSecrets.length === 0 ? "" : "once what goes on is copied to its new path, ";
  const blocks = [
    ...others.filter(isRoot).map(objectBlock),
    ...namespaces.map(({ name }) => namespaceBlock(name, objects)),
    ...others.filter((object) => !isRoot(object)).map(objectBlock),
    ...(secrets.length === 0
      ? []
      : [[`in the store of secrets, ${first}to be deleted there`, ...secrets]]),
  ];
  return blocks.map((block) => blockText(one, block)).join("");
}

/** In: where it is, and lines of which the first says what it is. Out: the first with its place, the others below it. */
export function blockText(
  { environment, cluster }: Pick<Remains, "environment" | "cluster">,
  [what, ...lines]: readonly string[],
): string {
  const place = cluster === undefined ? environment : `${environment}, cluster ${cluster}`;
  return [`  ${place}: ${what}`, ...lines.map((line) => `    ${line}`), ""].join("\n");
}

/** Whatever is in a namespace goes with it. */
function namespaceBlock(namespace: string, objects: readonly RemainingObject[]): string[] {
  const named = (kind: string, word: string) => {
    const names = objects
      .filter((object) => object.kind === kind && object.namespace === namespace)
      .map(({ name }) => name);
    return names.length === 0 ? [] : [`${word} ${names.join(", ")}`];
  };
  const data = [
    ...named("persistentvolumeclaim", "volumes"),
    ...named("cluster.postgresql.cnpg.io", "PostgreSQL cluster"),
    ...named("database.postgresql.cnpg.io", "databases"),
  ];
  return [
    `namespace ${namespace} with ${data.join("; ") || "no volumes"}`,
    `kubectl delete namespace ${namespace}`,
  ];
}

function objectBlock(object: RemainingObject): string[] {
  const { kind, name, namespace, database } = object;
  const where = namespace === undefined ? "" : ` --namespace ${namespace}`;
  const notes: Readonly<Record<string, string>> = {
    persistentvolume: "   # the share itself is not touched",
    "cluster.postgresql.cnpg.io": "   # with all its databases: copy first what goes on elsewhere",
  };
  const note =
    notes[kind] ??
    (object.isBeyondProject === true ? "   # Argo CD removes only what its project names" : "");
  const command = `kubectl delete ${kind} ${name}${where}${note}`;
  if (database === undefined) return [`${kind.split(".")[0]} ${name}`, command];
  // The Database has `databaseReclaimPolicy: retain`, and a role that is named no more stays on the server too.
  const { primary } = postgresServiceNames(database.cluster);
  return [
    `database ${database.name} of ${database.cluster} in ${namespace}, and its role ${database.owner}`,
    command,
    `kubectl exec service/${primary}${where} --container postgres -- psql --command 'DROP DATABASE "${database.name}"' --command 'DROP ROLE "${database.owner}"'`,
  ];
}
