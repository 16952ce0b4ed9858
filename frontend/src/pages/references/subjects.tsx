import { PenLine, Undo2, X } from "lucide";
import t from "locale:references";
import { answer, api } from "../../api/client";
import { useBoard, useWorkspace } from "../../live/workspace";
import { Button, IconButton } from "../../parts/ui/button";
import { useAction } from "../../parts/ui/action";
import {
  type Explanation,
  historyWords,
  type Subject,
  REFERENCE_AFTER,
} from "../../parts/data/explanations";
import { undoExplanation } from "../../parts/data/undo-explanation";
import { RequestError } from "../../parts/ui/error-notice";
import { useLiveLoaded } from "../../parts/data/live-loaded";
import { Icon } from "../../parts/ui/icon";

/** Explanations without a reference: frequent ones as cards, the rest collapsed. */
export function Subjects({ narrowed }: { narrowed: boolean }) {
  const here = useWorkspace();
  const read = () =>
    answer(api.GET("/api/workspaces/{workspace}/subjects", { params: here.pathParams() }));
  const subjects = useLiveLoaded(read, /^(explanation|reference)\./).data.value ?? [];
  const isWanted = ({ explanations, declined_at }: Subject) =>
    explanations.length >= REFERENCE_AFTER && !declined_at;
  const wanted = subjects.filter(isWanted);
  const others = subjects.filter((subject) => !isWanted(subject));
  if (narrowed) return null;
  return (
    <>
      {wanted.length > 0 && (
        <ul class="wanted" aria-label={t.worthDocumenting}>
          {wanted.map((subject) => (
            <Card key={subject.id} subject={subject} />
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details class="fold">
          <summary>{t.loggedCount({ count: others.length })}</summary>
          <ul class="panel rows" aria-label={t.logged}>
            {others.map((subject) => (
              <Row key={subject.id} subject={subject} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Card({ subject }: { subject: Subject }) {
  const here = useWorkspace();
  const board = useBoard();
  const action = useAction();
  const decline = async () => {
    const params = here.pathParams({ subject_id: subject.id });
    await answer(api.PUT("/api/workspaces/{workspace}/subjects/{subject_id}/refusal", { params }));
  };
  const asked = board.members.get(subject.wanted_of ?? "");
  const isMine = asked?.id === board.me.member_id;
  return (
    <li class="panel wanted-card">
      <div class="grow">
        <h2>{subject.words}</h2>
        <p class="quiet">
          {t.explained({
            count: subject.explanations.length,
            history: historyWords(subject.explanations, board),
          })}{" "}
          {asked && (isMine ? t.youAreAsked : t.isAsked({ name: asked.name }))}
        </p>
        <RequestError of={action} />
      </div>
      <a class="button primary" href={here.pageUrl(`/references/new?subject=${subject.id}`)}>
        <Icon of={PenLine} />
        {t.writeReference}
      </a>
      <IconButton
        icon={X}
        label={t.dismissSubject({ subject: subject.words })}
        onClick={() => action.run(decline)}
      />
    </li>
  );
}

function Row({ subject }: { subject: Subject }) {
  const here = useWorkspace();
  const board = useBoard();
  const action = useAction();
  const mine = subject.explanations.findLast(
    ({ explained_by }: Explanation) => explained_by === board.me.member_id,
  );
  return (
    <li>
      <span class="main">{subject.words}</span>
      <span class="quiet">{historyWords(subject.explanations, board)}</span>
      {mine && (
        <Button
          small
          kind="quiet"
          icon={Undo2}
          onClick={() => action.run(() => undoExplanation(here, mine.id).then(() => undefined))}
        >
          {t.removeMine}
        </Button>
      )}
      <a class="button small" href={here.pageUrl(`/references/new?subject=${subject.id}`)}>
        {t.writeReference}
      </a>
      <RequestError of={action} />
    </li>
  );
}
