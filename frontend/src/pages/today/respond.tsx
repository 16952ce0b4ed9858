import t from "locale:today";
import { answer, api } from "../../api/client";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { useDraft } from "../../parts/form/draft";
import { reportAnswers } from "../../parts/conversation/reopen";
import { Editor } from "../../parts/form/editor";
import { RequestError } from "../../parts/ui/error-notice";
import { KeyHint } from "../../parts/ui/key-hint";
import { useLoaded } from "../../parts/data/loaded";
import { Rendered } from "../../parts/data/rendered";
import { Skeleton } from "../../parts/ui/skeleton";
import type { AskLine } from "./ask-status";

interface Props {
  line: AskLine;
  onAnswered: () => Promise<void>;
}

/** The whole message, and the answer to it. What is typed is the draft of its conversation. */
export function Respond({ line, onAnswered }: Props) {
  const here = useWorkspace();
  const { topic, timer, author } = line;
  const draft = useDraft(`comment:${topic.id}`);
  const asked = useLoaded(
    () =>
      answer(
        api.GET("/api/workspaces/{workspace}/messages/{message_id}", {
          params: here.pathParams({ message_id: timer.message_id }),
        }),
      ),
    [timer.message_id],
  );
  const send = () => {
    const body = draft.text.peek().trim();
    if (!body) return;
    const path = `/api/workspaces/${here.slug}/topics/${topic.id}/messages`;
    const label = t.answerTo({ name: author.name });
    const message = { body, answers: [timer.id] };
    void here.outbox.send({ path, body: message, label, where: topic.id }).then((written) => {
      reportAnswers(here, written);
      return onAnswered();
    });
    draft.clear();
  };
  return (
    <div class="ask-more">
      <RequestError of={asked} />
      {asked.data.value ? (
        <blockquote class="asked">
          <Rendered html={asked.data.value.body_html} />
        </blockquote>
      ) : (
        !asked.problem.value && <Skeleton rows={1} />
      )}
      <Editor
        label={t.yourAnswerTo({ name: author.name })}
        placeholder={t.answerSomeone({ name: author.name })}
        text={draft.text}
        send={send}
        autofocus
      />
      <div class="ask-end">
        <Button kind="primary" small onClick={send}>
          {t.send}
        </Button>
        <KeyHint keys="$mod+Enter" />
      </div>
    </div>
  );
}
