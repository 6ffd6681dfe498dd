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
