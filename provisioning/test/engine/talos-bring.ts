/** `up` or `upgrade` of a cluster of Talos in a process of its own, which a test kills. Arguments: root, facts as JSON, the word. */
import { Cluster } from "../../../generator/src/model/cluster.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { upgradeTalos } from "../../src/cluster/talos/upgrade.ts";
import { orderOf } from "./talos-site.ts";

const [, , root = "", text = "", word = "up"] = process.argv;
const cluster = Cluster.parse(JSON.parse(text));
const order = orderOf(root, { allow: ["control-1"] }, { texts: [], progress: [] });
const facts = {
  name: "rack",
  cluster,
  argocd: undefined,
  names: undefined,
  tree: undefined as never,
};
await (word === "up" ? clusterOf(order, facts).bring() : upgradeTalos(order, facts));
