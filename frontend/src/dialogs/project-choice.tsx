import t from "locale:dialogs";
import { type Signal, useSignal } from "@preact/signals";
import { Folder } from "lucide";
import type { Project } from "../live/documents";
import { useBoard, useWorkspace } from "../live/workspace";
import { Dialog } from "../parts/ui/dialog";
import { Empty } from "../parts/ui/empty";

interface ProjectChoice {
  /** The projects that are not archived. */
  open: readonly Project[];
  /** The key of the chosen one: where the dialog was opened, else the last choice, else the first. */
  chosen: Signal<string>;
  /** Start with this choice next time. */
  remember: () => void;
}

export function useProjectChoice(start: string | undefined): ProjectChoice {
  const here = useWorkspace();
  const open = [...useBoard().projects.values()].filter(({ archived_at }) => !archived_at);
  const storageKey = here.storageKey("project");
  const keyOf = (key: string | null | undefined) => open.find((each) => each.key === key)?.key;
  const last = localStorage.getItem(storageKey);
  const chosen = useSignal(keyOf(start) ?? keyOf(last) ?? open[0]?.key ?? "");
  return { open, chosen, remember: () => localStorage.setItem(storageKey, chosen.peek()) };
}

interface NoProjectProps {
  title: string;
  close: () => void;
}

/** The dialog where there is no project to choose. */
export function NoProjectDialog({ title, close }: NoProjectProps) {
  const here = useWorkspace();
  return (
    <Dialog title={title} close={close}>
      <Empty icon={Folder} title={t.createProjectFirst}>
        <a href={here.pageUrl("/projects")} onClick={close}>
          {t.newProject}
        </a>
      </Empty>
    </Dialog>
  );
}
