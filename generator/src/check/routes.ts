/** Kinds of route through a gateway. */

export const routeGroup = "gateway.networking.k8s.io";

/** Protocols of listeners by kind of route. */
export const routeProtocols: Readonly<Record<string, readonly string[]>> = {
  HTTPRoute: ["HTTP", "HTTPS"],
  GRPCRoute: ["HTTP", "HTTPS"],
  TLSRoute: ["TLS"],
  TCPRoute: ["TCP"],
  UDPRoute: ["UDP"],
};

export const routeKinds: readonly string[] = Object.keys(routeProtocols);
