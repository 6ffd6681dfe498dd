import { overlay } from "#rzp";

export default overlay("sonarr", {
  size: "tiny",
  storage: { config: { size: "1Gi" } },
  env: { SONARR__LOG__LEVEL: "debug" },
  remove: ["storage.media"],
});
