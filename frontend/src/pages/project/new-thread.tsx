import t from "locale:project";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { navigate } from "../../router/router";
import type { Project, Topic } from "../../live/documents";
import { useWorkspace } from "../../live/workspace";
import { Composer } from "../../parts/conversation/composer";
import { Dialog } from "../../parts/ui/dialog";
import { useDraft } from "../../parts/form/draft";

/** The dialog for a new thread with its first message. What is typed is kept until it is sent. */
export function NewThread({ project, close }: { project: Project; close: () => void }) {
  const here = useWorkspace();
  const id = useId();
  const field = `thread:${project.id}`;
  const title = useDraft(`${field}:title`);
  const draft = useDraft(field);
  const input = useRef<HTMLInputElement>(null);
  const complains = useSignal(false);
  const ready = () => {
    const isReady = title.text.peek().trim() !== "";
    complains.value = !isReady;
    if (!isReady) input.current?.focus();
    return isReady;
  };
  const sent = (answered: Promise<unknown>) => {
    title.clear();
    close();
    void answered.then((topic) => navigate(here.pageUrl(`/topics/${(topic as Topic).id}`)));
  };
  return (
    <Dialog title={t.newThread} close={close} wide>
      <div class="new-thread">
        <div class="field">
          <label for={id}>{common.title}</label>
          <input
            ref={input}
            id={id}
            autocomplete="off"
            maxLength={200}
            aria-invalid={complains.value}
            aria-describedby={complains.value ? `${id}-error` : undefined}
            value={title.text.value}
            onInput={({ currentTarget }) => {
              title.text.value = currentTarget.value;
              complains.value = false;
            }}
          />
          {complains.value && (
            <p class="refused" id={`${id}-error`}>
              {common.required}
            </p>
          )}
        </div>
        <Composer
          draft={draft}
          field={field}
          label={t.firstMessage}
          placeholder={t.firstMessageHint}
          action={t.createThread}
          place={{ project: project.key }}
          path={`/api/workspaces/${here.slug}/projects/${project.key}/topics`}
          where={field}
          extra={() => ({ title: title.text.peek().trim() })}
          ready={ready}
          sent={sent}
        />
      </div>
    </Dialog>
  );
}
