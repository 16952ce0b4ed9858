import { useBoard } from "../live/workspace";
import { Page } from "../parts/page";
import { NotFound } from "./not-found";

/** One task. */
export default function Task({ values }: { values: Record<string, string> }) {
  const task = [...useBoard().tasks.values()].find(({ key }) => key === values["key"]);
  return task ? <Page title={task.title} lead={task.key}>{null}</Page> : <NotFound />;
}
