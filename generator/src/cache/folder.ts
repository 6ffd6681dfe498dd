/** Where RZP keeps what it can make again: outside the tree, shared by all clones of a machine. */
import { homedir } from "node:os";
import path from "node:path";

/** `RZP_CACHE`, else the user's cache folder (XDG Base Directory). */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return (
    environment["RZP_CACHE"] ??
    path.join(environment["XDG_CACHE_HOME"] ?? path.join(homedir(), ".cache"), "rzp")
  );
}

/**
 * Where Node keeps the generator's compiled code: half of a short run would go into reading TypeScript. It belongs
 * to the installed packages, as the compiled files of other tools do, and goes when they are installed anew.
 */
export const compiledFolder = path.resolve(import.meta.dirname, "../../../node_modules/.cache/rzp");
