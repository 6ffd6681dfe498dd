/** `up` of a cluster of Talos in a process of its own, which a test kills. Arguments: root, facts as JSON. */
import { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { orderOf } from "./talos-site.ts";

const [, , root = "", facts = ""] = process.argv;
const cluster = Cluster.parse(JSON.parse(facts));
const order = orderOf(root, {}, { texts: [], progress: [] });
await clusterOf(order, {
  name: "rack",
  cluster,
  argocd: undefined,
  tree: undefined as never,
}).bring();
