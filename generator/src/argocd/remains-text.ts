/** What stays on the cluster, in words, with the commands that delete it for good. */
import { postgresServiceNames } from "../model/names.ts";
import type { RemainingObject, Remains } from "./remains.ts";

/** Empty when nothing stays. */
export function remainsText(remains: readonly Remains[]): string {
  if (remains.length === 0) return "";
  const named = remains.some(({ cluster, objects }) => cluster !== undefined && objects.length > 0);
  const where = named ? "; point kubectl at the cluster that is named first" : "";
  const head = `\nArgo CD removes the rest. Data outlives configuration, so this stays until you delete it${where}:\n`;
  return head + remains.map(blocksOf).join("");
}

function blocksOf({ environment, cluster, objects, secrets }: Remains): string {
  const namespaces = objects.filter(({ kind }) => kind === "namespace");
  const goes = new Set(namespaces.map(({ name }) => name));
  const others = objects.filter(
    ({ kind, namespace }) => kind !== "namespace" && !goes.has(namespace ?? ""),
  );
  const place = cluster === undefined ? environment : `${environment}, cluster ${cluster}`;
  const blocks = [
    ...namespaces.map(({ name }) => namespaceBlock(name, objects)),
    ...others.map(objectBlock),
    ...(secrets.length === 0 ? [] : [["in the store of secrets, to be deleted there", ...secrets]]),
  ];
  return blocks
    .map(([what, ...lines]) =>
      [`  ${place}: ${what}`, ...lines.map((line) => `    ${line}`), ""].join("\n"),
    )
    .join("");
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

function objectBlock({ kind, name, namespace, database }: RemainingObject): string[] {
  const where = namespace === undefined ? "" : ` --namespace ${namespace}`;
  const note = kind === "persistentvolume" ? "   # the share itself is not touched" : "";
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
