/** The link through which plain Helm and ct find the library in a service's chart. */
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { serviceFolder } from "../model/paths.ts";
import type { Problem } from "../problems/problem.ts";
import { fileProblem } from "./file-problem.ts";
import { untouched } from "./targets.ts";

const target = "../../../rzp-lib";

/** Path of the link in the chart of a service. */
export const libraryLink = (service: string) => `${serviceFolder(service)}/charts/rzp-lib`;

/** Services whose chart does not lead to the library. */
export function withoutLibrary(root: string, services: readonly string[]): string[] {
  return services.filter((service) => !isThere(path.join(root, libraryLink(service))));
}

/** Not below what is no folder. */
function isThere(link: string): boolean {
  const folder = lstatSync(path.dirname(link), { throwIfNoEntry: false });
  return folder?.isDirectory() === true && lstatSync(link, { throwIfNoEntry: false }) !== undefined;
}

/** Whether something else than the link lies in a service's folder: a render leaves the link of one that is gone. */
export function holdsMoreThanLibrary(root: string, service: string): boolean {
  const link = path.join(root, libraryLink(service));
  const isLink = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return holdsFile(path.join(root, serviceFolder(service)), isLink ? link : undefined);
}

/** Links are not followed. */
function holdsFile(folder: string, except: string | undefined): boolean {
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const full = path.join(folder, entry.name);
    return entry.isDirectory() ? holdsFile(full, except) : full !== except;
  });
}

export interface Linked {
  readonly problems: readonly Problem[];
  /** Takes away what was made. */
  readonly undo: () => void;
}

/** Makes the links of services, all or none. What stands in the place of one makes it fail: nothing is replaced. */
export function linkLibrary(root: string, services: readonly string[]): Linked {
  const made: string[] = [];
  const undo = () => {
    for (const one of made) rmSync(one, { recursive: true, force: true });
  };
  for (const service of services) {
    const link = path.join(root, libraryLink(service));
    try {
      const folder = mkdirSync(path.dirname(link), { recursive: true });
      if (folder !== undefined) made.push(folder);
      symlinkSync(target, link, "dir");
      made.push(link);
    } catch (error) {
      undo();
      return { problems: [fileProblem(error, libraryLink(service), untouched)], undo };
    }
  }
  return { problems: [], undo };
}
