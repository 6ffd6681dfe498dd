/** What people ask a command for, and the local cluster. */
import type { CodeEntry } from "./entry.ts";

export const commands = {
  CLUSTER_NOT_STARTED: {
    title: "The local cluster did not start",
    meaning:
      "A program of the local cluster ended or did not answer. The message has the end of its log: a full disk and a port that was taken in between are told there.",
    remedy: "Mend what the log says, and start it again: what is left of it is cleared away.",
  },
  CLUSTER_ALREADY_UP: {
    title: "The local cluster is up",
    meaning: "There is one local cluster a clone, and it is running.",
    remedy: "Use it, or end it with `npm run cluster -- down`.",
  },
  CLUSTER_NOT_UP: {
    title: "The local cluster is not up",
    meaning: "What was asked needs a local cluster that is running.",
    remedy: "Start it with `npm run cluster -- up`.",
  },
  CLUSTER_FOREIGN: {
    title: "Not the local cluster",
    meaning:
      "A kubeconfig or a folder that should be the local cluster's leads elsewhere. RZP touches no cluster that it did not start.",
    remedy: "Put the file back, or remove what is there by hand, as the message says.",
  },
  SECRETS_LIST_UNREADABLE: {
    title: "List of secrets cannot be read",
    meaning:
      "What --have names, which says what is in the store, is not there, is empty or has a line that cannot be read. Taken for an empty store, everything would be made anew.",
    remedy:
      "Give a list with a path a line, or a dotenv file with `# <folder>` above its names; `/dev/null` where the store is empty.",
  },
  SECRETS_NO_TOOL: {
    title: "Backend without such a tool",
    meaning: "A script was asked for that fills another backend than the environment has.",
    remedy: "Choose another --format, or another --environment.",
  },
  SERVICE_EXISTS: {
    title: "The service is there already",
    meaning:
      "new-service was asked for a name charts/services has, and not for an environment in which it does not run yet.",
    remedy: "Name that environment with --environment, edit its values.ts, or take another name.",
  },
  SERVICE_UNKNOWN: {
    title: "Unknown service",
    meaning: "A command names a service that is neither in charts/services nor in the catalogue.",
    remedy: "Mend the name; a service nobody knows needs --image and --port.",
  },
  SERVICE_NOT_ENABLED: {
    title: "Service that runs nowhere",
    meaning: "A service is in `services` of no environment, so nothing is rendered for it.",
    remedy: "Add it to services in an environment.ts, or take it out: `npm run remove <service>`.",
  },
  SERVICE_CONSUMED: {
    title: "Others still consume it",
    meaning: "remove was asked for a service that others consume or need.",
    remedy: "Remove the edges the message names first.",
  },
  COMMAND_USAGE: {
    title: "A command was called in a wrong way",
    meaning: "A command got a name, an option or a value that it does not take, or lacks one.",
    remedy: "Follow the message, or ask the command with --help.",
  },
  CONCERN_UNKNOWN: {
    title: "Unknown concern",
    meaning: "`explain` was asked for a concern it says nothing of.",
    remedy: "Use one of the concerns, or leave --concern out.",
  },
} as const satisfies Record<string, CodeEntry>;
