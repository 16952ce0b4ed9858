import { Page } from "../../parts/page";

/** Every decision: what waits for whom, what is open, what was decided. */
export default function Decisions() {
  return <Page title="Decisions">{null}</Page>;
}
