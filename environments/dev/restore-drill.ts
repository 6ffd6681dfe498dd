import { overlay, schedule } from "#rzp";

// Staging is on this cluster: what it finds wrong comes before prod does.
export default overlay("restore-drill", {
  components: { main: { runs: schedule("0 3 * * 0", { endsWithin: "23h", retries: 2 }) } },
});
