/** One service: its components, what they store and what they read. */
import type { CodeEntry } from "./entry.ts";

export const components = {
  PORT_UNKNOWN: {
    title: "Unknown port",
    meaning: "A port is named that the component does not have.",
    remedy: "Use one of its ports, or add the port.",
  },
  PORT_AMBIGUOUS: {
    title: "Which port?",
    meaning: "A field needs a port and the component has several, none of them http.",
    remedy: "Name the port.",
  },
  VOLUME_UNKNOWN: {
    title: "Unknown volume",
    meaning: "A mount names a volume the service does not have.",
    remedy: "Use one of its volumes, or add it to storage.",
  },
  VOLUME_NOT_MOUNTED: {
    title: "Volume mounted nowhere",
    meaning: "A volume is declared and no component mounts it.",
    remedy: "Say where with at (one component) or mounts (several), or delete it.",
  },
  SHARE_UNKNOWN: {
    title: "Unknown share",
    meaning: "A volume names a share the cluster does not have.",
    remedy: "Use one of the shares of the cluster, or add it there.",
  },
  CLASS_UNKNOWN: {
    title: "Unknown storage class",
    meaning: "A volume names a purpose the cluster has no storage class for.",
    remedy: "Use one of the purposes of the cluster, or add it there.",
  },
  DEVICE_CLOSED: {
    title: "A device that cannot be opened",
    meaning:
      "`devices` mounts the path of a device. Opening it is another right, which Kubernetes gives to privileged containers and through device plugins; container runtimes give it by themselves for a few devices such as /dev/net/tun.",
    remedy:
      "Write `privileged: true` in place of `devices`, with the reason, or have a device plugin on the cluster; a graphics card is asked for with `gpu`. A device that the runtime of the nodes was told to open is named in openDevices of the cluster. Better than both is a device on the network, such as a Zigbee coordinator with an address of its own.",
  },
  SECRET_UNREAD: {
    title: "Word about a secret nobody reads",
    meaning:
      "`secrets` of a service says what a key is that neither it nor an overlay reads with secret(). It is an error where another key is read that this one nearly is: of that one nothing would be said.",
    remedy: "Mend the key, read it, or remove the entry.",
  },
  VARIABLE_UNKNOWN: {
    title: "Unknown variable inside a text",
    meaning:
      "`$(NAME)` stands in a variable, the command or the arguments of a container that has no variable of that name. Kubernetes would leave the text as it is.",
    remedy:
      "Mend the name or add the variable. Where the program itself should read `$(NAME)`, write `$$(NAME)`.",
  },
  VARIABLE_IN_BRACES: {
    title: "A variable in braces",
    meaning:
      "`${NAME}` stands in the value of a variable, and the container has a variable of that name. Kubernetes puts in what is written as `$(NAME)` alone, so the program would be given the text as it stands.",
    remedy:
      "Write `$(NAME)`. Where the program itself should read `${NAME}`, write `$${NAME}`, of which Kubernetes makes that.",
  },
  VARIABLE_WITHOUT_SHELL: {
    title: "A variable that only a shell would read",
    meaning:
      "A word of `health.exec` has `$NAME` or `${NAME}` in it, of a variable that the container has. The command is run as it is, without a shell, so it gets the text as it stands: the container is never healthy, and started again and again.",
    remedy:
      'Have a shell run it: `exec: ["sh", "-c", "pg_isready -U $DB_USER"]`. In an image without one write what does not change in full.',
  },
  FILE_MISSING: {
    title: "File not found",
    meaning: "file() names a file that is not under config/ of the service.",
    remedy: "Create the file, or mend the path.",
  },
  FILE_UNFIT: {
    title: "A file that no ConfigMap holds",
    meaning:
      "Files of a container are in a ConfigMap, which holds text in UTF-8, one MiB of it. A file is something else, or they are more.",
    remedy: "Put the file into the image, or into a volume that something fills.",
  },
  HEALTH_MISSING: {
    title: "No health check",
    meaning: "A component that keeps running has no health.",
    remedy: 'Say how it is asked, or health: because(false, "say why here").',
  },
  IMAGE_FLOATING: {
    title: "Image that changes by itself",
    meaning:
      "An image has no tag, or one that its maker moves, so a restart may run something else than before.",
    remedy: "Write the version that runs today; Renovate proposes new ones.",
  },
  CLAIM_ONE_WRITER: {
    title: "Several pods for a volume with one writer",
    meaning:
      "A volume that one node may write to is needed by two pods at once, so the second one never starts.",
    remedy:
      "Keep one pod and `recreate`, or use a class that several nodes can write to (storageMany of the cluster).",
  },
  CLASS_ONE_WRITER: {
    title: "Many writers on a class with one",
    meaning:
      'A volume says `access: "many"`, and its storage class makes volumes that one node writes to (ReadWriteOnce), as most do. Kubernetes accepts the claim and it stays Pending. It is a warning where the cluster does not say what its classes can.',
    remedy:
      "Use a class that can, a share, or one writer. Which classes can is storageMany of the cluster's file: their purposes, or an empty list.",
  },
  COMPONENT_UNKNOWN: {
    title: "Unknown component",
    meaning: "A component of the same service is named that it does not have.",
    remedy: "Use one of its components.",
  },
  REFERENCE_OUT_OF_PLACE: {
    title: "A reference that means nothing here",
    meaning:
      "An object or a value of a chart holds pod(), file() or a file that RZP writes, which containers of a component alone can read, or a value of a chart holds gatewayListeners(). It would stay in the tree as it is written.",
    remedy: "Write the value itself, or secret(), from(), cluster(), lan() or routeHost().",
  },
  CLUSTER_FACT_MISSING: {
    title: "The cluster does not say this",
    meaning:
      "A variable, an object or a value of a chart reads a fact of the cluster that its file does not have.",
    remedy: "Add it to the cluster file, or do not read it.",
  },
} as const satisfies Record<string, CodeEntry>;
