/**
 * Gives a cluster Argo CD and the root Application, once. From then on Argo CD keeps both: whoever runs this again
 * changes nothing.
 */
import { argocdNamespace } from "../../../generator/src/model/names.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { isNotThere, KubectlFailed, type Kubectl } from "../cluster/kubectl.ts";
import type { BootstrapCredentials } from "./credentials.ts";

export interface Bootstrap {
  /** Argo CD's chart, rendered with the values that are committed: objects as text. */
  readonly renderChart: () => Promise<string>;
  /** Rendered files by their text: the namespace of Argo CD, and the priorities its pods ask for. */
  readonly before: string;
  /** The same of the namespace that stores of secrets sign in from; empty where nothing is to be put there. */
  readonly storesNamespace: string;
  readonly credentials: BootstrapCredentials;
  /** The root Application and its project. */
  readonly root: string;
  readonly rootName: string;
}

/** What server-side apply knows us by. */
const manager = "--field-manager=rzp-infra";
const apply = ["apply", "--server-side", manager, "--filename=-"];

/**
 * In: what to bring, a way to ask the cluster. Out: whether anything was done beside credentials, which are given each time: a new
 * one is one command. Throws KubectlFailed.
 */
export async function bootstrap(
  { renderChart, before, root, rootName, storesNamespace, credentials }: Bootstrap,
  kubectl: Kubectl,
): Promise<"done" | "kept"> {
  const give = (objects: string) => applyHidden(kubectl, objects, credentials.values);
  const kept = await isKept(kubectl, rootName);
  const missing = kept
    ? await missingOf(kubectl, storesNamespace)
    : [before, storesNamespace].filter(Boolean).join("---\n");
  if (missing !== "") await kubectl(apply, missing);
  await give(credentials.forArgoCd);
  await give(credentials.forStores);
  if (kept) return "kept";
  await kubectl(apply, await renderChart());
  await kubectl(["wait", "--for=condition=Established", "--timeout=60s", ...kinds]);
  await kubectl(apply, root);
  return "done";
}

/** One that is there Argo CD keeps, as it may be written by now; it has none yet where External Secrets came later, or not that far. */
async function missingOf(kubectl: Kubectl, object: string): Promise<string> {
  if (object === "") return "";
  const get = ["get", "--filename=-", "--ignore-not-found", "--output=name"];
  return (await kubectl(get, object)).trim() === "" ? object : "";
}

/** What the API server says of an object may hold some of it. */
async function applyHidden(
  kubectl: Kubectl,
  objects: string,
  values: readonly string[],
): Promise<void> {
  if (objects === "") return;
  try {
    await kubectl(apply, objects);
  } catch (error) {
    if (!(error instanceof KubectlFailed)) throw error;
    throw new KubectlFailed(hideValues(error.message, values));
  }
}

function hideValues(text: string, values: readonly string[]): string {
  const forms = values.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    Buffer.from(value).toString("base64"),
  ]);
  // The longest first: one that begins another one would leave its end.
  return forms
    .filter((form) => form !== "")
    .sort((one, other) => other.length - one.length)
    .reduce((told, form) => told.replaceAll(form, "…"), text);
}

const kinds = ["applications", "appprojects"].map(
  (kind) => `customresourcedefinition/${kind}.argoproj.io`,
);

/** Argo CD has compared the root: it is at work, and owns what we would bring. */
async function isKept(kubectl: Kubectl, rootName: string): Promise<boolean> {
  try {
    return (await rootStatus(kubectl, rootName)).sync !== "";
  } catch (error) {
    if (isNotThere(error)) return false;
    throw error;
  }
}

interface RootStatus {
  /** Empty until Argo CD has looked at it. */
  readonly sync: string;
  readonly health: string;
}

async function rootStatus(kubectl: Kubectl, rootName: string): Promise<RootStatus> {
  const text = await kubectl([
    "get",
    `application.argoproj.io/${rootName}`,
    `--namespace=${argocdNamespace}`,
    "--output=jsonpath={.status.sync.status},{.status.health.status}",
  ]);
  const [sync = "", health = ""] = text.split(",");
  return { sync, health };
}

const isUp = ({ sync, health }: RootStatus): boolean => sync === "Synced" && health === "Healthy";

/** How many of the Applications are up, and which are not. */
export interface Standing {
  readonly up: number;
  /** `dev.sonarr OutOfSync Missing`. */
  readonly waiting: readonly string[];
}

/** In: a way to ask. Out: where each Application stands. Throws KubectlFailed. */
export async function standing(kubectl: Kubectl): Promise<Standing> {
  const text = await kubectl([
    "get",
    "applications.argoproj.io",
    `--namespace=${argocdNamespace}`,
    `--output=jsonpath={range .items[*]}{.metadata.name},{.status.sync.status},{.status.health.status}{"\\n"}{end}`,
  ]);
  const all = text
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(","))
    .map(([name = "", sync = "", health = ""]) => ({ name, sync, health }));
  const waiting = all.filter((one) => !isUp(one));
  return {
    up: all.length - waiting.length,
    waiting: waiting.map(({ name, sync, health }) => `${name} ${sync} ${health}`.trim()),
  };
}

/** Between two looks at the root, and two words about it. */
const lookEveryMs = 2_000;
const reportEveryMs = 30_000;

/**
 * Waits until Argo CD has brought everything up. In: how long; who hears of it meanwhile. Out: how it stands at the end, where that
 * is not all; undefined when everything is up. An API server that is away for a moment is asked again. Throws KubectlFailed where it
 * still is when time is up.
 */
export async function awaitRoot(
  kubectl: Kubectl,
  rootName: string,
  { patienceMinutes, report }: { patienceMinutes: number; report: (line: string) => void },
): Promise<Standing | undefined> {
  const began = performance.now();
  let told = began;
  for (;;) {
    const status = await rootStatus(kubectl, rootName).catch(unlessDown);
    if (status !== undefined && isUp(status)) return undefined;
    const now = performance.now();
    if (now - began > patienceMinutes * 60_000) return standing(kubectl);
    if (now - told > reportEveryMs) {
      told = now;
      const stands = await standing(kubectl).catch(unlessDown);
      if (stands !== undefined)
        report(`${stands.up} of ${stands.up + stands.waiting.length} Applications are up`);
    }
    await sleep(lookEveryMs);
  }
}

function unlessDown(error: unknown): undefined {
  if (!(error instanceof KubectlFailed)) throw error;
}
