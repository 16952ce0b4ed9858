import t from "locale:task";
import { useEffect, useMemo } from "preact/hooks";
import { answer, api, ifMatch } from "../../api/client";
import { Refusal } from "../../api/problem";
import { useWorkspace, type WorkspaceHere } from "../../live/workspace";
import { type Attachment, AttachmentList } from "../../parts/attachments/attachment-list";
import { AttachButton, DropZone } from "../../parts/attachments/drop-zone";
import { UploadList } from "../../parts/attachments/upload-list";
import { Uploads } from "../../parts/attachments/uploads";
import { type Action, useAction } from "../../parts/ui/action";
import { Section } from "../../parts/ui/facts";
import { RequestError } from "../../parts/ui/error-notice";
import type { WholeTask } from "./points";

interface Props {
  task: WholeTask;
  canEdit: boolean;
  saved: (task: WholeTask) => void;
}

/** The task's files, which can be dropped, pasted or chosen. */
export function Files({ task, canEdit, saved }: Props) {
  const action = useAction();
  const [uploads, remove] = useFiles(task.key, saved, action);
  if (!canEdit && task.attachments.length === 0) return null;
  return (
    <Section id="files" title={t.files} aside={canEdit && <AttachButton uploads={uploads} />}>
      <DropZone uploads={uploads} class="task-files">
        {task.attachments.length === 0 && <p class="quiet">{t.noFiles}</p>}
        <AttachmentList attachments={task.attachments} {...(canEdit ? { remove } : {})} />
        <UploadList uploads={uploads} />
        <RequestError of={action} />
      </DropZone>
    </Section>
  );
}

/** Changes the list of files one change at a time, from the server's current list. */
function useFiles(key: string, saved: Props["saved"], action: Action) {
  const here = useWorkspace();
  const [uploads, change] = useMemo(() => {
    let tail: Promise<unknown> = Promise.resolve();
    const changeNext = (how: (ids: string[]) => string[]) =>
      action.run(async () => {
        const changed = tail.catch(() => undefined).then(() => changeFiles(here, key, how));
        tail = changed;
        saved(await changed);
      });
    const made = new Uploads(here.slug, ({ id }) => changeNext((ids) => [...ids, id]));
    return [made, changeNext] as const;
  }, [here, key, saved, action]);
  useEffect(() => () => uploads.close(), [uploads]);
  const remove = ({ id }: Attachment) => change((ids) => ids.filter((other) => other !== id));
  return [uploads, remove] as const;
}

const ONE = "/api/workspaces/{workspace}/tasks/{key}";
const CHANGED = 412;

async function changeFiles(
  here: WorkspaceHere,
  key: string,
  how: (ids: string[]) => string[],
): Promise<WholeTask> {
  const params = here.pathParams({ key });
  for (;;) {
    const { rev, attachments } = await answer(api.GET(ONE, { params }));
    const body = { attachments: how(attachments.map(({ id }) => id)) };
    try {
      return await answer(api.PATCH(ONE, { params: { ...params, header: ifMatch(rev) }, body }));
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.status !== CHANGED) throw fault;
    }
  }
}
