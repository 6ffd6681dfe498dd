/** What containers ask for, by what they say and the environment's factor. */
import type { Component } from "../../model/component.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import { defaultSize, sizePresets } from "../../model/size-presets.ts";
import { bytes, scaleBytes, scaleCores } from "../../model/units.ts";

/** Requests and limits of a container, final. */
export interface Requests {
  readonly cpu: string;
  readonly memory: string;
  readonly memoryLimit: string;
  readonly cpuLimit?: string | undefined;
  readonly scratch?: string | undefined;
}

/** Memory is limited to what is asked for unless a limit is said; the environment's factor leaves limits as they are. */
export function requestsOf(
  facts: EnvironmentFacts,
  { resources, size = defaultSize }: Pick<Component, "resources" | "size">,
): Requests {
  const factor = facts.environment.requests ?? 1;
  const wanted: NonNullable<Component["resources"]> = resources ?? sizePresets[size];
  const { cpu, memory, memoryLimit = memory, ...more } = wanted;
  return {
    cpu: scaleCores(cpu, factor),
    memory: scaleBytes(memory, factor),
    memoryLimit: larger(memory, memoryLimit),
    ...more,
  };
}

/**
 * What a container gets that says nothing, from the LimitRange of its namespace. In a namespace of ours that is `small`. Pods of a chart
 * may ask for more than any limit written here, which would make them invalid: they get requests only, of `tiny`, so that the scheduler
 * counts them at all.
 */
export function containerDefaults({ service, facts }: Release): Omit<Requests, "memoryLimit"> & {
  readonly memoryLimit?: string;
} {
  const isChart = service.kind === "chart";
  const size = isChart ? "tiny" : defaultSize;
  const { cpu, memory, memoryLimit } = requestsOf(facts, { resources: sizePresets[size] });
  return { cpu, memory, ...(isChart ? {} : { memoryLimit }) };
}

/** The same environment as if it asked for everything whole. */
export function withoutFactor(facts: EnvironmentFacts): EnvironmentFacts {
  const { requests: _, ...environment } = facts.environment;
  return { ...facts, environment };
}

const larger = (a: string, b: string) => (bytes(a) > bytes(b) ? a : b);

/** What a container asks for that only waits for another service. */
export const waitRequests = { cpu: "5m", memory: "8Mi", memoryLimit: "16Mi" } as const;
