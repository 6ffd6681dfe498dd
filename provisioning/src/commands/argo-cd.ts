/** From a cluster that answers to one that Argo CD keeps. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { ensureHelm } from "../../../generator/src/tools/helm-carrier.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { awaitRoot, bootstrap, type Standing } from "../bootstrap/argo-cd.ts";
import { bringArgoCd, ChartUnavailable } from "../bootstrap/bring.ts";
import { bootstrapCredentials } from "../bootstrap/credentials.ts";
import { clusterOf } from "../cluster/cluster.ts";
import { KubectlFailed } from "../cluster/kubectl.ts";
import { openStore } from "../credential-stores/choose.ts";
import type { Facts } from "../facts.ts";
import type { Order } from "../order.ts";

/** Until everything should be up: images of a whole home are pulled meanwhile. */
const patienceMinutes = 30;

/** Gives the cluster its Argo CD, and waits until that has brought everything up. */
export async function handOver(order: Order, facts: Facts): Promise<readonly Problem[]> {
  const { root, cluster, phases, say } = order;
  if (facts.argocd === undefined && order.until !== "cluster") return [noArgoCd(facts)];
  const opened = await clusterOf(order, facts).bring();
  if (!("kubectl" in opened)) return opened;
  if (order.until === "cluster") {
    say(`${cluster} is there; up ends before Argo CD, as --until cluster says\n`);
    return [];
  }
  if (facts.argocd === undefined) return [noArgoCd(facts)];
  const { kubectl } = opened;
  const helm = await ensureHelm();
  if (isProblem(helm)) return [helm];
  const kept = await readKept(order, facts);
  if (isProblem(kept)) return [kept];
  const credentials = bootstrapCredentials(facts, kept);
  const brought = bringArgoCd(root, facts.cluster.carrier, facts.argocd, {
    helm: helm.path,
    credentials,
  });
  if (!("rootName" in brought)) return brought;
  try {
    const outcome = await phases.phase("argo cd", () => bootstrap(brought, kubectl));
    say(outcome === "kept" ? "Argo CD keeps the cluster already\n" : "Argo CD is there\n");
    // It waits for what only a person can give.
    if (outcome === "done") for (const line of credentials.byHand) say(`${line}\n`);
    const report = (line: string): void => void process.stderr.write(`${line}\n`);
    const left = await phases.phase("services", () =>
      awaitRoot(kubectl, brought.rootName, { patienceMinutes, report }),
    );
    return left === undefined ? [] : [notUp(cluster, left)];
  } catch (error) {
    if (error instanceof ChartUnavailable) return [noChart(cluster, error)];
    if (!(error instanceof KubectlFailed)) throw error;
    return [refused(cluster, error)];
  }
}

/** What the store of the cluster holds; nothing where it has none. */
async function readKept(
  order: Order,
  facts: Facts,
): Promise<ReadonlyMap<string, string> | Problem> {
  const store = openStore(order, facts);
  return store === undefined || isProblem(store) ? (store ?? new Map()) : store.read();
}

const noArgoCd = ({ name, cluster }: Facts): Problem =>
  problemAt("BOOTSTRAP_INCOMPLETE", clusterFile(name), ["carrier"], {
    message: `argo-cd does not run in ${cluster.carrier}, which carries ${name}`,
    expected: "argo-cd among its services",
    fix: `npm run new-service argo-cd -- --environment ${cluster.carrier}`,
  });

const notUp = (cluster: string, { up, waiting }: Standing): Problem =>
  problemAt("BOOTSTRAP_INCOMPLETE", clusterFile(cluster), ["carrier"], {
    message: `${up} of ${up + waiting.length} Applications are up after ${patienceMinutes} minutes`,
    found: waiting.join(", "),
    expected: "every Application synced and healthy",
    fix: "look at those (kubectl --namespace argocd describe application <name>) and mend what they say; Argo CD goes on by itself",
  });

const refused = (cluster: string, { message }: KubectlFailed): Problem =>
  problemAt("BOOTSTRAP_INCOMPLETE", clusterFile(cluster), ["apiServer"], {
    message: `the API server refuses: ${message.trim()}`,
    expected: "an account that may make everything, for this once",
    fix: "mend what it says, and run the command again",
    target: "key",
  });

const noChart = (cluster: string, { message }: ChartUnavailable): Problem =>
  problemAt("BOOTSTRAP_INCOMPLETE", clusterFile(cluster), ["carrier"], {
    message: `Helm cannot render Argo CD's chart: ${message.trim()}`,
    expected: "the chart of charts/services/argo-cd/values.ts, with the values that are rendered",
    fix: "mend the network to its registry, or keep a copy: npm run vendor argo-cd",
  });
