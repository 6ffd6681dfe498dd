/** Variables a person has not exported, out of the store of a cluster. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import type { Order } from "../order.ts";
import type { Facts } from "../facts.ts";
import { openStore } from "./choose.ts";
import { knownCredentials, passphraseName, type KnownCredential } from "./known.ts";

/**
 * In: what a person asked for, facts, whether it is about hosts or about the state alone. Out: the same with variables out of the store; those that are exported win, and a store is not
 * asked for what is exported. Problems: CREDENTIAL_MISSING, CREDENTIALS_UNREADABLE.
 */
export async function fillIn(
  order: Order,
  facts: Facts,
  needs: "hosts" | "state",
): Promise<Order | readonly Problem[]> {
  const wanted = knownCredentials(facts).filter(
    ({ name, variable }) =>
      variable !== undefined &&
      (order.environment[variable] ?? "") === "" &&
      (needs === "hosts" || name === passphraseName),
  );
  if (wanted.length === 0) return order;
  const store = openStore(order, facts);
  if (store === undefined) return order;
  if (isProblem(store)) return [store];
  const kept = await store.read();
  if (isProblem(kept)) return [kept];
  const missing = wanted.filter(({ name }) => !kept.has(name));
  if (missing.length > 0) return missing.map((one) => missingIn(facts.name, store.place, one));
  const found = wanted.map(({ name, variable = "" }) => [variable, kept.get(name) ?? ""]);
  return { ...order, environment: { ...order.environment, ...Object.fromEntries(found) } };
}

const missingIn = (cluster: string, place: string, { name, variable }: KnownCredential): Problem =>
  problemAt("CREDENTIAL_MISSING", clusterFile(cluster), ["credentials"], {
    message: `${name} is not in ${place}, and ${variable} is not set`,
    expected: `${name} there, or ${variable}`,
    fix: `npm run infra -- credential ${cluster} set ${name}, which reads the value from standard input`,
  });
