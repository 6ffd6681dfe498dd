import { customObject, overlay, secret } from "#rzp";

// A second copy in another house: a bucket that only this key may write to, with versions kept.
const reaches = { internet: ["https"] } as const;

export default overlay("velero", {
  secrets: {
    offsite: {
      about:
        "Key of the bucket in the other house, as `cloud` is: may write and delete, but no versions; the bucket keeps versions",
    },
  },
  components: { server: { reaches }, "node-agent": { reaches }, data: { reaches } },
  objects: {
    offsite: customObject({
      apiVersion: "velero.io/v1",
      kind: "BackupStorageLocation",
      spec: {
        provider: "aws",
        objectStorage: { bucket: "velero-offsite", prefix: "prod" },
        // Key `offsite`: a file as the AWS command line reads it.
        credential: secret("offsite"),
        config: { region: "eu-central-1", s3Url: "https://s3.offsite.example.com" },
      },
    }),
  },
});
