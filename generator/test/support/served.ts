/** API versions of all operators RZP writes objects for, as a cluster has them by other means than services here. */
export const servedByOperators = [
  "cert-manager.io/v1",
  "external-secrets.io/v1",
  "gateway.envoyproxy.io/v1alpha1",
  "gateway.networking.k8s.io/v1",
  "metallb.io/v1beta1",
  "monitoring.coreos.com/v1",
  "postgresql.cnpg.io/v1",
  "snapshot.storage.k8s.io/v1",
  "velero.io/v1",
];
