import { customObject, overlay } from "#rzp";

export default overlay("velero", {
  objects: {
    default: customObject({
      apiVersion: "velero.io/v1",
      kind: "BackupStorageLocation",
      spec: { objectStorage: { prefix: "dev" } },
    }),
  },
});
