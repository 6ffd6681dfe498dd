import { because, overlay } from "#rzp";

export default overlay("recyclarr", {
  storage: {
    config: {
      backup: because(
        false,
        "only a job mounts it, no class here can make snapshots, and a run makes it again",
      ),
    },
  },
});
