/** Who calls whom, by which name and address, and who signs in. */
import type { CodeEntry } from "./entry.ts";

export const connections = {
  NAME_TAKEN: {
    title: "Two claims to one name",
    meaning:
      "Two things ask for the same name where it must be unique. The host of a route is one service's: of two, the one that asks for more of a request (a longer path, a method, a header) would take it from the other. So is what a wildcard stands for, and a name in a certificate, a gateway or a record under `objects` that another service has a route for. The name of a load balancer is no host of a route, its own service's neither: one record leads to one address. A Gateway cannot have the name of one of the cluster's.",
    remedy:
      'Take the free name the message proposes. Two services that are one to people share a host, each with paths of its own, where one of them says why: `host: because("photos", "say why here")`.',
  },
  CONSUMES_UNKNOWN_SERVICE: {
    title: "Unknown service consumed",
    meaning: "A service consumes one that does not exist.",
    remedy: "Mend the name, or create it with npm run new-service.",
  },
  CONSUMES_NOT_ENABLED: {
    title: "Consumed service does not run here",
    meaning:
      "A service consumes one that exists but does not run in this environment. What exists once on a cluster runs in the carrier alone.",
    remedy:
      "Enable it in the environment, or remove the edge in an overlay. What another environment carries cannot be enabled: remove the edge, or leave the consumer out.",
  },
  CONSUMES_STOPPED: {
    title: "Consumed service is stopped",
    meaning:
      "A service that runs consumes or needs one with `stopped: true` in the same environment, which has no pods to answer; or routes ask with `sso`, and the provider people sign in at is stopped. Where both are stopped nothing is told.",
    remedy:
      "Start it again, stop the one that uses it too, or take the edge out in an overlay. Of a sign-in provider, say in overlays who asks meanwhile.",
  },
  CONSUMES_NO_LOGIN: {
    title: "Service offers no login",
    meaning: "An edge asks for a login, and the provider offers none.",
    remedy:
      "Consume a port instead, or add a login offer to a provider that is a PostgreSQL cluster.",
  },
  FROM_WITHOUT_CONSUMES: {
    title: "Reads from a service it does not consume",
    meaning:
      "from() names a service the component does not consume: no network policy would let it through, and no credential would reach it.",
    remedy:
      'Add the entry of the message to consumes: a port, `consumes: { sonarr: "http" }`, or a login, `consumes: { postgres: { login: "sonarr" } }`.',
  },
  ADDRESS_UNDECLARED: {
    title: "The address of what is not consumed or reached",
    meaning:
      "A variable, a command or an argument holds the address of another service in the cluster as a text, or of something in the house; this also in values of a chart and its objects, inside a URL. Nothing follows from a text: no network policy lets the call through, so it fails when it is made. It is the same with a host in `reaches.lan` or of `signIn.at`, or a nameserver, whose address is one of the cluster's own: what is sent to a load balancer goes to the pods behind it before network policies act, and these know pods by their labels. A bare name (`http://valkey:6379`, as in Compose) leads nowhere at all, as every service has a namespace of its own.",
    remedy:
      "Add the service to consumes, and read its address with from(); a nameserver may stay as it is then. Give a sign-in provider a route, and write its audience at signIn.at. Of a host of the house write the address that `hosts` of the cluster file has, and say `reaches`.",
  },
  HOST_UNREACHED: {
    title: "The host of a route, and no way to the gateway",
    meaning:
      "A variable, a command or an argument holds a URL with the host of another service's route. The gateway answers there, and only clients outside the cluster may call it: network policies refuse what pods of the service call.",
    remedy:
      "Consume the gateway's proxies where pods have to call that very name (the issuer of a sign-in), or the service itself, by from(). What consumes either is not warned; what only browsers follow works as it is.",
  },
  EXPOSURE_THROUGH_TUNNEL: {
    title: "Load balancer whose clients come through a tunnel",
    meaning:
      "Nodes of the cluster have a tunnel between them (flannel as Talos brings it, VXLAN), and a load balancer does not keep the address of its clients. A call that reaches the cluster at another node than the pod's goes on through the tunnel with an address of it, which is one of the pod network: network policies let in clients and nodes, so they refuse it. It works while the pod is on the node that answers for the address, and no longer when it moves.",
    remedy:
      "Write `keepClientAddress: true`: then only nodes with such a pod answer, and the pod sees who calls. A route through the gateway needs nothing.",
  },
  NAME_UNANSWERED: {
    title: "A name of the cluster, asked of those who do not know it",
    meaning:
      "A component has name servers of its own, all in the pod or on the internet, and it reads the address of a service with from(), or waits for one with `needs`. An address is a name that the cluster's DNS alone knows, and pods with name servers of their own may not ask it: every call ends with a name that is not found, and a pod that waits never starts.",
    remedy:
      "Remove `network.nameservers`, and let the program itself ask others where it can. Where no name may be asked inside, as beside a VPN, give what is called an address by `exposes`, and write it for its whole name in `network.hosts`.",
  },
  FROM_UNKNOWN_KEY: {
    title: "Unknown offer",
    meaning: "from() names a key the provider does not offer.",
    remedy: "Use one of the keys the message lists.",
  },
  LAN_HOST_UNKNOWN: {
    title: "Unknown host of the home network",
    meaning: "`reaches.lan` or `lan()` names a host the cluster does not know.",
    remedy: "Add it to hosts in the cluster file.",
  },
  GATEWAY_MISSING: {
    title: "No gateway for the audience",
    meaning: "A route is for an audience the cluster has no gateway for.",
    remedy: "Add the gateway to the cluster file, or change the audience.",
  },
  SIGN_IN_MISSING: {
    title: "Public route that nobody guards",
    meaning: "A route for everybody does not say who asks for a password.",
    remedy:
      'Say `signIn: "own"` where the service asks, `"sso"` for the gateway, or `because("none", "say why here")`.',
  },
  SIGN_IN_IMPOSSIBLE: {
    title: "Sign-in the gateway cannot do",
    meaning:
      'A route says `signIn: "sso"`, but no browser comes by that kind of route, or none could come back from the provider.',
    remedy: "Let the service ask itself (`own`), or change what the message names.",
  },
  SIGN_IN_NO_PROVIDER: {
    title: "No provider to sign in at",
    meaning: 'A route says `signIn: "sso"` in an environment without `signIn`.',
    remedy:
      "Add signIn to the file of the environment, or say in an overlay who asks for a password there.",
  },
  SIGN_IN_PROVIDER_ELSEWHERE: {
    title: "Provider that answers somewhere else",
    meaning:
      "`signIn.at` is where gateways may call the provider, and the name of the issuer leads elsewhere.",
    remedy: "Say at which gateway the provider is, or take `at` out if it is on the internet.",
  },
  NEEDS_CYCLE: {
    title: "Services need each other in a circle",
    meaning: "Following `needs` comes back to where it began.",
    remedy:
      "Remove one of the edges the message shows; reach (consumes) may be circular, start order may not.",
  },
  NEEDS_LATER_LAYER: {
    title: "Needs what starts later",
    meaning:
      "A service needs one whose tier is in a later layer, or logs in at it: it would not be healthy, and the later layer waits for that.",
    remedy: "Move the service to a later layer, or drop the need or the login.",
  },
  ADDRESS_UNKNOWN: {
    title: "Unknown address",
    meaning:
      "A load balancer names an address the cluster does not have, or the cluster file gives a name or a gateway an address outside its addressPool. MetalLB gives out what is in its pools alone: the load balancer would have no address at all.",
    remedy:
      "Use an address of the pool or one of the names in the cluster file; where the pool was made smaller, take what is in use back into it.",
  },
  POOL_EXHAUSTED: {
    title: "No address left",
    meaning: "A load balancer needs an address and the pool of the cluster has none left.",
    remedy: "Make addressPool larger in the cluster file, or name an address.",
  },
  LOCK_DAMAGED: {
    title: "The lock file cannot be read",
    meaning: "The committed file that keeps allocated addresses is not what RZP wrote.",
    remedy:
      "Restore it from git (git checkout HEAD -- and the file), then render; without it addresses would move. After a merge take one side (git checkout --ours or --theirs), or remove the lines with <<<<<<<, ======= and >>>>>>> to keep both.",
  },
  FROM_WITHOUT_LOGIN: {
    title: "Reads a credential without a login",
    meaning:
      "from() names user, password or another part of a login, and the service is consumed by its port only.",
    remedy: "Consume it with a login, which makes the credential.",
  },
  ROUTE_HOST_UNKNOWN: {
    title: "The host of a route that is not there",
    meaning:
      "routeHost() names a route that the service does not have in this environment, or one without a host: of another kind than names, or for a wildcard alone.",
    remedy: "Use one of its routes, or give the route a host.",
  },
} as const satisfies Record<string, CodeEntry>;
