import { Page } from "../parts/page";

/** All work. */
export default function Board() {
  return <Page title="Board">{null}</Page>;
}
