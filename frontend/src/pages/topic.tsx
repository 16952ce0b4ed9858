import { useWorkspace } from "../live/workspace";
import { Page } from "../parts/page";
import { NotFound } from "./not-found";

/** One conversation. */
export default function Topic({ values }: { values: Record<string, string> }) {
  const topic = useWorkspace().live.one("topics", values["id"] ?? "").value;
  return topic ? <Page title={topic.title}>{null}</Page> : <NotFound />;
}
