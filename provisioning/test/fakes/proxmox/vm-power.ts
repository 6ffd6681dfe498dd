/** Starting and stopping VMs, what they are doing, and the agent inside. */
import { MiB, readSize } from "./bytes.ts";
import { drivesOf } from "./drives.ts";
import { coresOf, memoryMiBOf, needUnlocked, statusOf, type Guest } from "./guests.ts";
import { readProperties } from "./property-string.ts";
import { died } from "./refusal.ts";
import type { TaskType } from "./tasks.ts";
import { setRunning } from "./vm-create.ts";
import { known, part, readVmid, route, type Call, type World } from "./world.ts";

function readStatus(call: Call, world: World): Record<string, unknown> {
  const vmid = readVmid(part(call, "vmid"));
  call.rights.need(`/vms/${vmid}`, "VM.Audit");
  return statusRow(world.guests.at(part(call, "node"), vmid), world);
}

/** What GET status/current answers, and GET /nodes/{node}/qemu in a list. */
export function statusRow(guest: Guest, world: World): Record<string, unknown> {
  const { vmid, config, running, lock, isTemplate } = guest;
  const status = statusOf(guest);
  const { size = "0" } = readProperties(bootDisk(guest) ?? "", "file");
  return {
    vmid,
    ...(config["name"] !== undefined && { name: config["name"] }),
    status,
    qmpstatus: status,
    cpus: running?.cores ?? coresOf(guest),
    maxmem: (running?.memoryMiB ?? memoryMiBOf(guest)) * MiB,
    maxdisk: readSize(size) ?? 0,
    mem: (running?.memoryMiB ?? 0) * MiB,
    uptime: running === undefined ? 0 : Math.floor(world.clock.now() - running.since),
    ha: { managed: world.ha.resources.has(`vm:${vmid}`) ? 1 : 0 },
    ...(config["tags"] !== undefined && { tags: config["tags"] }),
    ...(hasAgent(guest) && { agent: 1 }),
    ...(lock !== undefined && { lock }),
    ...(isTemplate && { template: 1 }),
  };
}

function bootDisk({ config }: Guest): string | undefined {
  const first = /order=([^;]+)/.exec(String(config["boot"] ?? ""))?.[1];
  return drivesOf(config).find(([name]) => name === first)?.[1];
}

interface Change {
  readonly type: TaskType;
  readonly parameters: RegExp;
  /** Throws what Proxmox answers at once. */
  readonly check?: (guest: Guest) => void;
  readonly run: (guest: Guest, log: (line: string) => void, world: World) => void;
}

const power =
  ({ type, parameters, check, run }: Change) =>
  async (call: Call, world: World): Promise<string> => {
    known(call, (name) => parameters.test(name));
    const node = part(call, "node");
    const vmid = readVmid(part(call, "vmid"));
    call.rights.need(`/vms/${vmid}`, "VM.PowerMgmt");
    const guest = world.guests.at(node, vmid);
    await world.tasks.lockVm(vmid);
    needUnlocked(guest);
    check?.(guest);
    const user = call.rights.token;
    return world.tasks.start({
      node,
      type,
      id: String(vmid),
      user,
      run: (log) => run(guest, log, world),
    });
  };

const start = power({
  type: "qmstart",
  parameters: /^(timeout|skiplock|machine|stateuri|targetstorage)$/,
  check: ({ vmid, isTemplate, running }) => {
    if (isTemplate) throw died("you can't start a vm if it's a template");
    if (running !== undefined) throw died(`VM ${vmid} already running`);
  },
  run: (guest, log, world) => {
    needHost(guest, log, world);
    setRunning(guest, world);
  },
});

const stop = power({
  type: "qmstop",
  parameters: /^(timeout|skiplock|keepActive|overrule-shutdown)$/,
  run: (guest) => delete guest.running,
});

const shutdown = power({
  type: "qmshutdown",
  parameters: /^(timeout|skiplock|forceStop|keepActive)$/,
  run: (guest) => delete guest.running,
});

const reboot = power({
  type: "qmreboot",
  parameters: /^timeout$/,
  check: ({ running, vmid }) => {
    if (running === undefined) throw died(`VM ${vmid} not running`);
  },
  run: (guest, _log, world) => setRunning(guest, world),
});

/** A VM starts when its bridges are there and its memory is free. */
function needHost(guest: Guest, log: (line: string) => void, world: World): void {
  const host = world.hosts.find(({ name }) => name === guest.node);
  for (const [name, value] of Object.entries(guest.config)) {
    const { bridge } = /^net\d+$/.test(name) ? readProperties(String(value), "model") : {};
    if (bridge !== undefined && host?.bridges?.includes(bridge) === false)
      throw new Error(`bridge '${bridge}' does not exist`);
  }
  const others = world.guests.all().filter((one) => one.node === guest.node && one !== guest);
  const taken = others.reduce((sum, one) => sum + (one.running?.memoryMiB ?? 0) * MiB, 0);
  const free = (host?.memory ?? 0) - (host?.usedMemory ?? 0) - taken;
  if (memoryMiBOf(guest) * MiB > free) {
    log("kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory");
    throw new Error("start failed: QEMU exited with code 1");
  }
}

export const hasAgent = ({ config }: Guest): boolean =>
  /^(1|enabled=1)(,|$)/.test(String(config["agent"] ?? ""));

/** The agent answers when it is switched on, the VM runs, and what is in it had the time to start one. */
function needAgent(call: Call, world: World): Guest {
  const vmid = readVmid(part(call, "vmid"));
  call.rights.needAny(`/vms/${vmid}`, "VM.GuestAgent.Audit", "VM.GuestAgent.Unrestricted");
  const guest = world.guests.at(part(call, "node"), vmid);
  if (!hasAgent(guest)) throw died("No QEMU guest agent configured");
  if (guest.running === undefined) throw died(`VM ${vmid} is not running`);
  const up = world.clock.now() - guest.running.since;
  if (world.agentAfter === undefined || up < world.agentAfter)
    throw died("QEMU guest agent is not running");
  return guest;
}

function readInterfaces(call: Call, world: World): Record<string, unknown> {
  const { config } = needAgent(call, world);
  const { ip = "" } = readProperties(String(config["ipconfig0"] ?? ""), "ip");
  const [address = "", prefix = "24"] = ip.split("/");
  const mac = /(?:[0-9A-F]{2}:){5}[0-9A-F]{2}/i.exec(String(config["net0"] ?? ""))?.[0] ?? "";
  const named = (name: string, hardware: string, ipv4: string, bits: number): unknown => ({
    name,
    "hardware-address": hardware,
    "ip-addresses": [{ "ip-address": ipv4, "ip-address-type": "ipv4", prefix: bits }],
  });
  return {
    result: [
      named("lo", "00:00:00:00:00:00", "127.0.0.1", 8),
      ...(address === "" ? [] : [named("eth0", mac.toLowerCase(), address, Number(prefix))]),
    ],
  };
}

function ping(call: Call, world: World): Record<string, unknown> {
  needAgent(call, world);
  return { result: {} };
}

export const vmPowerRoutes = [
  route("GET", "/nodes/{node}/qemu/{vmid}/status/current", readStatus),
  route("POST", "/nodes/{node}/qemu/{vmid}/status/start", start),
  route("POST", "/nodes/{node}/qemu/{vmid}/status/stop", stop),
  route("POST", "/nodes/{node}/qemu/{vmid}/status/shutdown", shutdown),
  route("POST", "/nodes/{node}/qemu/{vmid}/status/reboot", reboot),
  route("POST", "/nodes/{node}/qemu/{vmid}/agent/ping", ping),
  route("GET", "/nodes/{node}/qemu/{vmid}/agent/network-get-interfaces", readInterfaces),
];
