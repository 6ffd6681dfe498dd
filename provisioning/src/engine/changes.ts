/** Events of the engine -> what would change, or has, a line for each resource. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";

export type Deed = "make" | "change" | "replace" | "remove" | "keep";

export interface Change {
  readonly deed: Deed;
  /** As the program calls it: the node of a machine, `image-pve-1`. */
  readonly name: string;
  readonly type: string;
  /** Fields that differ, by their paths. */
  readonly fields: readonly string[];
  /** As the state has it; empty where it is new. */
  readonly before: Readonly<Record<string, unknown>>;
  /** As it is to be; empty where it goes. */
  readonly after: Readonly<Record<string, unknown>>;
}

const deeds: Readonly<Record<string, Deed>> = {
  create: "make",
  update: "change",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  delete: "remove",
  same: "keep",
};

/** In: events of a run, in order. Out: what it has done: neither what it began and could not, nor what it had no time for. */
export function doneChangesOf(events: readonly EngineEvent[]): Change[] {
  const ended = new Set(events.flatMap(({ resOutputsEvent: event }) => event?.metadata.urn ?? []));
  const failed = new Set(
    events.flatMap(({ resOpFailedEvent: event }) => event?.metadata.urn ?? []),
  );
  return changesOf(
    events.filter(({ resourcePreEvent: event }) => {
      const urn = event?.metadata.urn ?? "";
      return ended.has(urn) && !failed.has(urn);
    }),
  );
}

/** In: events of a preview, in order. Out: changes of resources that exist outside the engine, by name. */
export function changesOf(events: readonly EngineEvent[]): Change[] {
  const changes = new Map<string, Change>();
  for (const { resourcePreEvent } of events) {
    const step = resourcePreEvent?.metadata;
    const deed = step === undefined ? undefined : deeds[step.op];
    if (step === undefined || deed === undefined || isInternal(step.type)) continue;
    const known = changes.get(step.urn);
    changes.set(step.urn, {
      deed,
      name: nameOf(step.urn),
      type: step.type,
      // The steps of a replacement tell of one another's fields or of none.
      fields: [...new Set([...(known?.fields ?? []), ...fieldsOf(step)])].sort(),
      before: known?.before ?? step.old?.inputs ?? {},
      after: step.new?.inputs ?? known?.after ?? {},
    });
  }
  return [...changes.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

type Step = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

/** The whole paths, where the provider tells them. */
const fieldsOf = ({ detailedDiff, diffs = [] }: Step): readonly string[] =>
  (detailedDiff === undefined || detailedDiff === null ? diffs : Object.keys(detailedDiff))
    // What the bridge keeps for itself.
    .filter((field) => !field.startsWith("__"));

/** The stack itself, providers and components: nothing on a host. */
export const isInternal = (type: string): boolean => /^(pulumi:|rzp:)/.test(type);

export const nameOf = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

/** `urn:pulumi:<stack>::<project>::<parent>$<type>::<name>` -> the type. */
const typeOf = (urn: string): string => urn.split("::").at(-2)?.split("$").at(-1) ?? "";

/** What the engine or a provider complained of, with the resource it is about. */
export interface Complaint {
  readonly name: string | undefined;
  /** What it is; empty where it is about no resource. */
  readonly type: string;
  readonly text: string;
}

/** In: events. Out: errors in the order they came. */
export function complaintsOf(events: readonly EngineEvent[]): Complaint[] {
  const told = events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === "error" && event.ephemeral !== true
      ? [{ urn: event.urn ?? "", text: plain(event.message) }]
      : [],
  );
  // Of a resource that failed the stack says once more that something did.
  const named = told.filter(({ urn }) => urn !== "" && !urn.includes("::pulumi:pulumi:Stack::"));
  const complaints = (named.length > 0 ? named : told).map(({ urn, text }) => ({
    name: urn === "" ? undefined : nameOf(urn),
    type: typeOf(urn),
    text: essence(text),
  }));
  // The provider logs what the engine then tells as its error.
  return [...new Map(complaints.map((one) => [`${one.name} ${one.text}`, one])).values()];
}

/** What went wrong, without where in the provider it did and what led to it. */
const essence = (text: string): string =>
  (text.split(/^\s*\* /m).at(-1) ?? text)
    .replace(/^[\w./-]+\.go:\d+: (?:[\w.]+: )?/, "")
    .replace(/: provider=[\w@.]+$/, "")
    .replace(/^(?:creating|updating|deleting) urn:\S+: /, "")
    .trim();

/** Without the marks the engine has colours for. */
const plain = (text: string): string => text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
