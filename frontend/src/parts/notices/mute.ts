/** Muting projects and topics: I'm told of them only what needs me. */

import common from "locale:common";
import { useComputed } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { NoticeSettings } from "../../live/documents";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { toast } from "../ui/toast";

export interface Muted {
  list: "muted_projects" | "muted_topics";
  id: string;
  /** For the toast. */
  name: string;
}

interface Mute {
  isMuted: boolean;
  /** Mute it, or end that. Throws a Refusal. */
  toggle: () => Promise<void>;
}

/** Whether I have muted a project or a topic. */
export function useMute({ list, id, name }: Muted): Mute {
  const here = useWorkspace();
  const isMuted = useComputed(
    () => here.live.board.value?.notice_settings[list].includes(id) ?? false,
  ).value;
  const toggle = async () => {
    await setMuted(here, { list, id }, !isMuted);
    toast(isMuted ? common.unmutedName({ name }) : common.mutedName({ name }));
  };
  return { isMuted, toggle };
}

async function setMuted(
  here: WorkspaceHere,
  { list, id }: Omit<Muted, "name">,
  isMuted: boolean,
): Promise<void> {
  const settings = here.live.board.peek()?.notice_settings;
  if (!settings) return;
  const others = settings[list].filter((other) => other !== id);
  const body = { ...chosen(settings), [list]: isMuted ? [...others, id] : others };
  const path = "/api/workspaces/{workspace}/notices/settings";
  await answer(api.PUT(path, { params: here.pathParams(), body }));
}

const chosen = ({ channels, muted_projects, muted_topics }: NoticeSettings) => ({
  channels,
  muted_projects,
  muted_topics,
});
