/** What can be done with one of my notices. The feed brings the result to every tab. */

import { answer, api } from "../../api/client";
import { allPages, pageOf } from "../../api/pages";
import type { components } from "../../api/schema";
import type { WorkspaceHere } from "../../live/workspace";

type Schemas = components["schemas"];

export type NoticeOut = Schemas["NoticeOut"];
/** Until when a notice is snoozed: my next start, or a time on my clock. */
export type Snooze = { next_start: true } | { until_local: string };

const LIST = "/api/workspaces/{workspace}/notices";
const READ = "/api/workspaces/{workspace}/notices/{notice_id}/read";
const DONE = "/api/workspaces/{workspace}/notices/{notice_id}/done";
const SNOOZE = "/api/workspaces/{workspace}/notices/{notice_id}/snooze";
/** As many as the server gives in one page. */
const A_PAGE = 100;
/** As many as the snapshot holds. */
const MOST = 500;

type Wanted = Pick<Schemas["NoticeCard"], "kind">["kind"][];

export function listNotices(here: WorkspaceHere, state: Schemas["NoticeState"], kind: Wanted = []) {
  return allPages((cursor) => {
    const query = { state, kind, limit: A_PAGE, ...(cursor && { cursor }) };
    return pageOf(api.GET(LIST, { params: { ...here.pathParams(), query } }));
  }, MOST);
}

const one = (here: WorkspaceHere, notice_id: string) => ({ params: here.pathParams({ notice_id }) });

export const readNotice = (here: WorkspaceHere, id: string) => answer(api.PUT(READ, one(here, id)));
export const unreadNotice = (here: WorkspaceHere, id: string) =>
  answer(api.DELETE(READ, one(here, id)));
export const finishNotice = (here: WorkspaceHere, id: string) =>
  answer(api.PUT(DONE, one(here, id)));
export const reopenNotice = (here: WorkspaceHere, id: string) =>
  answer(api.DELETE(DONE, one(here, id)));
export const wakeNotice = (here: WorkspaceHere, id: string) =>
  answer(api.DELETE(SNOOZE, one(here, id)));

export const snoozeNotice = (here: WorkspaceHere, id: string, until: Snooze) =>
  answer(api.PUT(SNOOZE, { ...one(here, id), body: { next_start: false, ...until } }));

/** Mark what events up to `seq` told me as read. */
export async function readAll(here: WorkspaceHere, seq: number): Promise<void> {
  const path = "/api/workspaces/{workspace}/notices/read";
  await answer(api.PUT(path, { params: here.pathParams(), body: { seq } }));
}
