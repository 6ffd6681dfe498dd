import { overlay } from "#rzp";

export default overlay("external-dns", {
  chart: { values: { txtOwnerId: "rzp-dev" } },
});
