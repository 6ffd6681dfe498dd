/**
 * High availability: what of a guest is started again elsewhere (resources), and where it is at home (rules). After
 * pve-ha-manager's `PVE/API2/HA/Resources.pm` and `Rules.pm`; that a guest is there is from memory.
 */
import { died, wrongParameters } from "./refusal.ts";
import { known, part, required, route, type Call, type World } from "./world.ts";

/** As GET answers it, without `sid` or `rule`. */
export type HaConfig = Record<string, string | number>;

export interface Ha {
  readonly resources: Map<string, HaConfig>;
  readonly rules: Map<string, HaConfig>;
}

const mayRead = ({ rights }: Call): void => rights.need("/", "Sys.Audit");
const mayChange = ({ rights }: Call): void => rights.need("/", "Sys.Console");

const resourceFields = /^(sid|type|state|comment|failback|group|max_relocate|max_restart)$/;
const ruleFields = /^(rule|type|resources|nodes|strict|affinity|comment|disable)$/;

/** Numbers come back as numbers. */
const stored = (params: Readonly<Record<string, string>>): HaConfig =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      /^\d+$/.test(value) ? Number(value) : value,
    ]),
  );

function readResource(call: Call, { ha }: World): object {
  mayRead(call);
  const sid = part(call, "sid");
  const config = ha.resources.get(sid);
  if (config === undefined) throw died(`no such resource '${sid}'`);
  return { ...config, sid, digest: "0" };
}

function listResources(call: Call, { ha }: World): object[] {
  mayRead(call);
  return [...ha.resources].map(([sid, config]) => ({ ...config, sid }));
}

function makeResource(call: Call, { ha, guests }: World): null {
  known(call, (name) => resourceFields.test(name));
  mayChange(call);
  const sid = required(call, "sid");
  const [type = "", vmid = ""] = sid.split(":");
  if (guests.find(Number(vmid)) === undefined)
    throw died(`create resource failed: resource '${sid}' does not exist in cluster`);
  if (ha.resources.has(sid))
    throw died(`create resource failed: resource ID '${sid}' already defined`);
  const { sid: _, ...params } = call.params;
  ha.resources.set(sid, { type, state: "started", ...stored(params) });
  return null;
}

function changeResource(call: Call, { ha }: World): null {
  known(call, (name) => resourceFields.test(name) || name === "delete");
  mayChange(call);
  const sid = part(call, "sid");
  const config = ha.resources.get(sid);
  if (config === undefined) throw died(`update resource failed: no such resource '${sid}'`);
  const { delete: gone = "", ...params } = call.params;
  Object.assign(config, stored(params));
  for (const name of gone.split(",")) delete config[name];
  return null;
}

function removeResource(call: Call, { ha }: World): null {
  mayChange(call);
  const sid = part(call, "sid");
  if (!ha.resources.has(sid)) throw died(`no such resource '${sid}'`);
  forgetResource(sid, ha);
  return null;
}

/** Rules do not name what is no resource any more; one that names none is gone. */
function forgetResource(sid: string, { resources, rules }: Ha): void {
  resources.delete(sid);
  for (const [rule, config] of rules) {
    const left = String(config["resources"])
      .split(",")
      .filter((one) => one !== sid);
    if (left.length === 0) rules.delete(rule);
    else config["resources"] = left.join(",");
  }
}

/** What becomes of a guest's part in it when the guest goes. Throws what Proxmox says where that was not asked for. */
export function purgeFromHa(vmid: number, purge: boolean, { ha }: World): void {
  const sid = `vm:${vmid}`;
  if (!ha.resources.has(sid)) return;
  if (!purge)
    throw died(`unable to remove VM ${vmid} - used in HA resources and purge parameter not set.`);
  forgetResource(sid, ha);
}

function readRule(call: Call, { ha }: World): object {
  mayRead(call);
  const rule = part(call, "rule");
  const config = ha.rules.get(rule);
  if (config === undefined) throw died(`no such ha rule '${rule}'`);
  return { disable: 0, strict: 0, ...config, rule, digest: "0", order: 1 };
}

function checkRule(params: Readonly<Record<string, string>>, { ha, hosts }: World): void {
  const { resources = "", nodes = "" } = params;
  const unmanaged = resources.split(",").filter((sid) => !ha.resources.has(sid));
  if (unmanaged.length > 0)
    throw died(`cannot use unmanaged resource(s) ${unmanaged.sort().join(", ")}.`);
  const names = nodes.split(",").map((text) => text.split(":")[0] ?? "");
  const strange = names.filter((name) => name !== "" && !hosts.some((host) => host.name === name));
  if (strange.length > 0) throw died(`cannot use non-existant node(s) ${strange.join(", ")}.`);
}

/** A resource is at home in one rule of nodes ("Rule '…' is invalid."). */
function checkOneHome(rule: string, resources: string, { ha }: World): void {
  const mine = resources.split(",");
  for (const [other, config] of ha.rules) {
    const theirs = String(config["resources"]).split(",");
    if (other !== rule && mine.some((sid) => theirs.includes(sid)))
      throw wrongParameters({ resources: "HA resource affected by multiple node affinity rules" });
  }
}

function makeRule(call: Call, world: World): null {
  known(call, (name) => ruleFields.test(name));
  mayChange(call);
  const rule = required(call, "rule");
  if (world.ha.rules.has(rule))
    throw died(`create ha rule failed: HA rule '${rule}' already defined`);
  checkRule(call.params, world);
  checkOneHome(rule, required(call, "resources"), world);
  const { rule: _, ...params } = call.params;
  world.ha.rules.set(rule, stored(params));
  return null;
}

function changeRule(call: Call, world: World): null {
  known(call, (name) => ruleFields.test(name) || name === "delete" || name === "digest");
  mayChange(call);
  const rule = part(call, "rule");
  const config = world.ha.rules.get(rule);
  if (config === undefined) throw died(`update HA rules failed: HA rule '${rule}' does not exist`);
  const { delete: gone = "", digest: _, ...params } = call.params;
  checkRule(params, world);
  checkOneHome(rule, params["resources"] ?? "", world);
  Object.assign(config, stored(params));
  for (const name of gone.split(",")) delete config[name];
  return null;
}

function removeRule(call: Call, { ha }: World): null {
  mayChange(call);
  ha.rules.delete(part(call, "rule"));
  return null;
}

export const haRoutes = [
  route("GET", "/cluster/ha/resources", listResources),
  route("POST", "/cluster/ha/resources", makeResource),
  route("GET", "/cluster/ha/resources/{sid}", readResource),
  route("PUT", "/cluster/ha/resources/{sid}", changeResource),
  route("DELETE", "/cluster/ha/resources/{sid}", removeResource),
  route("POST", "/cluster/ha/rules", makeRule),
  route("GET", "/cluster/ha/rules/{rule}", readRule),
  route("PUT", "/cluster/ha/rules/{rule}", changeRule),
  route("DELETE", "/cluster/ha/rules/{rule}", removeRule),
];
