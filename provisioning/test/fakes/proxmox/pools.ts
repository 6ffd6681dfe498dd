/** Pools: names under which access is given to several VMs at once. */
import { died, wrongParameters } from "./refusal.ts";
import { known, required, route, type Call, type Pool, type World } from "./world.ts";

function poolOf(call: Call, world: World): { readonly poolid: string; readonly pool: Pool } {
  const poolid = required(call, "poolid");
  const pool = world.pools.get(poolid);
  if (pool === undefined) throw died(`pool '${poolid}' does not exist`);
  return { poolid, pool };
}

/** Lists pools the token may see, or that one with its members. */
function readPools(call: Call, world: World): Record<string, unknown>[] {
  known(call, (name) => name === "poolid" || name === "type");
  const maySee = (poolid: string): boolean => call.rights.has(`/pool/${poolid}`, "Pool.Audit");
  if (call.params["poolid"] === undefined)
    return [...world.pools]
      .filter(([poolid]) => maySee(poolid))
      .map(([poolid, { comment }]) => ({ poolid, comment }));
  const { poolid, pool } = poolOf(call, world);
  call.rights.need(`/pool/${poolid}`, "Pool.Audit");
  const members = [...pool.vms].flatMap((vmid) => {
    const guest = world.guests.find(vmid);
    return guest === undefined
      ? []
      : [
          {
            id: `${guest.type}/${vmid}`,
            type: guest.type,
            vmid,
            node: guest.node,
            name: guest.config["name"],
          },
        ];
  });
  return [{ poolid, comment: pool.comment, members }];
}

function makePool(call: Call, world: World): null {
  known(call, (name) => name === "poolid" || name === "comment");
  const poolid = required(call, "poolid");
  call.rights.need(`/pool/${poolid}`, "Pool.Allocate");
  if (world.pools.has(poolid)) throw died(`create pool failed: pool '${poolid}' already exists`);
  world.pools.set(poolid, { comment: call.params["comment"] ?? "", vms: new Set() });
  return null;
}

function changePool(call: Call, world: World): null {
  known(call, (name) => /^(poolid|comment|vms|storage|delete|allow-move)$/.test(name));
  const { poolid, pool } = poolOf(call, world);
  call.rights.need(`/pool/${poolid}`, "Pool.Allocate");
  const { comment, vms = "", delete: isRemoval } = call.params;
  if (comment !== undefined) pool.comment = comment;
  for (const word of vms.split(",").filter((one) => one !== "")) {
    const vmid = Number(word);
    if (isRemoval === "1") {
      if (!pool.vms.delete(vmid))
        throw died(`update pools failed: VM ${word} is not a pool member`);
      continue;
    }
    if (world.guests.find(vmid) === undefined)
      throw wrongParameters({ vms: `VM ${word} does not exist` });
    pool.vms.add(vmid);
  }
  return null;
}

function removePool(call: Call, world: World): null {
  known(call, (name) => name === "poolid");
  const { poolid, pool } = poolOf(call, world);
  call.rights.need(`/pool/${poolid}`, "Pool.Allocate");
  if (pool.vms.size > 0)
    throw died(
      `delete pool failed: pool '${poolid}' is not empty (contains VM ${[...pool.vms][0]})`,
    );
  world.pools.delete(poolid);
  return null;
}

export const poolRoutes = [
  route("GET", "/pools", readPools),
  route("POST", "/pools", makePool),
  route("PUT", "/pools", changePool),
  route("DELETE", "/pools", removePool),
];
