/** `provisioning`: machines, public names, Talos, credentials and the state of all of them. */
import type { CodeEntry } from "./entry.ts";

export const provisioning = {
  MACHINE_FACTS: {
    title: "Machines that contradict one another",
    meaning:
      "What a cluster says of its machines does not fit: a node is one and nothing says where it is made, nothing is made, or the image has no version.",
    remedy: "Mend the fact the message names, or leave it out.",
  },
  MACHINE_HOST_UNKNOWN: {
    title: "Machine on an unknown host",
    meaning: "A node's machine is on a host that machines.hosts does not have.",
    remedy: "Use one of the hosts, or add it.",
  },
  MACHINE_TAKEN: {
    title: "Number of a machine taken twice",
    meaning:
      "Two machines, or a machine and a template, have the same number in Proxmox VE, or the same hardware address that follows from it.",
    remedy: "Give one of them another id. That of a machine that exists must stay.",
  },
  MACHINE_SIZE: {
    title: "Machine too small",
    meaning:
      "Memory or a disk is less than the system of a node needs, or a disk is to be smaller than it is.",
    remedy: "Write at least what the message says.",
  },
  MACHINE_ROOM: {
    title: "No room for the machines",
    meaning:
      "The machines of a host have more cores, memory or disk than it has, also with another host gone where they are to start again elsewhere.",
    remedy: "Make machines smaller or move them, or mend what machines.hosts says.",
  },
  CONTROL_PLANE: {
    title: "Control plane that does not hold",
    meaning:
      "The nodes of the control plane are an even number, share a host, have no shared address, or one of theirs is not among apiServer.addresses.",
    remedy: "Change what the message names: one or three, each on a host of its own.",
  },
  TALOS_FACTS: {
    title: "Facts of Talos that do not fit",
    meaning:
      "What a cluster says of Talos does not fit the rest: a version this repository's talosctl does not speak or that does not run this Kubernetes, an image of another version or schematic, a label the kubelet may not set.",
    remedy: "Mend the fact the message names.",
  },
  TALOS_FAILED: {
    title: "Talos refuses",
    meaning:
      "A node that runs Talos, or talosctl itself, does not do what is asked. The message is its own.",
    remedy: "Mend what it says, and run the command again: what is done is kept.",
  },
  TALOS_NODE_AWAY: {
    title: "A node does not answer",
    meaning:
      "Nothing that speaks as Talos does answers at the address of a node, or it did not come back after a start.",
    remedy: "Look at its screen in Proxmox VE, mend it, and run the command again.",
  },
  TALOS_SECRETS: {
    title: "Machine secrets that do not fit",
    meaning:
      "Nodes have a configuration that was made with other machine secrets than those that are here, or there are none here.",
    remedy:
      "Bring the secrets of the cluster back from a backup; new ones would be for another cluster.",
  },
  TALOS_NOT_WHOLE: {
    title: "The cluster is not whole",
    meaning:
      "Time is up, and a member of etcd, a kubelet, the API server or a node is not as it should be.",
    remedy: "Look at what the message names, and run the command again: it goes on where it is.",
  },
  UPGRADE_REFUSED: {
    title: "An upgrade that would harm",
    meaning:
      "The next node cannot be taken away now, its pods may not go elsewhere, there is no way from its version, or the new one did not come up.",
    remedy:
      "Mend what the message names, and run the upgrade again: it goes on with the node it stopped at.",
  },
  ADDRESS_TAKEN: {
    title: "Address with two owners",
    meaning:
      "Two of nodes, API server and gateway have the same address, or one of them is in a range that load balancers or DHCP give to others.",
    remedy: "Give one of them another address, or leave it out of the range.",
  },
  ADDRESS_OUTSIDE: {
    title: "Address outside the network of nodes",
    meaning: "A node, the API server's shared address or the gateway is not in networks.nodes.",
    remedy: "Mend the address or the network.",
  },
  NETWORKS_OVERLAP: {
    title: "Networks that overlap",
    meaning:
      "Two of the networks of pods, Services and nodes, the pool of load balancers and DHCP have addresses in common.",
    remedy: "Make them disjoint.",
  },
  NAMES_FACTS: {
    title: "Public names that do not hold",
    meaning:
      "What the cluster says of its public names does not fit together, or Cloudflare could not serve a public route that way.",
    remedy: "Do what the message says in publicNames, or with the route.",
  },
  NAMES_ADDRESS_PRIVATE: {
    title: "Private address as the way in",
    meaning: "The address public names lead to is one that nobody reaches from outside.",
    remedy: "Write the public address of the router, or leave it out for a tunnel.",
  },
  NAMES_HOST_OUTSIDE: {
    title: "Public host outside the zone",
    meaning: "A public route has a host that is not in the zone of its cluster's publicNames.",
    remedy: "Take a host in the zone, or make the route internal.",
  },
  NAMES_TAKEN: {
    title: "Public name with two owners",
    meaning:
      "Two clusters, or two services that write records, claim one name of a zone, or a route claims the name of the gateway.",
    remedy: "Give one of them another name, or let one of them write.",
  },
  NAMES_TUNNEL: {
    title: "Tunnel with one end",
    meaning:
      "The way in is a tunnel and cloudflared does not run on the cluster, or cloudflared runs and the way in is an address.",
    remedy: "Run cloudflared in the carrier, or change publicNames.",
  },
  NAMES_CERTIFICATE: {
    title: "Public host without a certificate",
    meaning:
      "Cloudflare answers for a public host, and its certificates hold for the zone and one label below it only.",
    remedy:
      "Take a host one label below the zone, or order a certificate for it and write it in publicNames.certificates.",
  },
  CREDENTIAL_MISSING: {
    title: "Credential missing",
    meaning:
      "A token or a passphrase that `infra` needs is neither exported nor where the cluster keeps credentials, or has not the form of one.",
    remedy:
      "Export the variable the message names, or keep it: npm run infra -- credential <cluster> set <name>.",
  },
  CREDENTIALS_ELSEWHERE: {
    title: "Credentials in a store the carrier does not have",
    meaning:
      "The cluster keeps credentials of `infra` in Infisical, and the carrier has another backend for secrets.",
    remedy: 'Write credentials: "file", or give the carrier the backend `infisical`.',
  },
  CREDENTIALS_UNREADABLE: {
    title: "Credentials cannot be read",
    meaning:
      "The file or the folder of Infisical in which `infra` looks for what is not exported cannot be read: another passphrase, an identity without the right, or nothing answers.",
    remedy: "Mend what the message says, or export the variables.",
  },
  PROXMOX_UNREACHABLE: {
    title: "Proxmox VE does not answer",
    meaning:
      "Nothing answers at machines.endpoint, or its certificate is not one this machine trusts.",
    remedy:
      "Mend the address or the network. For a certificate of its own: trust its authority (NODE_EXTRA_CA_CERTS), or say why not with unverified.",
  },
  PROXMOX_REFUSED: {
    title: "Proxmox VE refuses the token",
    meaning: "The token is unknown, has expired or lacks privileges.",
    remedy:
      "Give the commands of the message on a host; all of them: npm run infra -- token <cluster>.",
  },
  PROXMOX_HOST: {
    title: "A host cannot be used",
    meaning:
      "Proxmox VE does not know a host of the cluster, it is not online, or its version is too old.",
    remedy: "Mend its name in machines.hosts, start or upgrade it.",
  },
  PROXMOX_STORAGE: {
    title: "A storage cannot be used",
    meaning: "A storage is not on a host, not active, takes no such content, or is too full.",
    remedy: "Do what the message says on the host, or name another storage.",
  },
  CLOUDFLARE_UNREACHABLE: {
    title: "Cloudflare does not answer",
    meaning: "The API of Cloudflare cannot be asked, is down, or lets nobody ask that often.",
    remedy: "Mend the network to it, or wait and run the command again.",
  },
  CLOUDFLARE_REFUSED: {
    title: "Cloudflare refuses the token",
    meaning: "The token is unknown, not active, or lacks a right on the zone or the account.",
    remedy: "Make one as `npm run infra -- token <cluster>` says.",
  },
  CLOUDFLARE_ZONE: {
    title: "Not the zone that was said",
    meaning:
      "The zone of the id has another name or account, or is not active: its domain does not lead to Cloudflare.",
    remedy: "Write what the message says, or set the name servers at the registrar.",
  },
  CLOUDFLARE_TAKEN: {
    title: "A name in the zone is taken",
    meaning:
      "A record or tunnel of a wanted name is there, and `infra` has not made it. It is neither taken over nor removed.",
    remedy: "Remove it in Cloudflare if nobody needs it, restore the state, or take another name.",
  },
  CHANGE_GUARDED: {
    title: "A change that would lose something",
    meaning:
      "`infra` would remove or replace a machine with data, a member of the control plane, a public name or the tunnel, and was not told to by its name.",
    remedy: "Undo the edit that causes it, or allow it: --allow <name>.",
  },
  CHANGE_FAILED: {
    title: "A change failed",
    meaning:
      "Proxmox VE, or the provider that asks it, could not make, change or remove something.",
    remedy: "Do what the message says and run the command again: what is done already is kept.",
  },
  STATE_LOCKED: {
    title: "The state is in use",
    meaning: "Another `infra` works on the cluster, or one was killed and has left its lock.",
    remedy: "Wait for the other. When none runs: npm run infra -- unlock <cluster>.",
  },
  STATE_UNREADABLE: {
    title: "The state cannot be read",
    meaning: "The passphrase is not the one the state was written with, or the state is damaged.",
    remedy: "Export the right PULUMI_CONFIG_PASSPHRASE, or restore the state from a backup.",
  },
  KUBECONFIG_FOREIGN: {
    title: "Kubeconfig of another cluster",
    meaning:
      "The kubeconfig leads to an API server that is not among apiServer.addresses of the cluster, or to another port. Nothing is asked of it.",
    remedy: "Export KUBECONFIG with the one of this cluster, or mend the addresses or the port.",
  },
  CLUSTER_UNREACHABLE: {
    title: "The cluster does not answer",
    meaning:
      "The API server of the cluster is not ready, does not take the credentials of the kubeconfig, or refuses to tell what is asked.",
    remedy:
      "Start it, mend the network to it, or get a new kubeconfig, of an account that may read what is asked.",
  },
  BOOTSTRAP_INCOMPLETE: {
    title: "Argo CD cannot begin",
    meaning:
      "Something a cluster's first Argo CD needs is not rendered, cannot be fetched or was refused, or it did not bring everything up in time.",
    remedy: "Do what the message says and run the command again: what is there is kept.",
  },
  STATE_EXISTS: {
    title: "There is a state already",
    meaning:
      "A state that knows machines would be replaced by that of a backup, and they would be nobody's.",
    remedy: "Restore into an empty state; move the other one away first, if you mean it.",
  },
  BACKUP_UNREADABLE: {
    title: "No backup that can be read",
    meaning:
      "The file is not there, is none of `infra`, is of another cluster, or was encrypted with another passphrase.",
    remedy: "Name the right file with --from, and export the passphrase it was made with.",
  },
} as const satisfies Record<string, CodeEntry>;
