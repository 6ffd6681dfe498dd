import { because, overlay } from "#rzp";

export default overlay("postgres-vector", {
  storage: {
    data: {
      backup: {
        method: because("files", "a copy that may be torn is enough to try restoring here"),
      },
    },
  },
});
