/** Muting projects and topics: I'm told of them only what needs me. */

import common from "locale:common";
import { useComputed } from "@preact/signals";
import { answer, api } from "../../api/client";
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

const SETTINGS = "/api/workspaces/{workspace}/notices/settings";

/** Settings are stored as a whole, so each change follows the one before. */
let last: Promise<unknown> = Promise.resolve();

function setMuted(here: WorkspaceHere, muted: Pick<Muted, "list" | "id">, isMuted: boolean): Promise<void> {
  const change = last.then(() => store(here, muted, isMuted));
  last = change.catch(() => undefined);
  return change;
}

async function store(
  here: WorkspaceHere,
  { list, id }: Pick<Muted, "list" | "id">,
  isMuted: boolean,
): Promise<void> {
  const params = here.pathParams();
  const settings = await answer(api.GET(SETTINGS, { params }));
  const { channels, muted_projects, muted_topics } = settings;
  const others = settings[list].filter((other) => other !== id);
  const body = { channels, muted_projects, muted_topics, [list]: isMuted ? [...others, id] : others };
  await answer(api.PUT(SETTINGS, { params, body }));
}
