/** Where an environment says that its sign-in provider answers: gateways call it there and nowhere else. */
import { clusterFile, environmentFile } from "../../model/paths.ts";
import type { Release } from "../../model/platform.ts";
import type { ProblemCode } from "../../problems/codes.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice, problemAt } from "../../problems/report.ts";
import type { ProblemText } from "../../problems/report.ts";
import { audienceChoice } from "../audiences.ts";

/** Problems: LAN_HOST_UNKNOWN, GATEWAY_MISSING. */
export function checkProvider({ facts }: Pick<Release, "facts">): Problem[] {
  const { name, environment, cluster, clusterName } = facts;
  const at = environment.signIn?.at;
  const report = (code: ProblemCode, keys: string[], text: ProblemText) =>
    problemAt(code, environmentFile(name), ["signIn", "at", ...keys], text, name);
  if (typeof at === "object") {
    const hosts = Object.keys(cluster.hosts ?? {});
    return hosts.includes(at.lan)
      ? []
      : [
          report("LAN_HOST_UNKNOWN", ["lan"], {
            message: `cluster ${clusterName} knows no host \`${at.lan}\``,
            ...choice(at.lan, hosts, `add it to hosts in ${clusterFile(clusterName)}`),
          }),
        ];
  }
  if (at === undefined || at === "internet" || cluster.gateways[at] !== undefined) return [];
  return [
    report("GATEWAY_MISSING", [], {
      message: `cluster ${clusterName} has no ${at} gateway`,
      ...audienceChoice(facts, at, `add it to gateways in ${clusterFile(clusterName)}`),
    }),
  ];
}
