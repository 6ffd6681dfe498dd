/** Changes as people read them. */
import { bytesWords } from "../../../generator/src/model/units.ts";
import { isOfNames } from "../dns/cloudflare.ts";
import type { Change, Deed } from "../engine/changes.ts";

const words: Readonly<Record<Deed, readonly [will: string, did: string]>> = {
  make: ["make", "made"],
  change: ["change", "changed"],
  replace: ["REPLACE", "replaced"],
  remove: ["REMOVE", "removed"],
  keep: ["keep", "kept"],
};

/** In: changes that would be, or were made. Out: a line for each that is one, and how many things stay. */
export function changesText(changes: readonly Change[], tense: "will" | "did"): string {
  const real = changes.filter(({ deed }) => deed !== "keep");
  const width = Math.max(0, ...real.map(({ name }) => name.length));
  const word = (deed: Deed) => words[deed][tense === "will" ? 0 : 1];
  const lines = real.map(
    (change) => `  ${word(change.deed).padEnd(8)} ${change.name.padEnd(width)}  ${detail(change)}`,
  );
  const kept = `  ${word("keep").padEnd(8)} ${changes.length - real.length}`;
  return `${[...lines, kept].join("\n")}\n`;
}

function detail(change: Change): string {
  switch (change.deed) {
    case "make":
      return described(change.type, change.after);
    case "remove":
      return described(change.type, change.before);
    default:
      return change.fields
        .map((field) => `${field} ${shown(change.before, field)} -> ${shown(change.after, field)}`)
        .join(", ");
  }
}

type Inputs = Change["before"];

/** What a machine, an image or a name is. */
function described(type: string, inputs: Inputs): string {
  if (isOfNames(type)) return describedName(inputs);
  const { vmId, nodeName, fileName, resourceId, rule } = inputs;
  if (typeof resourceId === "string") return `${resourceId} starts elsewhere when its host is lost`;
  if (typeof rule === "string") return `${rule}: machines are at home on their host`;
  if (typeof fileName === "string") return `${fileName} on ${String(nodeName)}`;
  const cores = at(inputs, "cpu.cores");
  const memory = at(inputs, "memory.dedicated");
  const disks = Array.isArray(inputs["disks"]) ? (inputs["disks"] as { size?: number }[]) : [];
  const parts = [
    ...(typeof cores === "number" ? [`${cores} cores`] : []),
    ...(typeof memory === "number" ? [bytesWords(memory * 2 ** 20)] : []),
    ...disks.map(({ size = 0 }) => `disk of ${bytesWords(size * 2 ** 30)}`),
  ];
  return `${parts.join(", ")} on ${String(nodeName)} (${String(vmId)})`;
}

/** A record, a tunnel, or what a tunnel passes on. */
function describedName({ type, content, proxied, config, name }: Inputs): string {
  if (typeof type === "string") {
    // A tunnel has no name before it is made.
    const target = typeof content === "string" && !unknown.test(content) ? content : "the tunnel";
    return `${type} ${target}${proxied === true ? ", through Cloudflare" : ""}`;
  }
  return config === undefined ? `tunnel ${String(name)}` : "what the tunnel passes on";
}

/** How the engine writes what is not known yet. */
const unknown = /04da6b54-80e4-46f7-96ec-b56ff0331ba9/;

function shown(inputs: Inputs, field: string): string {
  const value = at(inputs, field);
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** In: inputs, a path such as `disks[1].size`. */
function at(inputs: Inputs, field: string): unknown {
  return field
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null
          ? (value as Record<string, unknown>)[key]
          : undefined,
      inputs,
    );
}
