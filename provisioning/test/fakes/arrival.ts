/**
 * How long a cluster takes to bring all applications up: in the order that is rendered, with what runs at once, and with durations that
 * are assumed. It proves the order, not the hardware: nothing in here was measured on any.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";

/** What is assumed, in seconds and bytes: a line of 250 Mbit/s, hosts with SSDs. */
export const assumed = {
  /** Bytes a second, for all pulls together. */
  line: 30e6,
  /** Of an image that is not here yet, as it is sent. */
  image: 150e6,
  /** Images of a chart that Argo CD fetches, and are not in this repository. */
  imagesOfChart: 4,
  /** From an image that is there to a container that is ready. */
  start: 30,
  /** A database makes its first member, then the others from it. */
  database: 120,
  /** Until Argo CD has compared an Application and begun. */
  compare: 15,
  /** Argo CD itself: its images, its start. */
  argoCd: 120,
  /** Workers that pull, each one image after the other (kubelet, `serializeImagePulls`). */
  workers: 3,
} as const;

/** An Application of the root: in which wave it comes, and how long its parts take once their images are there. */
export interface Part {
  readonly name: string;
  readonly wave: number;
  readonly images: number;
  readonly start: number;
}

interface Application {
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
  readonly spec: { readonly source?: Source; readonly sources?: readonly Source[] };
}
interface Source {
  readonly path?: string;
  readonly chart?: string;
  readonly directory?: { readonly include?: string };
}

/** In: the root of the repository, an environment. Out: its Applications as they are rendered. */
export function partsOf(repository: string, environment: string): Part[] {
  const folder = path.join(repository, "kubernetes", environment, "_argocd");
  return readdirSync(folder)
    .filter((file) => file.startsWith(`application-${environment}.`))
    .map((file) => {
      const application = load(readFileSync(path.join(folder, file), "utf8")) as Application;
      const { spec, metadata } = application;
      const sources = spec.sources ?? (spec.source === undefined ? [] : [spec.source]);
      const texts = sources.flatMap((source) => textsOf(repository, source));
      const charts = sources.filter(({ chart }) => chart !== undefined).length;
      const images = texts.join("\n").match(/^ *(- )?image(Name)?: .+/gm) ?? [];
      return {
        name: metadata.name,
        wave: Number(metadata.annotations?.["argocd.argoproj.io/sync-wave"] ?? "0"),
        images: new Set(images).size + charts * assumed.imagesOfChart,
        start: texts.some((text) => text.includes("\nkind: Cluster\n"))
          ? assumed.database
          : assumed.start,
      };
    });
}

/** Files of a source: those it includes, or all. */
function textsOf(repository: string, { path: folder, directory }: Source): string[] {
  if (folder === undefined) return [];
  const { include = "*.yaml" } = directory ?? {};
  const names = /^\{(.*)\}$/.exec(include)?.[1]?.split(",") ?? [include];
  return readdirSync(path.join(repository, folder))
    .filter((file) => file.endsWith(".yaml") && (include === "*.yaml" || names.includes(file)))
    .map((file) => readFileSync(path.join(repository, folder, file), "utf8"));
}

/**
 * In: Applications. Out: when each is healthy, in seconds after Argo CD has the root. A wave begins when the one before is healthy; in a
 * wave all come at once, and wait for one line and for one pull at a time on each worker.
 */
export function arrival(parts: readonly Part[]): Map<string, number> {
  const healthy = new Map<string, number>();
  let begin: number = assumed.argoCd;
  const waves = [...Map.groupBy(parts, ({ wave }) => wave)].sort(([one], [other]) => one - other);
  for (const [, wave] of waves) {
    const workers = Array.from({ length: assumed.workers }, () => begin + assumed.compare);
    for (const part of [...wave].sort((one, other) => other.images - one.images)) {
      const worker = workers.indexOf(Math.min(...workers));
      // All workers pull at once: each has its part of the line.
      const pulled =
        (workers[worker] ?? begin) +
        (part.images * assumed.image) / (assumed.line / assumed.workers);
      workers[worker] = pulled;
      healthy.set(part.name, pulled + part.start);
    }
    begin = Math.max(...wave.map(({ name }) => healthy.get(name) ?? 0));
  }
  return healthy;
}
